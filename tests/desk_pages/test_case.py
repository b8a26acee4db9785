"""One case at the desk: covered pictures, facts in plain words, and what may be decided."""

import re

import numpy as np
import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.audit.entries import CaseOpened
from staydown.casework.copies import CopyState
from staydown.casework.people import Person
from staydown.engine.covering import COVER_COLOUR
from staydown.engine.pictures import open_picture
from staydown.ids import CaseId
from staydown.storage.models import CommandRow, CopyRow
from tests.photographs import Pixels, cat, doctored
from tests.shortcuts import hold_quickly, screen_quickly
from tests.stories import PLACE, PLATFORM, STATEMENT, file_notice, hold_copy

DECISION = {
    "shows_this_person": "yes",
    "is_intimate": "unsure",
    "is_without_consent": "yes",
    "reason": "A changed copy of the photo in the notice.",
    "move": "remove",
}


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def state(house: House, case: CaseId) -> CopyState:
    """Where the first found copy of the case stands."""
    return house.cases.for_platform(case, PLATFORM).copies[0].state


def test_the_queue_names_what_waits_and_shows_no_picture(house: House, desk: Client) -> None:
    receipt, _ = hold_copy(house)

    page = read(desk, "/desk/")

    assert f'href="/desk/cases/{receipt.case}"' in page
    assert "1 copy to decide" in page
    assert "The hold ends by itself in 47 hours." in page
    assert "<img" not in page


def test_a_notice_without_a_photo_waits_for_somebody_to_look(house: House, desk: Client) -> None:
    receipt = file_notice(house, originals=())

    assert "A notice without a photo to compare: look at its places" in read(desk, "/desk/")
    page = read(desk, f"/desk/cases/{receipt.case}")
    assert PLACE in page
    assert "Only a person can look at the places it names." in page


def test_a_case_tells_what_was_said_and_what_was_measured(house: House, desk: Client) -> None:
    receipt, _ = hold_copy(house)

    page = read(desk, f"/desk/cases/{receipt.case}")

    assert STATEMENT in page
    assert PLACE in page
    assert "Part of this picture is the registered photo, and part of it was changed." in page
    assert re.search(r"About \d\d% of what both share was changed\.", page)


def test_opening_a_case_is_in_the_audit_chain(house: House, desk: Client, reviewer: Person) -> None:
    receipt, _ = hold_copy(house)

    read(desk, f"/desk/cases/{receipt.case}")

    *_, last = house.journal.entries()
    assert (last.by, last.fact) == (reviewer.id, CaseOpened(case=receipt.case))


def colour_of(pixels: Pixels) -> int:
    """How far the channels of any pixel are apart: grey has none."""
    return int(np.ptp(pixels.astype(int), axis=2).max())


def pictures_of(page: str) -> list[str]:
    return re.findall(r'<img[^>]* src="([^"]+)"', page)


def test_the_found_picture_comes_covered_and_both_are_kept_by_no_cache(
    house: House, desk: Client
) -> None:
    receipt, held = hold_copy(house)
    page = read(desk, f"/desk/cases/{receipt.case}")

    original, covered = (desk.get(path) for path in pictures_of(page))

    assert all("no-store" in one.headers["Cache-Control"] for one in (original, covered))
    assert open_picture(original.content).pixels.shape == cat().shape
    shown = open_picture(covered.content).pixels
    bricks = open_picture(doctored()).pixels[110:250, 150:290]
    assert np.ptp(bricks) > 100
    cover = shown[120:240, 160:280]  # inside of what is covered: its edge is a JPEG's edge
    assert np.abs(cover.astype(int) - COVER_COLOUR).max() <= 1
    assert np.ptp(shown[:60, :60]) > 20  # what was kept is there
    assert colour_of(shown[:60, :60]) <= 4
    assert colour_of(cat()) > 100  # so there is colour that could be sent
    assert colour_of(open_picture(original.content).pixels) <= 4


def test_there_is_no_address_for_the_uncovered_picture(house: House, desk: Client) -> None:
    receipt, held = hold_copy(house)

    for name in ("", "/picture", "/uncovered", "/original", "/covered/full"):
        path = f"/desk/cases/{receipt.case}/copies/{held.copy}{name}"
        assert desk.get(path).status_code == 404


def test_a_copy_of_another_case_is_not_shown(house: House, desk: Client) -> None:
    _, held = hold_copy(house)
    other = file_notice(house)

    assert desk.get(f"/desk/cases/{other.case}/copies/{held.copy}/covered").status_code == 404


def test_a_removal_is_done_and_is_told_on_the_page(house: House, desk: Client) -> None:
    receipt, held = hold_copy(house)

    response = desk.post(f"/desk/cases/{receipt.case}/copies/{held.copy}/decision", DECISION)

    assert (response.status_code, response.headers["Location"]) == (
        302,
        f"/desk/cases/{receipt.case}",
    )
    assert state(house, receipt.case) == CopyState.REMOVED
    page = read(desk, f"/desk/cases/{receipt.case}")
    assert "Removed by you" in page
    assert DECISION["reason"] in page
    assert "1 copy to decide" not in read(desk, "/desk/")


@pytest.mark.parametrize("is_joined", [True, False])
def test_copies_of_the_very_same_picture_are_decided_alike_if_that_is_ticked(
    is_joined: bool, house: House, desk: Client
) -> None:
    receipt, held = hold_quickly(house)
    screen_quickly(house, "post/8214/1")
    other = screen_quickly(house, "post/8215/1", quality=70)
    page = read(desk, f"/desk/cases/{receipt.case}")
    assert page.count("The same for 1 other copy of this very picture") == 2  # at either of them
    typed = {**DECISION, **({"is_joined": "yes"} if is_joined else {})}

    desk.post(f"/desk/cases/{receipt.case}/copies/{held.copy}/decision", typed)

    rows = CopyRow.objects.filter(case=receipt.case)
    removed = set(rows.filter(state=CopyState.REMOVED).values_list("content_ref", flat=True))
    assert removed == {"post/8213/1", *(["post/8214/1"] if is_joined else [])}
    assert rows.get(copy=other.copy).state == CopyState.HELD
    assert CommandRow.objects.filter(kind="remove").count() == len(removed)


@pytest.mark.parametrize(
    ("changed", "status", "says"),
    [
        ({"reason": " "}, 422, "please say why"),
        ({"is_intimate": ""}, 422, "Please answer all three questions"),
        ({"move": "destroy"}, 422, "Please press Remove or Release"),
        ({"shows_this_person": "no"}, 409, "against your own findings"),
    ],
)
def test_what_cannot_be_decided_is_said_with_what_was_typed(
    changed: dict[str, str], status: int, says: str, house: House, desk: Client
) -> None:
    receipt, held = hold_copy(house)
    typed = {**DECISION, **changed}

    response = desk.post(f"/desk/cases/{receipt.case}/copies/{held.copy}/decision", typed)

    page = response.content.decode()
    assert response.status_code == status
    assert says in page
    assert typed["reason"].strip() in page
    assert page.count(" checked") == 3 - ("is_intimate" in changed)
    assert state(house, receipt.case) == CopyState.HELD


def test_a_notice_without_ground_is_declined_and_its_copies_are_released(
    house: House, desk: Client
) -> None:
    receipt, _ = hold_copy(house)

    desk.post(f"/desk/cases/{receipt.case}/declining", {"reason": "It is a stock photo."})

    assert state(house, receipt.case) == CopyState.RELEASED
    assert "Declined by you" in read(desk, f"/desk/cases/{receipt.case}")


def test_words_of_the_notifier_cannot_become_markup(house: House, desk: Client) -> None:
    receipt, held = hold_copy(house)
    typed = {**DECISION, "reason": "<script>alert(1)</script>"}

    desk.post(f"/desk/cases/{receipt.case}/copies/{held.copy}/decision", typed)

    page = read(desk, f"/desk/cases/{receipt.case}")
    assert "&lt;script&gt;alert(1)" in page
    assert re.findall("<script[^>]*>", page) == ['<script src="/static/desk_pages/keys.js" defer>']


def test_a_withdrawn_case_shows_that_its_words_are_destroyed(
    house: House, desk: Client, reviewer: Person
) -> None:
    receipt, _ = hold_copy(house)
    house.reviewing.withdraw(receipt.case, by=reviewer)

    page = read(desk, f"/desk/cases/{receipt.case}")

    assert STATEMENT not in page
    assert "The notice was taken back, and its words are destroyed." in page
    assert pictures_of(page) == []
