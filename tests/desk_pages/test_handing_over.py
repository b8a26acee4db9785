"""A file for a court is asked for and agreed to at the desk, by two people."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Person, Role
from tests.installation import new_person, signed_in
from tests.shortcuts import file_quickly

WHY = "Order 12 C 34/26 <b>of a court</b>."


@pytest.fixture
def page(house: House) -> str:
    return f"/desk/cases/{file_quickly(house).case}"


@pytest.fixture
def lead(house: House) -> Client:
    new_person(house, "lee", Role.LEAD)
    return signed_in("lee")


def buttons(client: Client, page: str) -> list[str]:
    """What may be pressed about the file."""
    shown = client.get(page).content.decode()
    asks = ["ask"] if f'action="{page}/file"' in shown else []
    return asks + re.findall(r'name="move" value="(agree|refuse)"', shown)


def test_a_lead_asks_and_another_person_agrees(
    desk: Client, reviewer: Person, lead: Client, page: str
) -> None:
    assert (buttons(desk, page), buttons(lead, page)) == ([], ["ask"])

    lead.post(f"{page}/file", {"reason": WHY, "names_notifier": "yes"})

    assert (buttons(desk, page), buttons(lead, page)) == (["agree", "refuse"], ["refuse"])
    assert "A file for a court to agree to" in desk.get("/desk/").content.decode()
    shown = desk.get(page).content.decode()
    assert "who filed the notice</strong>" in shown
    assert "&lt;b&gt;of a court" in shown
    desk.post(f"{page}/file/decision", {"move": "agree"})
    assert buttons(desk, page) == ["refuse"]
    assert "staydown case file case_" in desk.get(page).content.decode()
    assert "A file for a court to agree to" not in desk.get("/desk/").content.decode()


@pytest.mark.parametrize(
    ("path", "given", "status", "said"),
    [
        ("file", {"reason": ""}, 422, "please say why"),
        ("file/decision", {"move": "burn"}, 422, "press one of the two"),
        ("file/decision", {"move": "agree"}, 409, "No file of this case waits"),
    ],
)
def test_what_is_wrong_is_said_on_the_page(
    lead: Client, page: str, path: str, given: dict[str, str], status: int, said: str
) -> None:
    answer = lead.post(f"{page}/{path}", given)

    assert (answer.status_code, said in answer.content.decode()) == (status, True)


def test_whoever_is_no_lead_and_whoever_sees_no_case_find_nothing_there(
    house: House, desk: Client, page: str
) -> None:
    new_person(house, "op", Role.OPERATOR)
    given = {"reason": WHY}

    assert desk.post(f"{page}/file", given).status_code == 404
    assert signed_in("op").post(f"{page}/file", given).status_code == 404
    assert signed_in("op").post(f"{page}/file/decision", {"move": "agree"}).status_code == 404
