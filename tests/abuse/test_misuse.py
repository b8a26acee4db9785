"""Somebody files notices without ground, again and again (DSA Art. 23)."""

from tests.timed import House, new_reviewer, wait  # isort: skip -- sets Django up

from dataclasses import replace

import pytest

from staydown.audit.duties import NotifierRestrained
from staydown.casework.filing import Receipt
from staydown.casework.misuse import MeasureMove, MeasureState
from staydown.casework.people import Notifier, Person, Role
from staydown.casework.rules import Action
from staydown.clock import SetClock
from staydown.errors import BadRequest, NotAllowed
from tests.photographs import doctored, original
from tests.shortcuts import FORM
from tests.stories import screen

ADDRESS = "Kim@Mail.example"


def file(house: House, address: str = ADDRESS) -> Receipt:
    receipt = house.filing.file(replace(FORM, contact=address), (original(),))
    assert isinstance(receipt, Receipt)
    return receipt


@pytest.fixture
def lead(house: House) -> Person:
    return house.people.add("lee", Role.LEAD)


def decline(house: House, lead: Person, address: str = ADDRESS) -> Receipt:
    receipt = file(house, address)
    house.reviewing.decline_case(receipt.case, reason="A landscape.", by=lead)
    return receipt


def suspend(house: House, lead: Person) -> Receipt:
    """Warned in one case, suspended in the next."""
    first, second = decline(house, lead), decline(house, lead)
    house.restraining.move(first.case, MeasureMove.WARN, reason="Twice now.", by=lead)
    house.restraining.move(second.case, MeasureMove.SUSPEND, reason="Again.", by=lead)
    return second


def test_the_photographs_of_somebody_suspended_hold_nothing_and_every_notice_is_taken(
    house: House, lead: Person
) -> None:
    suspend(house, lead)

    receipt = file(house, " kim@mail.EXAMPLE ")

    assert screen(house, doctored()).action is Action.PUBLISH
    [line] = house.cases.queue(lead)
    assert (line.case, line.is_quarantined) == (receipt.case, True)


def test_a_warning_takes_nothing_away(house: House, lead: Person) -> None:
    house.restraining.move(
        decline(house, lead).case, MeasureMove.WARN, reason="Twice now.", by=lead
    )

    file(house)

    assert screen(house, doctored()).action is Action.HOLD


def test_it_ends_by_itself(house: House, lead: Person, clock: SetClock) -> None:
    suspend(house, lead)
    wait(clock, days=31)

    file(house)

    assert screen(house, doctored()).action is Action.HOLD


def test_it_can_be_lifted_and_everybody_else_is_left_alone(house: House, lead: Person) -> None:
    receipt = suspend(house, lead)
    file(house, "somebody@else.example")
    assert screen(house, doctored()).action is Action.HOLD

    house.restraining.move(receipt.case, MeasureMove.LIFT, reason="It was another.", by=lead)

    assert not house.restraining.is_suspended(ADDRESS)
    facts = [one.fact for one in house.journal.entries()]
    assert sum(isinstance(fact, NotifierRestrained) for fact in facts) == 3


def test_they_are_told_why_in_the_case_it_was_decided_in(house: House, lead: Person) -> None:
    receipt = suspend(house, lead)

    told = house.restraining.for_notifier(Notifier(case=receipt.case, secret=receipt.secret))

    assert told
    assert (told.state, told.reason) == (MeasureState.SUSPENDED, "Again.")


def test_only_for_a_notice_without_ground_with_an_address_and_a_reason(
    house: House, lead: Person
) -> None:
    open_case, nameless = file(house), decline(house, lead, "")

    with pytest.raises(NotAllowed, match="only whoever filed a notice without ground"):
        house.restraining.move(open_case.case, MeasureMove.WARN, reason="Mine.", by=lead)
    with pytest.raises(NotAllowed, match="left no address"):
        house.restraining.move(nameless.case, MeasureMove.WARN, reason="Mine.", by=lead)
    with pytest.raises(BadRequest, match="please say why"):
        house.restraining.move(decline(house, lead).case, MeasureMove.WARN, reason=" ", by=lead)


def test_a_reviewer_who_is_no_lead_can_only_decide_about_the_case(
    house: House, lead: Person
) -> None:
    receipt, kim = decline(house, lead), new_reviewer(house)

    with pytest.raises(Exception, match="^no such case$"):
        house.restraining.move(receipt.case, MeasureMove.WARN, reason="Mine.", by=kim)


def test_taking_the_notice_back_destroys_the_reason(house: House, lead: Person) -> None:
    receipt = suspend(house, lead)
    holder = Notifier(case=receipt.case, secret=receipt.secret)

    house.reviewing.withdraw(receipt.case, by=holder)

    told = house.restraining.for_notifier(holder)
    assert told
    assert told.reason is None
