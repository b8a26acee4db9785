"""From the first page to taking it back, as somebody goes who has nothing but a phone.

By keyboard alone, without JavaScript, at 360 px, in English and from right to left in Arabic; and
over a line as slow as the edge of a network.
"""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page

from staydown.assembly.house import House
from tests.browser.by_keyboard import choose, fill_in, press, write
from tests.browser.conftest import Open

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PHONE = {"viewport": {"width": 360, "height": 640}, "java_script_enabled": False}
LANGUAGES = {"en": "", "ar": "/ar"}
SLOW = {
    "offline": False,
    "latency": 400,  # ms
    "downloadThroughput": 50_000 / 8,  # bytes a second: the edge of a mobile network
    "uploadThroughput": 30_000 / 8,
}
MOST_VIEWS, MOST_INPUTS = 12, 25


INPUTS = """() => new Set([...document.querySelectorAll("main form [name]")]
    .filter((each) => each.type !== "hidden" && each.getClientRects().length > 0)
    .map((each) => each.name)).size"""


def wait_until_at(page: Page, heading: str) -> None:
    page.wait_for_selector(heading)
    assert page.evaluate("document.documentElement.scrollWidth") == 360


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_notice_is_filed_followed_and_taken_back(
    code: str, house: House, open_page: Open, photo: Path
) -> None:
    page = open_page(f"{LANGUAGES[code]}/", **PHONE)
    views = [page.url]
    page.on("framenavigated", lambda frame: views.append(frame.url))

    choose(page, "was_minor")
    inputs = page.evaluate(INPUTS)  # all that are asked for of an adult, required or not
    page.reload()
    fill_in(page, photo)
    wait_until_at(page, ".receipt .words")
    direction = page.locator("html").get_attribute("dir")
    case, secret = page.locator("dl code").all_text_contents()
    press(page, ".steps + p a")
    wait_until_at(page, "#secret")
    write(page, "case", case)
    write(page, "secret", secret)
    press(page, "form > button")
    wait_until_at(page, "details")
    press(page, "summary")
    choose(page, "sure")
    press(page, "details button")
    page.wait_for_selector("details", state="detached")

    assert direction == ("rtl" if code == "ar" else "ltr")
    assert re.fullmatch(r"case_[a-z2-7]{24}", case)
    assert len(views) <= MOST_VIEWS
    assert 8 <= inputs <= MOST_INPUTS
    assert {f"{LANGUAGES[code]}/" in url for url in views} == {True}


def test_it_is_filed_over_a_slow_line(house: House, open_page: Open, photo: Path) -> None:
    page = open_page("/help/where", viewport=PHONE["viewport"])
    page.set_default_timeout(120_000)
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW)
    page.get_by_role("link", name="Tell us").click()
    page.wait_for_selector("[name=was_minor]", state="attached")

    fill_in(page, photo)

    page.wait_for_selector(".receipt .words")
    assert len(photo.read_bytes()) > 10_000
    assert len(page.locator("dl code").all_text_contents()) == 2
