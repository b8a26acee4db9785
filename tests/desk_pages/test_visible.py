"""What is visible although nobody decided is said at the desk; what is sent fits a screen."""

from dataclasses import replace

import numpy as np
import pytest
from django.test import Client, override_settings

from staydown.assembly.house import House, current_house
from staydown.bank.search import Match
from staydown.casework.uploads import Upload
from staydown.desk_pages.lines import COPIES_ON_A_PAGE
from staydown.engine.covering import SCREEN_SIDE
from staydown.engine.pictures import encode_jpeg, open_picture
from staydown.ids import CaseId
from tests.desk_pages.test_case import read
from tests.photographs import doctored
from tests.records import records_of
from tests.shortcuts import comparison, file_quickly, screen_quickly, seen_doctored


@pytest.fixture
def case(house: House, desk: Client) -> CaseId:
    """A case that has held its share, one picture, and past which three came."""
    with override_settings(STAYDOWN=replace(house.settings, hold_cap=1)):
        receipt = file_quickly(current_house())
        for quality in (85, 80, 75, 70):
            screen_quickly(current_house(), f"post/{quality}", quality=quality)
    return receipt.case


def test_the_case_says_how_many_are_visible_and_what_hides_them(case: CaseId, desk: Client) -> None:
    page = read(desk, f"/desk/cases/{case}")

    assert (
        "3 copies are visible now. 3 came when this notice had held as many as it may unconfirmed. "
        "Once you remove one, others of the same photo are hidden until you decide."
    ) in page
    assert page.count("Visible: so many were held before it that it was let by.") == 3


def test_so_does_the_queue(case: CaseId, desk: Client) -> None:
    assert "4 copies to decide, 3 of them visible now" in read(desk, "/desk/")


def test_a_page_of_many_copies_begins_with_those_that_need_somebody(
    house: House, case: CaseId, desk: Client
) -> None:
    for number in range(COPIES_ON_A_PAGE):
        screen_quickly(house, f"post/more/{number}", quality=60)
    first, second = (read(desk, f"/desk/cases/{case}?page={one}") for one in ("", 2))

    copies = COPIES_ON_A_PAGE + 4
    assert first.count("/decision") == COPIES_ON_A_PAGE
    assert second.count("/decision") == 4
    assert f"Found copy 1 of {copies}" in first
    assert f"Found copy {copies} of {copies}" in second
    assert 0 < first.index("post/75") < first.index("post/85")  # the latter is hidden: it can wait
    assert desk.get(f"/desk/cases/{case}?page=nonsense").content.count(b"Found copy 1 of") == 1


def test_a_large_picture_is_sent_no_larger_than_a_screen(house: House, desk: Client) -> None:
    file_quickly(house)
    large = open_picture(doctored()).pixels.repeat(3, axis=0).repeat(3, axis=1)
    upload = Upload(data=encode_jpeg(large, quality=100), content_ref="post/large")
    seen = replace(seen_doctored(), picture=open_picture(upload.data))
    areas = comparison().areas
    assert areas is not None
    whole = replace(comparison(), areas=areas.repeat(3, axis=0).repeat(3, axis=1))
    [record] = records_of(house.bank)
    held = house.screening.answer(upload, [(seen, [Match(entry=record.entry, comparison=whole)])])

    answer = desk.get(f"/desk/cases/{held.case}/copies/{held.copy}/covered")

    shown = open_picture(answer.content).pixels
    assert max(large.shape) > SCREEN_SIDE
    assert max(shown.shape) == SCREEN_SIDE
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert len(answer.content) < len(upload.data) / 3
    assert np.ptp(shown[350:600, 450:700], axis=(0, 1)).tolist() == [0, 0, 0]
