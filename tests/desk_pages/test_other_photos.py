"""At the desk: calling a copy another photo, confirming it as a second person, taking it back."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.bank.entries import EntryRole
from staydown.casework.people import Role
from staydown.jobs.draining import drain
from tests.desk_pages.test_case import DECISION, read
from tests.installation import new_person, signed_in
from tests.records import records_of
from tests.shortcuts import hold_quickly


@pytest.fixture
def case(house: House, desk: Client) -> str:
    """The page of a case in which the first reviewer called the copy another photo."""
    receipt, held = hold_quickly(house)
    path = f"/desk/cases/{receipt.case}"
    desk.post(f"{path}/copies/{held.copy}/decision", {**DECISION, "move": "another_photo"})
    drain(house)
    return path


def button(page: str, ending: str) -> str:
    """Where the button leads whose address ends so; empty if there is none."""
    return next(iter(re.findall(rf'action="([^"]+/{ending})"', page)), "")


def negatives(house: House) -> int:
    entries = [record.entry.role for record in records_of(house.bank)]
    return entries.count(EntryRole.NEGATIVE)


def test_whoever_said_so_is_told_to_wait_for_somebody_else(case: str, desk: Client) -> None:
    page = read(desk, case)

    assert "Released: the platform was asked to show it again." in page
    assert "You decided this." in page
    assert button(page, "confirmation") == ""
    assert "not confirmed yet" in page


def test_a_second_reviewer_looks_and_confirms_it(house: House, case: str) -> None:
    new_person(house, "alex", Role.REVIEWER)
    second = signed_in("alex")
    assert "A false match to confirm" in read(second, "/desk/")
    page = read(second, case)
    assert "/covered" in page

    second.post(button(page, "confirmation"))

    after = read(second, case)
    assert button(after, "confirmation") == ""
    assert "not confirmed yet" not in after
    assert "The found picture is no longer kept." in after


def test_it_can_be_taken_back(house: House, case: str, desk: Client) -> None:
    assert negatives(house) == 1

    desk.post(button(read(desk, case), "taking-back"))

    assert negatives(house) == 0
    assert "Known to be other photos" not in read(desk, case)


def test_it_is_not_offered_for_what_was_removed(house: House, desk: Client) -> None:
    receipt, held = hold_quickly(house)
    path = f"/desk/cases/{receipt.case}"
    assert 'value="another_photo"' in read(desk, path)

    desk.post(f"{path}/copies/{held.copy}/decision", DECISION)

    assert 'value="another_photo"' not in read(desk, path)
