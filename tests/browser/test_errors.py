"""What is wrong is said above the form and beside its field, and each line leads to its field.

By keyboard alone, on a small phone.
"""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from staydown.assembly.house import House
from staydown.casework.filing import Receipt
from tests.browser.conftest import Open
from tests.shortcuts import file_quickly

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SMALL = {"viewport": {"width": 360, "height": 640}}


def send_an_empty_form(page: Page, _: Receipt) -> None:
    page.get_by_label("No, 18 or older").check()
    page.get_by_label("Somebody who asked me to do this for them").check()
    page.get_by_role("button", name="Send").click()


def ask_without_a_number(page: Page, _: Receipt) -> None:
    page.get_by_role("button", name="Check").click()


def mistype_a_word(page: Page, _: Receipt) -> None:
    page.locator("#secret").fill("nowhere " + "able " * 14)
    page.get_by_role("button", name="Check").click()


def tell_no_place(page: Page, _: Receipt) -> None:
    page.get_by_role("button", name="Tell this site where").click()


def check(page: Page, receipt: Receipt) -> None:
    page.locator("#case").fill(receipt.case)
    page.locator("#secret").fill(receipt.secret)
    page.get_by_role("button", name="Check").click()


def take_back_without_being_sure(page: Page, receipt: Receipt) -> None:
    check(page, receipt)
    page.get_by_text("Take my report back").click()
    page.get_by_role("button", name="Take it back").click()


MISTAKES: dict[str, tuple[str, Callable[[Page, Receipt], None], int]] = {
    "an empty form": ("/", send_an_empty_form, 7),
    "no number": ("/help/check", ask_without_a_number, 1),
    "a mistyped word": ("/help/check", mistype_a_word, 1),
    "no place": ("/help/more", tell_no_place, 1),
    "not sure": ("/help/check", take_back_without_being_sure, 1),
}
"""Where it is made, how, and how many lines it is worth."""


@pytest.fixture
def receipt(house: House) -> Receipt:
    """What a notifier keeps."""
    return file_quickly(house)


@pytest.mark.parametrize("mistake", MISTAKES)
def test_an_error_is_heard_at_once_and_each_line_leads_to_its_field(
    mistake: str, receipt: Receipt, open_page: Open
) -> None:
    path, make, lines = MISTAKES[mistake]
    page = open_page(path, **SMALL)

    make(page, receipt)

    expect(page.locator(".summary")).to_be_focused()
    assert page.title().startswith("Error: ")
    links = page.locator(".summary a")
    assert links.count() >= lines
    for link in links.all():
        name = (link.get_attribute("href") or "").removeprefix("#")
        link.focus()
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == name
        assert_told_beside(page, name, link.inner_text())
    assert page.evaluate("document.documentElement.scrollWidth") == 360


def assert_told_beside(page: Page, name: str, words: str) -> None:
    """The field, or each answer of it, is marked as wrong, and described by the same words."""
    beside = page.locator(f"#{name}-error")
    assert words in " ".join(beside.inner_text().split())
    box = beside.bounding_box()
    assert box is not None
    assert box["height"] > 0
    invalid = page.locator(f'#{name}[aria-invalid="true"], #{name} [aria-invalid="true"]')
    assert invalid.count() >= 1
    described = page.locator(f"#{name}").get_attribute("aria-describedby") or ""
    assert f"{name}-error" in described.split()
