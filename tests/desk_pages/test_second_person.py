"""A removal counts for blocking only once a second reviewer confirmed it."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Role
from staydown.jobs.draining import drain
from tests.installation import new_person, signed_in
from tests.stories import hold_copy

DECISION = {
    "shows_this_person": "yes",
    "is_intimate": "yes",
    "is_without_consent": "yes",
    "reason": "A changed copy.",
    "move": "remove",
}


@pytest.fixture
def case(house: House, desk: Client) -> str:
    """The page of a case in which the first reviewer removed a copy."""
    receipt, held = hold_copy(house)
    path = f"/desk/cases/{receipt.case}"
    desk.post(f"{path}/copies/{held.copy}/decision", DECISION)
    drain(house)
    return path


def confirmation(page: str) -> str:
    """Where the button for confirming leads; empty if there is none."""
    return next(iter(re.findall(r'action="([^"]+/confirmation)"', page)), "")


def test_whoever_removed_it_is_told_to_wait_for_somebody_else(case: str, desk: Client) -> None:
    page = desk.get(case).content.decode()

    assert "You decided this." in page
    assert confirmation(page) == ""
    assert "Waits for another reviewer" in desk.get("/desk/").content.decode()


def test_a_second_reviewer_confirms_it(house: House, case: str) -> None:
    new_person(house, "alex", Role.REVIEWER)
    second = signed_in("alex")
    assert "A removal to confirm" in second.get("/desk/").content.decode()

    second.post(confirmation(second.get(case).content.decode()))

    assert confirmation(second.get(case).content.decode()) == ""
    assert "The found picture is no longer kept." in second.get(case).content.decode()


def test_the_first_reviewer_cannot_confirm_by_knowing_the_address(
    house: House, case: str, desk: Client
) -> None:
    new_person(house, "alex", Role.REVIEWER)
    address = confirmation(signed_in("alex").get(case).content.decode())

    response = desk.post(address)

    assert response.status_code == 409
    assert "by a second person" in response.content.decode()
