"""A curious, mistaken or bought reviewer: what they see, can do alone, and leave behind."""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

import numpy as np
import pytest

from staydown.audit.entries import CaseOpened, CopyDecided, PictureUncovered
from staydown.casework.copies import CopyMove
from staydown.casework.people import Person, Role
from staydown.casework.rules import Action
from staydown.engine.pictures import open_picture
from staydown.errors import BadRequest, NotAllowed, NotFound
from staydown.jobs.draining import drain
from tests.casework.making import AGREED
from tests.photographs import cat, doctored
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


@pytest.mark.parametrize("reason", ["", "   ", "x" * 2001])
def test_uncovering_needs_a_reason(house: House, kim: Person, reason: str) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy

    with pytest.raises(BadRequest, match="^reason: "):
        house.pictures.uncovered(receipt.case, held.copy, reason=reason, by=kim)


def test_uncovering_leaves_the_reason_in_the_case_and_its_commitment_in_the_chain(
    house: House, kim: Person
) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy
    why = "the map looks wrong at the edge"

    house.pictures.uncovered(receipt.case, held.copy, reason=why, by=kim)

    *_, last = house.journal.entries()
    assert isinstance(last.fact, PictureUncovered)
    assert (last.fact.copy, last.by) == (held.copy, kim.id)
    assert why not in str(last)
    assert [past.reason for past in house.cases.for_reviewer(receipt.case, kim).past] == [why]


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
    [original] = [r for r in house.bank.records() if r.entry.id != waiting.entry]

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
    with pytest.raises(NotFound):
        house.pictures.uncovered(other.case, held.copy, reason="curious", by=kim)


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
