"""Taking the next case at the desk, seeing who is at one, and leaving it to others."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Role
from tests.installation import new_person, signed_in
from tests.stories import file_notice


@pytest.fixture
def case(law: House) -> str:
    return file_notice(law, originals=()).case


def press(client: Client, path: str) -> str:
    """Where a button leads."""
    page = client.get("/desk/").content.decode()
    [token, *_] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    response = client.post(path, {"csrfmiddlewaretoken": token})
    assert response.status_code == 302
    return response.headers["Location"]


def test_the_next_case_is_taken_and_others_see_it(law: House, desk: Client, case: str) -> None:
    assert press(desk, "/desk/next") == f"/desk/cases/{case}"

    mine = desk.get(f"/desk/cases/{case}").content.decode()
    new_person(law, "bob", Role.REVIEWER)
    other = signed_in("bob")
    theirs = other.get(f"/desk/cases/{case}").content.decode()

    assert "This case is yours until" in mine
    assert "Somebody else works on this case until" in theirs
    assert "Now somebody else works on it." in other.get("/desk/").content.decode()
    assert press(other, "/desk/next") == "/desk/"


def test_a_case_is_left_to_others_without_a_reason(law: House, desk: Client, case: str) -> None:
    press(desk, "/desk/next")

    assert press(desk, f"/desk/cases/{case}/handing-over") == "/desk/"

    assert "This case is yours" not in desk.get(f"/desk/cases/{case}").content.decode()
    assert press(desk, "/desk/next") == "/desk/"
