"""What an entry could not hold any more: on record, bounded, kept small, hidden once confirmed."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from staydown.audit.entries import CopyUnheld
from staydown.bank.search import Match
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.people import Person
from staydown.casework.rules import Action
from staydown.casework.screening import Screened
from staydown.casework.uploads import Upload
from staydown.clock import SetClock
from staydown.engine.pictures import encode_jpeg, open_picture
from staydown.engine.subjects import PROXY_SIDE
from staydown.ids import CaseId, CopyId
from staydown.jobs.draining import drain
from staydown.storage.models import CopyRow, SealedRow
from tests.casework.making import AGREED
from tests.photographs import doctored
from tests.records import records_of
from tests.shortcuts import comparison, file_quickly, screen_quickly, seen_doctored
from tests.stories import PLATFORM

QUALITIES = (85, 80, 75, 70, 65)


@pytest.fixture
def capped(house: House, clock: SetClock) -> House:
    """A house in which an unconfirmed entry holds two pictures, and a notice."""
    small = reopen(replace(house.settings, hold_cap=2), clock)
    file_quickly(small)
    return small


@pytest.fixture
def kim(capped: House) -> Person:
    return new_reviewer(capped)


def remove(house: House, found: Screened, by: Person) -> None:
    assert found.case
    assert found.copy
    house.reviewing.decide_copy(
        found.case, found.copy, CopyMove.REMOVE, findings=AGREED, reason="bricks", by=by
    )


def states() -> list[str]:
    return [row.state for row in CopyRow.objects.order_by("number")]


def flood(house: House, qualities: tuple[int, ...] = QUALITIES) -> list[Screened]:
    """One picture after another, each with pixels of its own."""
    return [screen_quickly(house, f"post/{one}", quality=one) for one in qualities]


def test_what_comes_past_the_cap_is_a_found_copy_that_waits(capped: House, kim: Person) -> None:
    answers = flood(capped)

    assert [one.action for one in answers] == [Action.HOLD] * 2 + [Action.PUBLISH] * 3
    assert states() == [CopyState.HELD] * 2 + [CopyState.UNHELD] * 3
    [line] = capped.cases.queue(kim)
    assert (line.undecided, line.visible) == (5, 3)
    unheld = [e.fact for e in capped.journal.entries() if isinstance(e.fact, CopyUnheld)]
    assert [fact.copy for fact in unheld] == [one.copy for one in answers[2:]]


def test_removing_one_copy_has_all_the_others_hidden(capped: House, kim: Person) -> None:
    first, *_ = flood(capped)

    remove(capped, first, kim)

    assert states() == [CopyState.REMOVED] + [CopyState.HELD] * 4
    orders = [(one.kind, one.content_ref) for one in capped.commands.open(PLATFORM)]
    assert orders == [
        (CommandKind.REMOVE, "post/85"),
        (CommandKind.HIDE, "post/75"),
        (CommandKind.HIDE, "post/70"),
        (CommandKind.HIDE, "post/65"),
    ]
    for one in capped.commands.open(PLATFORM):
        capped.commands.acknowledge(one.id, PLATFORM)
    assert capped.commands.open(PLATFORM) == ()


def test_so_does_removing_one_that_came_past_the_cap(capped: House, kim: Person) -> None:
    *_, last = flood(capped)

    remove(capped, last, kim)

    assert states() == [CopyState.HELD] * 4 + [CopyState.REMOVED]


def test_what_expired_is_hidden_with_them(capped: House, kim: Person, clock: SetClock) -> None:
    first, *_ = flood(capped, QUALITIES[:3])
    wait(clock, hours=48)
    drain(capped)
    assert states() == [CopyState.EXPIRED] * 2 + [CopyState.UNHELD]

    remove(capped, first, kim)
    wait(clock, days=30)
    drain(capped)

    assert states() == [CopyState.REMOVED, CopyState.HELD, CopyState.HELD]


def test_one_picture_under_many_names_does_not_use_the_share_up(capped: House) -> None:
    """Its maker posts it again and again, to get the next one by."""
    often = [screen_quickly(capped, f"post/{number}").action for number in range(4)]
    another = screen_quickly(capped, "post/other", quality=70)

    assert Counter(often) == {Action.HOLD: 2, Action.PUBLISH: 2}
    assert another.action is Action.HOLD


def test_a_picture_under_many_names_is_sealed_once(capped: House) -> None:
    for number in range(4):
        screen_quickly(capped, f"post/{number}")

    assert len(states()) == 4
    assert SealedRow.objects.filter(name="picture").count() == 1


def screen_large(house: House) -> Screened:
    """The doctored copy, three times as large."""
    pixels = open_picture(doctored()).pixels.repeat(3, axis=0).repeat(3, axis=1)
    upload = Upload(data=encode_jpeg(pixels), content_ref="post/large")
    seen = replace(seen_doctored(), picture=open_picture(upload.data))
    [record] = records_of(house.bank)
    found = Match(entry=record.entry, comparison=comparison())
    return house.screening.answer(upload, [(seen, [found])])


def test_past_the_cap_a_small_picture_is_kept_and_shown_covered(capped: House, kim: Person) -> None:
    flood(capped, QUALITIES[:2])
    last = screen_large(capped)
    assert last.case
    assert last.copy

    shown = open_picture(capped.pictures.covered(last.case, last.copy, by=kim)).pixels

    assert last.action is Action.PUBLISH
    assert max(shown.shape) == PROXY_SIDE
    middle = shown[220:420, 290:490]  # well inside of what was replaced
    assert np.ptp(middle, axis=(0, 1)).tolist() == [0, 0, 0]
    assert np.ptp(shown[:100, :100]) > 20  # what was kept is there to be seen


def test_the_same_upload_past_the_cap_is_recorded_once(capped: House) -> None:
    flood(capped, QUALITIES[:2])

    first, again = (screen_quickly(capped, "post/x", quality=70) for _ in range(2))

    assert (first, first.action) == (again, Action.PUBLISH)
    assert len(states()) == 3


def test_once_there_is_room_it_is_held_when_it_comes_again(capped: House, kim: Person) -> None:
    first, _, past = flood(capped, QUALITIES[:3])
    assert first.case
    assert first.copy
    capped.reviewing.decide_copy(
        first.case, first.copy, CopyMove.RELEASE, findings=AGREED, reason="a joke", by=kim
    )

    again = screen_quickly(capped, "post/75", quality=75)

    assert (past.action, again.action) == (Action.PUBLISH, Action.HOLD)
    assert (again.copy, again.held_until is not None) == (past.copy, True)


def test_a_flood_fills_no_disk(capped: House, kim: Person) -> None:
    rules = replace(capped.screening.rules, unheld_cap=2)
    strict = replace(
        capped,
        screening=replace(capped.screening, rules=rules),
        cases=replace(capped.cases, rules=rules),
    )

    answers = flood(strict)

    assert [one.action for one in answers[2:]] == [Action.PUBLISH] * 3
    assert states() == [CopyState.HELD] * 2 + [CopyState.UNHELD] * 2
    assert (answers[4].case, answers[4].copy) == (None, None)
    assert isinstance(answers[0].case, str)
    assert strict.cases.for_reviewer(CaseId(answers[0].case), kim).is_overrun


def test_the_case_says_what_is_visible(capped: House, kim: Person) -> None:
    first, *_ = flood(capped)
    assert first.case

    view = capped.cases.for_reviewer(first.case, kim)

    assert not view.is_overrun
    assert [copy.is_let_go for copy in view.copies] == [False] * 2 + [True] * 3
    assert view.pictured == frozenset(CopyId(copy.id) for copy in view.copies)
