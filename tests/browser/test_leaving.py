"""Leaving at once, in a real browser: what is seen, where Back leads, and what stays."""

import pytest
from playwright.sync_api import Page, expect

from staydown.assembly.house import House
from tests.browser.conftest import EXIT, Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

BEFORE = "about:blank"
"""Where a new window is before it comes to us."""
ONCE, TWICE = "Press Shift 2 more times to leave.", "Press Shift once more to leave."
LATE = "Not left: Shift was not pressed 3 times in a row."


def told(page: Page) -> str:
    return page.locator("#leaving").inner_text()


def press(page: Page, *keys: str) -> list[str]:
    """What is said after each key."""
    said = []
    for key in keys:
        page.keyboard.press(key)
        said.append(told(page))
    return said


def send_nothing(page: Page) -> None:
    """A form without answers: its page comes back, with what is missing."""
    page.get_by_label("No, 18 or older").check()
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("[role=alert]")


def test_shift_three_times_leaves_and_back_does_not_return(house: House, open_page: Open) -> None:
    page = open_page("/help/check")
    page.get_by_role("link", name="Tell us").click()
    send_nothing(page)
    page.get_by_role("link", name="Type your name").click()
    expect(page.locator("#signature")).to_be_focused()
    page.go_back()  # within our pages it leads where it always did
    expect(page.get_by_text("Before you start")).to_be_visible()
    send_nothing(page)

    said = press(page, "Shift", "Shift", "a", "Shift", "Shift")
    page.keyboard.press("Shift")
    page.wait_for_url(EXIT)

    assert said == [ONCE, TWICE, "", ONCE, TWICE]
    assert page.title() == "Weather"
    page.go_back()
    page.wait_for_url(EXIT)
    page.go_back()
    assert page.url == BEFORE


def test_the_button_does_the_same_and_nothing_stays_in_the_browser(
    house: House, open_page: Open
) -> None:
    page = open_page("/help/check")
    page.clock.install()
    page.keyboard.down("Shift")
    page.keyboard.down("Shift")  # held, which is one press
    held = told(page)
    page.keyboard.up("Shift")
    page.clock.run_for(5_001)
    kept = page.evaluate(
        "async () => [localStorage.length, sessionStorage.length, (await caches.keys()).length,"
        " (await indexedDB.databases()).length]"
    )

    late = told(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Leave this page")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(EXIT)

    assert (held, late) == (ONCE, LATE)
    assert kept == [0, 0, 0, 0]
    assert page.context.cookies() == []
    page.go_back()
    assert page.url == BEFORE
