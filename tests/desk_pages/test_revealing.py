"""Looking under the cover: for a reason, once, shortly, in one session, named and counted."""

import re
from dataclasses import dataclass, replace
from html import unescape

import numpy as np
import pyotp
import pytest
from django.test import Client, override_settings

from staydown.assembly.house import House, current_house
from staydown.audit.duties import PictureRevealed
from staydown.casework.people import Person, Role
from staydown.clock import SystemClock
from staydown.engine.pictures import open_picture
from staydown.ids import CaseId, CopyId
from tests.installation import new_person, signed_in
from tests.photographs import doctored
from tests.shortcuts import hold_quickly


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A copy that waits for a reviewer."""

    case: CaseId
    copy: CopyId

    @property
    def asking(self) -> str:
        return f"/desk/cases/{self.case}/copies/{self.copy}/look"


@pytest.fixture
def held(house: House) -> Held:
    receipt, screened = hold_quickly(house)
    assert screened.copy
    return Held(case=receipt.case, copy=screened.copy)


def ask(client: Client, held: Held, **typed: str) -> str:
    """The address of the picture on the page that comes of asking."""
    page = client.post(held.asking, {"why": "findings", **typed})
    assert page.status_code == 200
    assert page.headers["Refresh"] == f"10;url=/desk/cases/{held.case}"
    [address] = re.findall(r'<img src="(/desk/looks/\w+)"', page.content.decode())
    return str(address)


def test_it_is_shown_once_named_and_in_greys(held: Held, desk: Client) -> None:
    address = ask(desk, held)

    answer = desk.get(address)

    shown = open_picture(answer.content).pixels.astype(int)
    truth = open_picture(doctored()).pixels.astype(int).mean(axis=2)
    assert "no-store" in answer.headers["Cache-Control"]
    assert np.abs(shown[..., 0] - shown[..., 2]).max() <= 4
    assert np.median(np.abs(shown[..., 0] - truth)) < 12  # the picture is under the words
    assert (np.abs(shown[..., 0] - truth) > 40).mean() > 0.01  # and the words over it
    assert desk.get(address).status_code == 404


def test_colour_has_to_be_asked_for(held: Held, desk: Client) -> None:
    shown = open_picture(desk.get(ask(desk, held, in_colour="yes")).content).pixels.astype(int)

    assert np.abs(shown[..., 0] - shown[..., 2]).mean() > 5


def test_that_it_was_revealed_is_in_the_chain_with_why(
    house: House, held: Held, desk: Client
) -> None:
    ask(desk, held)

    [fact] = [one.fact for one in house.journal.entries() if isinstance(one.fact, PictureRevealed)]
    assert fact == PictureRevealed(case=held.case, copy=held.copy, why="findings")


def test_nobody_else_opens_it_nor_another_session_nor_a_link(
    house: House, held: Held, desk: Client
) -> None:
    new_person(house, "alex", Role.REVIEWER)
    mine_elsewhere, somebody_else = signed_in("kim"), signed_in("alex")
    addresses = [ask(desk, held) for _ in range(3)]

    assert mine_elsewhere.get(addresses[0]).status_code == 404
    assert somebody_else.get(addresses[1]).status_code == 404
    followed = {"Sec-Fetch-Dest": "document"}
    assert desk.get(addresses[2], headers=followed).status_code == 404
    assert desk.get(addresses[2], headers={"Sec-Fetch-Dest": "image"}).status_code == 200
    assert desk.get(addresses[0]).status_code == 404  # it was tried by another: it is gone
    assert desk.get("/desk/looks/nonsense").status_code == 404


@pytest.mark.parametrize("kind", ["covered", "original"])
def test_covered_pictures_too_are_no_links(
    kind: str, held: Held, house: House, desk: Client
) -> None:
    page = desk.get(f"/desk/cases/{held.case}").content.decode()
    [address] = re.findall(rf'<img src="(/desk/cases/[^"]+{kind}[^"]*)"', page)

    assert desk.get(address).status_code == 200
    assert desk.get(address, headers={"Sec-Fetch-Dest": "document"}).status_code == 404
    assert desk.get(address, headers={"Sec-Fetch-Dest": "iframe"}).status_code == 404


def test_later_it_is_gone(house: House, held: Held, desk: Client) -> None:
    with override_settings(STAYDOWN=replace(house.settings, reveal_seconds=0)):
        page = desk.post(held.asking, {"why": "cover"}).content.decode()
        [address] = re.findall(r'<img src="(/desk/looks/\w+)"', page)

        assert desk.get(address).status_code == 404


def test_without_a_reason_nothing_is_shown(house: House, held: Held, desk: Client) -> None:
    refused = desk.post(held.asking, {"why": "curious"})

    assert refused.status_code == 422
    assert "hoose why the cover has to come off" in refused.content.decode()
    assert not [one for one in house.journal.entries() if isinstance(one.fact, PictureRevealed)]


def test_there_is_a_share_for_a_day_and_it_is_told(house: House, held: Held, desk: Client) -> None:
    with override_settings(STAYDOWN=replace(house.settings, reveals_a_day=2)):
        before = unescape(desk.get(f"/desk/cases/{held.case}").content.decode())
        ask(desk, held)
        ask(desk, held)
        refused = desk.post(held.asking, {"why": "findings"})
        new_person(current_house(), "alex", Role.REVIEWER)
        other = signed_in("alex").post(held.asking, {"why": "second"})

    assert "You can look under 2 more covers within a day." in before
    assert refused.status_code == 429
    assert "you have looked under as many covers as one person may" in unescape(
        refused.content.decode()
    ).replace("You have", "you have")
    assert other.status_code == 200


def test_of_a_closed_case_nothing_is_revealed(house: House, held: Held, desk: Client) -> None:
    desk.post(f"/desk/cases/{held.case}/declining", {"reason": "no", "because": "no_ground"})

    assert desk.post(held.asking, {"why": "findings"}).status_code in {404, 409}


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR])
def test_others_are_refused_as_if_there_were_nothing(role: Role, house: House, held: Held) -> None:
    new_person(house, "sam", role)
    client = signed_in("sam")

    assert client.post(held.asking, {"why": "findings"}).status_code == 404
    assert Client(headers={"host": "localhost"}).post(held.asking).status_code == 404


def test_where_the_operator_wants_it_a_look_takes_a_code(
    house: House, held: Held, reviewer: Person, desk: Client
) -> None:
    secret = house.authenticators.propose()
    app, now = pyotp.TOTP(secret), SystemClock().now()
    house.authenticators.set(reviewer, secret, app.at(now, counter_offset=-1))

    with override_settings(STAYDOWN=replace(house.settings, reveal_needs_code=True)):
        page = desk.get(f"/desk/cases/{held.case}").content.decode()
        without = desk.post(held.asking, {"why": "findings"})
        with_code = desk.post(held.asking, {"why": "findings", "code": app.at(now)})

    assert "Code of your authenticator" in page
    assert without.status_code == 409
    assert "this code is wrong" in without.content.decode().lower()
    assert with_code.status_code == 200
    assert b"/desk/looks/" in with_code.content
