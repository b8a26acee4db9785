"""What may show somebody under 18: told by a place alone, handed on by a person, then forgotten."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.appeals import AppealMove
from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Role
from staydown.errors import NotAllowed
from staydown.ids import CommandId
from staydown.storage.models import CommandRow
from tests.casework.making import AGREED
from tests.installation import new_person
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
    assert 'class="decide"' not in page
    decision = f"{case}/copies/{held.copy}/decision"
    released = {"shows_this_person": "no", "is_intimate": "no", "is_without_consent": "no"}
    released |= {"reason": "let it go", "move": "release"}
    assert desk.post(decision, released).status_code == 409
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


def test_an_appeal_of_its_poster_shows_nothing_again(law: House, desk: Client) -> None:
    receipt, held = hold_quickly(law)
    assert held.copy
    kim, alex = (new_person(law, name, Role.REVIEWER) for name in ("kay", "alex"))
    law.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason="seen", by=kim
    )
    removal = CommandId(CommandRow.objects.get(kind="remove").command)
    link = law.explaining.link_of(removal)
    appeal = law.appealing.appeal_as_poster(removal, link, "It is mine.")
    law.handing_on.send_elsewhere(receipt.case, reason="looks young", by=kim)

    with pytest.raises(NotAllowed, match="nothing of this is shown again"):
        law.appealing.decide(appeal.id, AppealMove.REVERSE, reason="they are right", by=alex)

    assert not CommandRow.objects.filter(kind="restore").exists()
    law.appealing.decide(appeal.id, AppealMove.UPHOLD, reason="it stays down", by=alex)
