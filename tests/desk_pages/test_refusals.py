"""Whoever is no reviewer sees that there is nothing here, whatever they ask for."""

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.cases import State
from staydown.casework.people import Role
from tests.installation import new_person, signed_in
from tests.records import records_of
from tests.stories import PLATFORM, hold_copy

MISSING = "case_" + "a" * 24


def paths(house: House) -> list[str]:
    """Addresses of a real case, and the same ones of none."""
    receipt, held = hold_copy(house)
    return [
        path
        for case in (receipt.case, MISSING)
        for path in (
            f"/desk/cases/{case}",
            f"/desk/cases/{case}/copies/{held.copy}/covered",
            f"/desk/cases/{case}/originals/{records_of(house.bank)[0].entry.id}",
        )
    ]


@pytest.mark.parametrize("who", ["nobody", "an operator"])
def test_a_case_that_exists_looks_like_one_that_does_not(
    who: str, house: House, visitor: Client
) -> None:
    new_person(house, "alex", Role.OPERATOR)
    client = signed_in("alex") if who == "an operator" else visitor

    answers = {(one.status_code, one.content) for one in map(client.get, paths(house))}

    assert [status for status, _ in answers] == [404]


@pytest.mark.parametrize(
    "ending", ["copies/copy_x/decision", "declining", "entries/e/confirmation"]
)
def test_nobody_else_decides(ending: str, house: House) -> None:
    receipt, _ = hold_copy(house)
    new_person(house, "alex", Role.OPERATOR)

    response = signed_in("alex").post(f"/desk/cases/{receipt.case}/{ending}", {"reason": "x"})

    assert response.status_code == 404
    assert house.cases.for_platform(receipt.case, PLATFORM).state == State.TO_REVIEW


def test_a_reviewer_asking_for_what_is_not_there_gets_the_same_page(
    house: House, desk: Client
) -> None:
    for path in (f"/desk/cases/{MISSING}", "/desk/cases/%00", "/desk/cases/x/copies/y/covered"):
        response = desk.get(path)

        assert response.status_code == 404
        assert b"<h1>There is nothing here</h1>" in response.content


@pytest.mark.parametrize("path", ["/desk/sign-in", "/desk/sign-in?token=x", "/desk/cases/x"])
def test_every_page_of_the_desk_is_private(path: str, house: House, visitor: Client) -> None:
    response = visitor.get(path)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert response.headers["Referrer-Policy"] == "same-origin"
