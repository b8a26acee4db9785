"""Who filed a notice is not on the page of a case until a reviewer asks, which is noted."""

import re
from dataclasses import replace

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.audit.entries import ContactViewed
from staydown.casework.filing import Receipt
from staydown.casework.people import Person, Role
from tests.installation import new_person, signed_in
from tests.shortcuts import FORM

ADDRESS, SIGNATURE = "cat@mail.example", "A Cat Lover"


@pytest.fixture
def receipt(house: House) -> Receipt:
    """A notice whose notifier left an address."""
    filed = house.filing.file(replace(FORM, contact=ADDRESS), [])
    assert isinstance(filed, Receipt)
    return filed


def viewings(house: House) -> list[str]:
    """Who was told who filed a notice."""
    return [one.by for one in house.journal.entries() if isinstance(one.fact, ContactViewed)]


def test_is_not_on_the_page_of_the_case(house: House, desk: Client, receipt: Receipt) -> None:
    page = desk.get(f"/desk/cases/{receipt.case}").content.decode()

    assert [word for word in (ADDRESS, SIGNATURE) if word in page] == []
    assert viewings(house) == []


def test_is_shown_on_asking_and_noted(
    house: House, desk: Client, reviewer: Person, receipt: Receipt
) -> None:
    page = desk.get(f"/desk/cases/{receipt.case}").content.decode()
    [asks] = re.findall(r'action="([^"]+/contact)"', page)

    answer = desk.post(asks)

    told = answer.content.decode()
    assert [word for word in (ADDRESS, SIGNATURE) if word not in told] == []
    assert "no-store" in answer.headers["Cache-Control"]
    assert viewings(house) == [reviewer.id]
    assert ADDRESS not in str([*house.journal.entries()])


def test_is_not_told_by_opening_an_address(house: House, desk: Client, receipt: Receipt) -> None:
    assert desk.get(f"/desk/cases/{receipt.case}/contact").status_code == 405
    assert viewings(house) == []


def test_a_notice_without_an_address_says_so(house: House, desk: Client) -> None:
    filed = house.filing.file(FORM, [])
    assert isinstance(filed, Receipt)

    told = desk.post(f"/desk/cases/{filed.case}/contact").content.decode()

    assert "no address was left" in told


def test_an_operator_is_not_told(house: House, receipt: Receipt) -> None:
    new_person(house, "alex", Role.OPERATOR)

    answer = signed_in("alex").post(f"/desk/cases/{receipt.case}/contact")

    assert answer.status_code == 404
    assert ADDRESS not in answer.content.decode()
    assert viewings(house) == []


def test_what_was_taken_back_is_told_to_nobody(
    house: House, desk: Client, reviewer: Person, receipt: Receipt
) -> None:
    house.reviewing.withdraw(receipt.case, by=reviewer)

    assert desk.post(f"/desk/cases/{receipt.case}/contact").status_code == 404
    assert viewings(house) == []
