"""A picture that two people found to be another photograph is not taken for the registered one."""

from tests.timed import House, new_reviewer, reopen  # isort: skip -- sets Django up

from dataclasses import replace

import pytest

from staydown.audit.entries import EntryAdded, EntryConfirmed
from staydown.bank.entries import EntryRole, EntryStatus
from staydown.bank.shelf import Record
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove
from staydown.casework.people import Notifier, Person
from staydown.casework.rules import Action
from staydown.casework.screening import Screened
from staydown.clock import SetClock
from staydown.engine.pictures import encode_jpeg, open_picture
from staydown.errors import NotAllowed, NotFound
from staydown.jobs.draining import drain
from staydown.storage.models import EffectRow
from tests.casework.making import AGREED
from tests.photographs import doctored
from tests.records import records_of
from tests.shortcuts import hold_quickly
from tests.stories import PLATFORM, screen


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


@pytest.fixture
def lee(house: House) -> Person:
    return new_reviewer(house, "lee")


def set_apart(house: House, held: Screened, by: Person) -> None:
    """A reviewer finds that it is another photograph."""
    assert held.case
    assert held.copy
    house.reviewing.decide_copy(
        held.case,
        held.copy,
        CopyMove.RELEASE,
        findings=AGREED,
        reason="only the wall is the same",
        by=by,
        is_false_match=True,
    )
    drain(house)


def known_false(house: House) -> list[Record]:
    return [r for r in records_of(house.bank) if r.entry.role is EntryRole.NEGATIVE]


def test_one_reviewer_alone_changes_nothing_for_other_uploads(house: House, kim: Person) -> None:
    _, held = hold_quickly(house)

    set_apart(house, held, kim)

    [record] = known_false(house)
    assert (record.entry.status, record.entry.added_by) == (EntryStatus.UNREVIEWED, kim.id)
    assert record.entry.against in {one.entry.id for one in records_of(house.bank)}
    assert [one.kind for one in house.commands.open(PLATFORM)] == [CommandKind.RESTORE]
    assert screen(house, doctored(70), "post/2").action is Action.HOLD
    [waiting] = house.cases.to_confirm(kim)
    with pytest.raises(NotAllowed, match="a second person"):
        house.reviewing.confirm_entry(waiting.entry, by=kim)


def test_once_a_second_person_agreed_copies_of_it_publish_and_crops_do_not(
    house: House, kim: Person, lee: Person
) -> None:
    receipt, held = hold_quickly(house)
    set_apart(house, held, kim)
    [waiting] = house.cases.to_confirm(lee)
    assert held.copy
    assert house.pictures.covered(receipt.case, held.copy, by=lee)

    house.reviewing.confirm_entry(waiting.entry, by=lee)

    assert screen(house, doctored(70), "post/2").action is Action.PUBLISH
    cropped = encode_jpeg(open_picture(doctored()).pixels[:, 60:])
    assert screen(house, cropped, "post/3").action is Action.HOLD
    with pytest.raises(NotFound):  # nobody has to see it any more
        house.pictures.covered(receipt.case, held.copy, by=lee)


def test_the_chain_says_who_added_it_and_who_agreed(house: House, kim: Person, lee: Person) -> None:
    receipt, held = hold_quickly(house)
    set_apart(house, held, kim)
    [waiting] = house.cases.to_confirm(lee)
    house.reviewing.confirm_entry(waiting.entry, by=lee)

    added, confirmed = (
        (EntryAdded(entry=waiting.entry, role="negative", case=receipt.case), kim.id),
        (EntryConfirmed(entry=waiting.entry), lee.id),
    )
    logged = [(entry.fact, entry.by) for entry in house.journal.entries()]
    assert [one for one in logged if one in (added, confirmed)] == [added, confirmed]


def test_anybody_takes_it_back_and_copies_are_held_again(
    house: House, kim: Person, lee: Person
) -> None:
    _, held = hold_quickly(house)
    set_apart(house, held, kim)
    [waiting] = house.cases.to_confirm(lee)
    house.reviewing.confirm_entry(waiting.entry, by=lee)

    house.reviewing.take_back(waiting.entry, by=kim)

    assert known_false(house) == []
    assert screen(house, doctored(70), "post/2").action is Action.HOLD


def test_it_goes_with_the_notice(house: House, kim: Person) -> None:
    receipt, held = hold_quickly(house)
    set_apart(house, held, kim)

    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    assert records_of(house.bank) == ()
    assert house.cases.to_confirm(kim) == ()


def test_what_was_withdrawn_before_jobs_came_is_not_remembered(house: House, kim: Person) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case,
        held.copy,
        CopyMove.RELEASE,
        findings=AGREED,
        reason="another cat",
        by=kim,
        is_false_match=True,
    )
    house.reviewing.withdraw(receipt.case, by=kim)

    drain(house)

    assert (known_false(house), EffectRow.objects.count()) == ([], 0)


def test_a_single_reviewer_is_enough_where_that_was_chosen(
    house: House, clock: SetClock, kim: Person
) -> None:
    alone = reopen(replace(house.settings, unsafe_single_reviewer=True), clock)
    receipt, held = hold_quickly(alone)

    set_apart(alone, held, kim)

    assert screen(alone, doctored(70), "post/2").action is Action.PUBLISH
    assert held.copy
    with pytest.raises(NotFound):
        alone.pictures.covered(receipt.case, held.copy, by=kim)
