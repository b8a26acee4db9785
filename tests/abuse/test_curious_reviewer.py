"""A curious, mistaken or bought reviewer: what they see, can do alone, and leave behind."""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

import numpy as np
import pytest

from staydown.audit.entries import CaseOpened, CopyDecided, PictureViewed
from staydown.casework.copies import CopyMove
from staydown.casework.people import Person, Role
from staydown.casework.rules import Action
from staydown.engine.pictures import open_picture
from staydown.errors import NotAllowed, NotFound
from staydown.ids import EntryId
from staydown.jobs.draining import drain
from tests.casework.making import AGREED
from tests.photographs import cat, doctored
from tests.records import records_of
from tests.shortcuts import file_quickly, hold_quickly
from tests.stories import screen


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


def test_every_case_they_open_is_in_the_chain_under_their_name(house: House, kim: Person) -> None:
    receipt, _ = hold_quickly(house)

    house.cases.for_reviewer(receipt.case, kim)

    *_, last = house.journal.entries()
    assert (last.fact, last.by) == (CaseOpened(case=receipt.case), kim.id)


def test_there_is_nothing_to_browse_where_nothing_waits(house: House, kim: Person) -> None:
    file_quickly(house)

    assert house.cases.queue(kim) == ()
    assert house.cases.to_confirm(kim) == ()


def test_the_found_picture_is_covered_where_it_was_altered(house: House, kim: Person) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy

    shown = open_picture(house.pictures.covered(receipt.case, held.copy, by=kim)).pixels

    found = open_picture(doctored()).pixels
    middle = np.s_[120:240, 160:280]  # well inside of what was replaced
    assert found.shape == shown.shape
    assert found[middle].std() > 10  # so there is something that could show through
    assert np.ptp(shown[middle], axis=(0, 1)).tolist() == [0, 0, 0]


def test_every_picture_they_are_shown_is_in_the_chain_under_their_name(
    house: House, kim: Person
) -> None:
    receipt, held = hold_quickly(house)
    [original] = [record.entry.id for record in records_of(house.bank)]
    assert held.copy
    before = house.journal.verify().length

    house.pictures.original(receipt.case, original, by=kim)
    house.pictures.covered(receipt.case, held.copy, by=kim)

    first, second = [*house.journal.entries()][before:]
    assert first.fact == PictureViewed(case=receipt.case, kind="original", entry=original)
    assert second.fact == PictureViewed(
        case=receipt.case, kind="covered", entry=original, copy=held.copy
    )
    assert (first.by, second.by) == (kim.id, kim.id)


def test_a_picture_they_may_not_see_is_not_noted_as_seen(house: House, kim: Person) -> None:
    receipt, held = hold_quickly(house)
    other = file_quickly(house)
    assert held.copy
    before = house.journal.verify().length

    for case, entry in ((other.case, "entry_none"), (receipt.case, "entry_none")):
        with pytest.raises(NotFound):
            house.pictures.original(case, EntryId(entry), by=kim)
    with pytest.raises(NotFound):
        house.pictures.covered(other.case, held.copy, by=kim)

    assert house.journal.verify().length == before


def test_a_removed_picture_cannot_be_looked_at_as_if_it_were_an_original(
    house: House, kim: Person
) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason="bricks", by=kim
    )
    drain(house)
    [waiting] = house.cases.to_confirm(kim)
    [original] = [r for r in records_of(house.bank) if r.entry.id != waiting.entry]

    shown = open_picture(house.pictures.original(receipt.case, original.entry.id, by=kim))

    assert shown.pixels.shape == cat().shape
    with pytest.raises(NotFound):
        house.pictures.original(receipt.case, waiting.entry, by=kim)


def test_a_picture_of_one_case_is_not_shown_in_another(house: House, kim: Person) -> None:
    _, held = hold_quickly(house)
    other = file_quickly(house)
    assert held.copy

    with pytest.raises(NotFound):
        house.pictures.covered(other.case, held.copy, by=kim)


def test_alone_they_cannot_make_a_picture_be_blocked_everywhere(house: House, kim: Person) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason="bought", by=kim
    )
    drain(house)
    [waiting] = house.cases.to_confirm(kim)

    assert waiting.is_own
    with pytest.raises(NotAllowed, match="a second person"):
        house.reviewing.confirm_entry(waiting.entry, by=kim)
    assert screen(house, doctored(70), "post/2").action is Action.HOLD


def test_every_decision_names_them_in_the_chain(house: House, kim: Person) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy

    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.RELEASE, findings=AGREED, reason="paid for", by=kim
    )

    [decided] = [e for e in house.journal.entries() if isinstance(e.fact, CopyDecided)]
    assert isinstance(decided.fact, CopyDecided)
    assert (decided.by, decided.fact.move) == (kim.id, "release")
    assert "paid for" not in str([*house.journal.entries()])


def test_an_operator_runs_the_installation_and_sees_no_case(house: House) -> None:
    receipt, _ = hold_quickly(house)
    operator = house.people.add("op", Role.OPERATOR)

    with pytest.raises(NotFound):
        house.cases.for_reviewer(receipt.case, operator)
    with pytest.raises(NotFound):
        house.cases.queue(operator)
