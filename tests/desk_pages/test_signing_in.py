"""Signing in: a link that works once and is not used up by looking at it, or name and password."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Person
from tests.installation import ADDRESS, PASSWORD


def press(client: Client, path: str, **fields: str) -> tuple[int, str]:
    """Open the page, fill its form in, press its button; where that leads, or what it says."""
    page = client.get(path).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))
    response = client.post("/desk/sign-in", {**hidden, **fields})
    return response.status_code, response.headers.get("Location", response.content.decode())


def test_a_link_works_once(house: House, reviewer: Person, visitor: Client) -> None:
    path = f"/desk/sign-in?token={house.people.invite('kim')}"
    somebody_else = Client(headers=ADDRESS, enforce_csrf_checks=True)

    assert press(visitor, path) == (302, "/desk/")
    assert visitor.get("/desk/").status_code == 200
    status, page = press(somebody_else, path)
    assert status == 403
    assert "This link was used before, or is too old." in page


def test_looking_at_a_link_does_not_use_it_up(
    house: House, reviewer: Person, visitor: Client
) -> None:
    """Messengers and mail scanners open links to show a preview."""
    path = f"/desk/sign-in?token={house.people.invite('kim')}"

    for _ in range(3):
        assert Client(headers=ADDRESS).get(path).status_code == 200

    assert press(visitor, path) == (302, "/desk/")


def test_name_and_password_open_the_desk(reviewer: Person, visitor: Client) -> None:
    assert press(visitor, "/desk/sign-in", name="kim", password=PASSWORD) == (302, "/desk/")


@pytest.mark.parametrize("name", ["kim", "nobody", "", "\0"])
def test_a_wrong_name_and_a_wrong_password_sound_alike(
    name: str, reviewer: Person, visitor: Client
) -> None:
    status, page = press(visitor, "/desk/sign-in", name=name, password="wrong")

    assert status == 403
    assert "That name and password do not fit together." in page


def test_after_ten_wrong_passwords_even_the_right_one_waits(
    reviewer: Person, visitor: Client
) -> None:
    for _ in range(10):
        press(visitor, "/desk/sign-in", name="kim", password="wrong")

    status, _ = press(visitor, "/desk/sign-in", name="KIM", password=PASSWORD)

    assert status == 429


def test_a_password_is_not_tried_from_ever_more_addresses(
    house: House, reviewer: Person, visitor: Client
) -> None:
    for number in range(10):
        elsewhere = Client(headers=ADDRESS, REMOTE_ADDR=f"192.0.2.{number}")
        for _ in range(10):
            press(elsewhere, "/desk/sign-in", name="kim", password="wrong")

    status, _ = press(visitor, "/desk/sign-in", name="kim", password=PASSWORD)

    assert status == 429
    assert press(visitor, f"/desk/sign-in?token={house.people.invite('kim')}") == (302, "/desk/")


def test_signing_out_ends_the_session(desk: Client) -> None:
    desk.post("/desk/sign-out")

    assert desk.get("/desk/").headers["Location"] == "/desk/sign-in"
