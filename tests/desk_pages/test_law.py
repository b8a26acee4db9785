"""What the law asks for, at the desk: in the queue, on the case, and how a notice is answered."""

import re
from dataclasses import replace
from html import unescape

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.cases import State
from staydown.casework.filing import Receipt
from tests.shortcuts import FORM
from tests.stories import PLATFORM, file_notice, hold_copy

ANSWERS = {"shows_this_person": "yes", "is_intimate": "unsure", "is_without_consent": "yes"}
NAMES = "post/3\r\n\r\npost/4"


def page_of(desk: Client, path: str) -> str:
    return " ".join(desk.get(path).content.decode().split())


def look(desk: Client, case: str, **fields: str) -> tuple[int, str]:
    response = desk.post(f"/desk/cases/{case}/look", fields)
    return response.status_code, " ".join(response.content.decode().split())


def test_the_queue_says_what_waits_and_by_when(law: House, desk: Client) -> None:
    receipt = file_notice(law, originals=())

    page = page_of(desk, "/desk/")

    assert f'href="/desk/cases/{receipt.case}"' in page
    assert "A notice to answer: look at what it names" in page
    assert "Due by law (uk-osa) in 47 hours." in page


def test_a_copy_to_decide_has_both_its_ends(law: House, desk: Client) -> None:
    hold_copy(law)

    page = page_of(desk, "/desk/")

    assert "Due by law (uk-osa) in 47 hours. The hold ends by itself in 47 hours." in page


def test_a_case_lists_every_law_and_its_time(law: House, desk: Client) -> None:
    receipt = file_notice(law, originals=())

    page = page_of(desk, f"/desk/cases/{receipt.case}")

    assert "The clock runs." in page
    assert re.search(
        r"United Kingdom: Online Safety Act 2023 and Crime and Policing Act 2026: by "
        r"\d\d\.\d\d\.\d{4} \d\d:\d\d UTC, in 47 hours\.",
        page,
    )
    assert (
        "European Union: Digital Services Act: timely and diligently: no number is fixed." in page
    )


def test_without_a_law_a_case_says_nothing_of_any(house: House, desk: Client) -> None:
    receipt = file_notice(house, originals=())

    assert "What the law asks for" not in page_of(desk, f"/desk/cases/{receipt.case}")


def test_a_notice_is_answered_and_what_was_found_is_taken_down(law: House, desk: Client) -> None:
    receipt = file_notice(law, originals=())

    status, _ = look(desk, receipt.case, take_down=NAMES, reason="Both are there.", **ANSWERS)

    assert status == 302
    assert [command.content_ref for command in law.commands.open(PLATFORM)] == ["post/3", "post/4"]
    assert "Looked at, 2 posts to be taken down by you" in page_of(
        desk, f"/desk/cases/{receipt.case}"
    )


def test_a_notice_is_answered_where_nothing_was_found(law: House, desk: Client) -> None:
    receipt = file_notice(law, originals=())

    status, _ = look(desk, receipt.case, take_down=" ", reason="The page is gone.")

    assert status == 302
    assert law.cases.for_platform(receipt.case, PLATFORM).state is State.SETTLED
    page = page_of(desk, f"/desk/cases/{receipt.case}")
    assert "Looked at, nothing taken down by you" in page
    assert "The clock stopped on" in page


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"take_down": NAMES, "reason": "there"}, "Please answer all three questions"),
        ({"take_down": "", "reason": ""}, "Reason: please say why, in a few words"),
        (
            {"take_down": NAMES, "reason": "there", **ANSWERS, "is_without_consent": "no"},
            "Nothing can be taken down against your own findings",
        ),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(
    law: House, desk: Client, fields: dict[str, str], said: str
) -> None:
    receipt = file_notice(law, originals=())

    status, page = look(desk, receipt.case, **fields)

    assert status in {409, 422}
    assert said in page
    if fields["take_down"]:
        assert "post/3" in page
    assert law.commands.open(PLATFORM) == ()


@pytest.mark.parametrize("refs", [(), ("post/3", "post/4 & more")])
def test_what_the_platform_named_stands_ready_to_be_taken_down_and_nothing_else(
    house: House, desk: Client, refs: tuple[str, ...]
) -> None:
    form = replace(FORM, content_refs=refs, is_from_platform=True)
    receipt = house.filing.file(form, [])
    assert isinstance(receipt, Receipt)

    page = desk.get(f"/desk/cases/{receipt.case}").content.decode()

    [typed] = re.findall(r'<textarea id="take-down"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    assert unescape(typed).split("\n") == [*refs, ""]
