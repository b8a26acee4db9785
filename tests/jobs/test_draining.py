"""What decisions left to be done is done: at least once, as good as once, and never given up."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from dataclasses import replace

import numpy as np
import pytest

from staydown.audit.entries import EntryConfirmed, HoldExpired
from staydown.bank.entries import EntryRole, EntryStatus
from staydown.bank.shelf import Record
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.people import Notifier, Person
from staydown.casework.rules import Action
from staydown.casework.screening import Screened
from staydown.clock import SetClock
from staydown.engine.pictures import encode_jpeg, open_picture
from staydown.errors import NotFound
from staydown.jobs.draining import drain
from staydown.storage.models import CopyRow, EffectRow
from tests.casework.making import AGREED
from tests.photographs import doctored, original
from tests.records import records_of
from tests.shortcuts import hold_quickly, screen_quickly
from tests.stories import PLATFORM, screen


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


def decide(house: House, held: Screened, move: CopyMove, by: Person) -> None:
    assert held.case
    assert held.copy
    house.reviewing.decide_copy(held.case, held.copy, move, findings=AGREED, reason="bricks", by=by)


def removed_entries(house: House) -> list[Record]:
    return [r for r in records_of(house.bank) if r.entry.role is EntryRole.REMOVED]


def test_a_removed_picture_is_remembered_and_its_further_copies_are_held(
    house: House, kim: Person
) -> None:
    _, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, kim)

    assert drain(house) == 1

    [record] = removed_entries(house)
    assert (record.entry.status, record.entry.added_by) == (EntryStatus.UNREVIEWED, kim.id)
    assert screen(house, doctored(70), "post/2").action is Action.HOLD
    assert screen(house, original(), "post/3").action is Action.PUBLISH


def test_once_a_second_person_confirmed_it_further_copies_are_blocked(
    house: House, kim: Person
) -> None:
    _, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, kim)
    drain(house)
    bob = new_reviewer(house, "bob")
    [waiting] = house.cases.to_confirm(bob)
    assert held.copy
    assert house.pictures.covered(waiting.case, held.copy, by=bob)

    house.reviewing.confirm_entry(waiting.entry, by=bob)

    assert house.cases.to_confirm(bob) == ()
    assert screen(house, doctored(70), "post/2").action is Action.BLOCK
    assert screen(house, original(), "post/3").action is Action.PUBLISH
    with pytest.raises(NotFound):
        house.pictures.covered(waiting.case, held.copy, by=bob)


def test_what_was_removed_is_covered_whole_and_no_original_beside_it_lets_it_through(
    house: House, kim: Person
) -> None:
    """A copy of a removed picture is all kept: what it keeps is what nobody is to see."""
    receipt, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, kim)
    drain(house)
    [removed] = removed_entries(house)
    house.reviewing.confirm_entry(removed.entry.id, by=new_reviewer(house, "lee"))

    blocked = screen(house, doctored(quality=70), "post/8213/again")
    beside = screen(house, original_beside_doctored(), "post/8213/beside")

    assert (blocked.action, beside.action) == (Action.BLOCK, Action.HOLD)
    for copy in (blocked.copy, beside.copy):
        assert copy is not None
        shown = open_picture(house.pictures.covered(receipt.case, copy, by=kim)).pixels
        assert np.ptp(shown, axis=(0, 1)).tolist() == [0, 0, 0]


def original_beside_doctored() -> bytes:
    """Before and after, in one picture."""
    pictures = [open_picture(data).pixels for data in (original(), doctored())]
    return encode_jpeg(np.hstack(pictures), quality=80)


def test_a_single_reviewer_is_enough_where_that_was_chosen(
    house: House, clock: SetClock, kim: Person
) -> None:
    alone = reopen(replace(house.settings, unsafe_single_reviewer=True), clock)
    _, held = hold_quickly(alone)
    decide(alone, held, CopyMove.REMOVE, kim)

    drain(alone)

    assert screen(alone, doctored(70), "post/2").action is Action.BLOCK
    facts = [type(entry.fact) for entry in alone.journal.entries()]
    assert facts.count(EntryConfirmed) == 2  # the original, and what was removed


def test_an_effect_performed_twice_is_performed_once(house: House, kim: Person) -> None:
    """The process dies after the work and before striking it off: another does it again."""
    _, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, kim)
    [kept] = EffectRow.objects.all()
    drain(house)

    kept.save(force_insert=True)
    drain(house)

    assert len(removed_entries(house)) == 1
    assert EffectRow.objects.count() == 0
    assert house.journal.verify()


def test_what_was_released_meanwhile_is_not_remembered(house: House, kim: Person) -> None:
    _, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, kim)
    decide(house, held, CopyMove.RELEASE, kim)

    drain(house)

    assert removed_entries(house) == []
    assert EffectRow.objects.count() == 0


def test_what_was_withdrawn_meanwhile_is_not_remembered(house: House, kim: Person) -> None:
    receipt, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, kim)
    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    drain(house)

    assert records_of(house.bank) == ()
    assert EffectRow.objects.count() == 0


def test_an_effect_that_fails_waits_longer_each_time_and_the_others_go_on(
    house: House, clock: SetClock, kim: Person
) -> None:
    _, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, kim)
    [good] = EffectRow.objects.all()
    broken = EffectRow.objects.create(effect={"copy": "nonsense"}, due_at=clock.now())

    assert drain(house) == 1

    assert not EffectRow.objects.filter(pk=good.pk).exists()
    assert house.performing.due() == ()
    waits = []
    for _ in range(4):
        broken.refresh_from_db()
        waits.append((broken.due_at - clock.now()).total_seconds())
        clock.shows = broken.due_at
        drain(house)
    assert waits == [2, 4, 8, 16]


def test_an_effect_is_never_given_up(house: House, clock: SetClock) -> None:
    broken = EffectRow.objects.create(effect={}, due_at=clock.now(), attempts=1000)

    drain(house)

    broken.refresh_from_db()
    assert (broken.due_at - clock.now()).total_seconds() == 3600


@pytest.mark.parametrize(("hours", "ended"), [(47.9, False), (48, True), (500, True)])
def test_a_hold_that_nobody_decided_ends_in_time(
    house: House, clock: SetClock, hours: float, ended: bool
) -> None:
    hold_quickly(house)
    wait(clock, hours=hours)

    drain(house)
    drain(house)

    kinds = [command.kind for command in house.commands.open(PLATFORM)]
    expired = [e for e in house.journal.entries() if isinstance(e.fact, HoldExpired)]
    assert kinds == ([CommandKind.RESTORE] if ended else [])
    assert len(expired) == int(ended)
    assert screen_quickly(house).action is (Action.PUBLISH if ended else Action.HOLD)


def test_a_copy_whose_hold_ended_still_waits_for_a_reviewer(
    house: House, clock: SetClock, kim: Person
) -> None:
    _, held = hold_quickly(house)
    wait(clock, hours=48)
    drain(house)

    [line] = house.cases.queue(kim)
    decide(house, held, CopyMove.REMOVE, kim)

    assert (line.case, line.undecided) == (held.case, 1)
    kinds = [command.kind for command in house.commands.open(PLATFORM)]
    assert kinds == [CommandKind.RESTORE, CommandKind.REMOVE]


def test_copies_of_a_confirmed_original_wait_until_decided(
    house: House, clock: SetClock, kim: Person
) -> None:
    _, held = hold_quickly(house)
    screen_quickly(house, "post/2")
    decide(house, held, CopyMove.REMOVE, kim)
    wait(clock, days=30)

    drain(house)

    assert [row.state for row in CopyRow.objects.order_by("number")] == [
        CopyState.REMOVED,
        CopyState.HELD,
    ]
