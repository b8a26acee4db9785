"""What may show somebody under 18: told by a place alone, handed on by a person, then forgotten."""

import re

from django.test import Client

from staydown.assembly.house import House
from staydown.casework.filing import Receipt
from tests.records import records_of
from tests.shortcuts import hold_quickly
from tests.stories import PLACE


def tell(visitor: Client, locations: str) -> tuple[int, str]:
    page = visitor.get("/help/more").content.decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    response = visitor.post("/help/more", {"csrfmiddlewaretoken": token, "locations": locations})
    return response.status_code, response.content.decode()


def test_a_place_is_told_shown_on_asking_and_handed_on(
    law: House, visitor: Client, desk: Client
) -> None:
    status, page = tell(visitor, PLACE)
    assert status == 200
    assert "We kept only where it is." in page

    queue = desk.get("/desk/").content.decode()
    waiting = desk.get("/desk/hand-offs").content.decode()
    [id] = re.findall(r"<code>(handoff_\w+)</code>", waiting)
    assert "1 to hand on: somebody under 18 may be shown" in queue
    assert PLACE not in queue + waiting

    shown = desk.post(f"/desk/hand-offs/{id}/where").content.decode()
    assert PLACE in shown
    assert "<img" not in shown

    assert desk.post(f"/desk/hand-offs/{id}/handed-on").status_code == 302
    assert "Nothing waits to be handed on" in desk.get("/desk/hand-offs").content.decode()
    assert desk.post(f"/desk/hand-offs/{id}/where").status_code == 404


def test_nothing_is_kept_where_nothing_was_told(law: House, visitor: Client, desk: Client) -> None:
    status, page = tell(visitor, "  ")

    assert status == 422
    assert "Paste the link first" in page
    assert "Nothing waits to be handed on" in desk.get("/desk/hand-offs").content.decode()


def test_whoever_did_not_sign_in_sees_none_of_it(law: House, visitor: Client) -> None:
    tell(visitor, PLACE)

    assert visitor.get("/desk/hand-offs").status_code == 404


def test_a_case_in_which_somebody_may_be_young_is_closed_covered_and_handed_on(
    law: House, visitor: Client, desk: Client
) -> None:
    receipt, held = hold_quickly(law)
    case = f"/desk/cases/{receipt.case}"
    original = f"{case}/originals/{records_of(law.bank)[0].entry.id}"
    assert desk.get(original).status_code == 200

    assert desk.post(f"{case}/elsewhere", {"reason": ""}).status_code == 422
    assert desk.post(f"{case}/elsewhere", {"reason": "looks young"}).status_code == 302

    page = desk.get(case).content.decode()
    assert "Somebody under 18 may be shown" in page
    assert "<img" not in page
    assert "Look under the cover" not in page
    gone = (original, f"{case}/copies/{held.copy}/covered")
    assert {desk.get(path).status_code for path in gone} == {404}
    look = desk.post(f"{case}/copies/{held.copy}/look", {"why": "cover"})
    assert look.status_code in {404, 409}
    assert "1 to hand on" in desk.get("/desk/").content.decode()
    [id] = re.findall(r"<code>(handoff_\w+)</code>", desk.get("/desk/hand-offs").content.decode())
    assert "post/8213/1" in desk.post(f"/desk/hand-offs/{id}/where").content.decode()
    assert desk.post(f"{case}/elsewhere", {"reason": "again"}).status_code == 409

    told = status_of(visitor, receipt)
    assert "This is for others to look at" in told
    assert "post/8213/1" not in told


def status_of(visitor: Client, receipt: Receipt) -> str:
    page = visitor.get("/help/check").content.decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    typed = {"csrfmiddlewaretoken": token, "case": receipt.case, "secret": receipt.secret}
    return visitor.post("/help/check", typed).content.decode()
