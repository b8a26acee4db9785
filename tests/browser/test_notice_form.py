"""The notice form in a real browser: on a small phone, without JavaScript, by keyboard alone."""

import re
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from playwright.sync_api import expect

from staydown.assembly.house import House
from tests.browser.by_keyboard import SOMEBODY, fill_in
from tests.browser.conftest import EXIT, Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 360, "height": 640}, "java_script_enabled": False}


def test_is_filed_on_a_small_phone_without_javascript_and_by_keyboard(
    house: House, open_page: Open, photo: Path
) -> None:
    page = open_page("/", **PHONE)

    fill_in(page, photo)

    page.wait_for_selector("text=Thank you. We have it.")
    case, secret = page.locator("code").all_text_contents()
    assert re.fullmatch(r"case_[a-z2-7]{24}", case)
    assert re.fullmatch(r"([a-z2-7]{4} ){7}[a-z2-7]{4}", secret)
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    page.emulate_media(media="print")
    assert page.locator(".words li").last.is_visible()
    expect(page.get_by_role("button", name="Save as a text file")).to_be_hidden()


CODES = [code for code, _name in django_settings.LANGUAGES if code != "en"]
IN_LANGUAGES = [f"/{code}{path}" for code in CODES for path in ("/", "/help/check")]
PATHS = ("/", "/help/more", "/help/check", "/help/where/sg", "/nowhere", "/desk/sign-in")


def test_nothing_is_wider_than_a_small_phone(house: House, open_page: Open) -> None:
    widths = {}
    for path in (*PATHS, *IN_LANGUAGES):
        page = open_page(path, viewport={"width": 320, "height": 640})
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
        for link in page.locator(".top a").all():
            box = link.bounding_box()
            assert box is not None
            assert 0 <= box["x"] <= box["x"] + box["width"] <= 320
        page.context.close()

    assert widths == dict.fromkeys((*PATHS, *IN_LANGUAGES), 320)


def test_after_yes_under_18_no_photo_is_asked_for(house: House, open_page: Open) -> None:
    page = open_page("/", **PHONE)

    page.get_by_label("Yes, under 18").check()

    assert not page.locator('[name="originals"]').is_visible()
    assert not page.get_by_role("button", name="Send").is_visible()
    page.get_by_role("link", name="See who can help").click()
    page.wait_for_selector("text=These people can help")


def test_an_error_leads_to_its_field(house: House, open_page: Open) -> None:
    page = open_page("/", **PHONE)
    page.get_by_label("No, 18 or older").check()
    page.get_by_role("button", name="Send").click()

    page.get_by_role("link", name="Type your name").click()
    page.keyboard.type(SOMEBODY)

    assert page.locator('[name="signature"]').input_value() == SOMEBODY


def test_the_way_out_is_always_in_sight(house: House, open_page: Open) -> None:
    page = open_page("/", **PHONE)
    page.get_by_label("No, 18 or older").check()

    page.get_by_role("button", name="Send").scroll_into_view_if_needed()

    assert page.get_by_role("link", name="Leave this page").first.is_visible()
    box = page.get_by_role("link", name="Leave this page").first.bounding_box()
    assert box is not None
    assert 0 <= box["y"] < 40
    assert box["height"] >= 44
    assert page.get_by_text("The Back button may lead to this page again.").is_visible()
    assert not page.get_by_text("Pressing the Shift key").is_visible()
    page.get_by_role("link", name="Leave this page").click()
    page.wait_for_url(EXIT)
