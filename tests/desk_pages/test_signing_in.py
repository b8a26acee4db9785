"""Signing in: a link that works once and is not used up by looking at it, or name and password."""

import re
from dataclasses import replace

import pyotp
import pytest
from django.test import Client, override_settings

from staydown.assembly.house import House
from staydown.audit.keeping import AuthenticatorSet
from staydown.casework.people import Person, Role
from staydown.clock import SystemClock
from staydown.storage.models import SealedRow
from tests.installation import ADDRESS, PASSWORD, new_person, signed_in


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


def code_of(secret: str, steps: int = 0) -> str:
    """What an app shows now, or so many steps later."""
    return pyotp.TOTP(secret).at(SystemClock().now(), counter_offset=steps)


@pytest.fixture
def secret(house: House, reviewer: Person) -> str:
    """The secret in the reviewer's authenticator; its code of a step ago is used up."""
    made = house.authenticators.propose()
    house.authenticators.set(reviewer, made, code_of(made, -1))
    return made


def test_name_password_and_code_open_the_desk_and_a_code_does_so_once(
    secret: str, visitor: Client
) -> None:
    typed = {"name": "kim", "password": PASSWORD, "code": code_of(secret)}

    assert press(visitor, "/desk/sign-in", **typed) == (302, "/desk/")

    again = Client(headers=ADDRESS, enforce_csrf_checks=True)
    assert press(again, "/desk/sign-in", **typed)[0] == 403
    assert press(again, "/desk/sign-in", **{**typed, "code": code_of(secret, 1)})[0] == 302


def test_codes_are_read_as_apps_show_them(secret: str, visitor: Client) -> None:
    code = code_of(secret)
    typed = {"name": "kim", "password": PASSWORD, "code": f" {code[:3]} {code[3:]} "}

    assert press(visitor, "/desk/sign-in", **typed)[0] == 302


@pytest.mark.parametrize("code", ["", "000000", "12345", "ａｂｃ", "\0", "9" * 500])
def test_a_password_alone_and_a_wrong_code_sound_like_a_wrong_password(
    code: str, secret: str, visitor: Client
) -> None:
    wrong = press(visitor, "/desk/sign-in", name="kim", password="wrong", code=code_of(secret))
    without = press(visitor, "/desk/sign-in", name="kim", password=PASSWORD, code=code)

    assert wrong[0] == without[0] == 403
    said = "That name, password and code do not fit together."
    assert said in wrong[1]
    assert said in without[1]


def test_whoever_has_no_authenticator_needs_a_link(reviewer: Person, visitor: Client) -> None:
    typed = {"name": "kim", "password": PASSWORD, "code": "000000"}

    assert press(visitor, "/desk/sign-in", **typed)[0] == 403


def test_an_operator_may_let_a_password_do(house: House, reviewer: Person, visitor: Client) -> None:
    with override_settings(STAYDOWN=replace(house.settings, unsafe_password_alone=True)):
        page = visitor.get("/desk/sign-in").content.decode()
        done = press(visitor, "/desk/sign-in", name="kim", password=PASSWORD)

    assert "authenticator" not in page
    assert done == (302, "/desk/")


def test_an_authenticator_is_set_up_by_a_code_of_it(
    house: House, reviewer: Person, desk: Client
) -> None:
    page = desk.get("/desk/authenticator").content.decode()
    [proposed] = re.findall(r'name="proposed" value="([^"]+)"', page)
    [shown] = re.findall(r"<p><code>([A-Z2-7 ]+)</code></p>", page)
    secret = shown.replace(" ", "")
    assert "<svg" in page
    assert "style=" not in page

    wrong = desk.post("/desk/authenticator", {"proposed": proposed, "code": "000000"})
    assert wrong.status_code == 422
    assert not house.authenticators.is_set(reviewer)
    right = desk.post("/desk/authenticator", {"proposed": proposed, "code": code_of(secret)})

    assert "It is set up" in right.content.decode()
    assert house.authenticators.is_set(reviewer)
    *_, last = house.journal.entries()
    assert last.fact == AuthenticatorSet(person=reviewer.id)
    house.authenticators.check(reviewer, code_of(secret, 1))


@pytest.mark.parametrize("proposed", ["", "x", "WyJhIiwiYiJd:1abc:def"])
def test_a_secret_that_was_not_proposed_is_not_taken(
    proposed: str, house: House, reviewer: Person, desk: Client
) -> None:
    answer = desk.post("/desk/authenticator", {"proposed": proposed, "code": "000000"})

    assert answer.status_code == 422
    assert "This page is too old" in answer.content.decode()
    assert not house.authenticators.is_set(reviewer)


def test_the_secret_of_somebody_else_is_not_taken(house: House, desk: Client) -> None:
    new_person(house, "alex", Role.REVIEWER)
    page = signed_in("alex").get("/desk/authenticator").content.decode()
    [proposed] = re.findall(r'name="proposed" value="([^"]+)"', page)
    [shown] = re.findall(r"<p><code>([A-Z2-7 ]+)</code></p>", page)
    code = code_of(shown.replace(" ", ""))

    answer = desk.post("/desk/authenticator", {"proposed": proposed, "code": code})

    assert answer.status_code == 422


def test_codes_are_not_guessed_at_the_setting_up(house: House, desk: Client) -> None:
    page = desk.get("/desk/authenticator").content.decode()
    [proposed] = re.findall(r'name="proposed" value="([^"]+)"', page)

    answers = [
        desk.post("/desk/authenticator", {"proposed": proposed, "code": "000000"}).status_code
        for _ in range(11)
    ]

    assert answers == [422] * 10 + [429]


def test_whoever_is_removed_takes_their_secret_along(
    house: House, reviewer: Person, secret: str
) -> None:
    house.people.remove("kim")

    assert not house.authenticators.is_set(reviewer)
    assert not SealedRow.objects.filter(key_id=reviewer.id).exists()


@pytest.mark.parametrize("name", ["kim", "nobody", "", "\0"])
def test_a_wrong_name_and_a_wrong_password_sound_alike(
    name: str, reviewer: Person, visitor: Client
) -> None:
    status, page = press(visitor, "/desk/sign-in", name=name, password="wrong")

    assert status == 403
    assert "That name, password and code do not fit together." in page


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
