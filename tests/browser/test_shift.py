"""A shift at the desk by keyboard alone: how many keys and page loads a routine case takes.

And two reviewers at once, who never get the same case.
"""

from statistics import median

import pytest
from playwright.sync_api import Page

from staydown.assembly.house import House
from staydown.casework.people import Person, Role
from tests.browser.conftest import Open
from tests.installation import new_person
from tests.shortcuts import FORM, file_quickly, screen_quickly

pytestmark = [pytest.mark.browser, pytest.mark.slow]

MOST_KEYS, MOST_LOADS = 4, 2
ROUTINE = ("y", "1", "r", "n")
"""Yes to all three, a reason, remove, and on to the next case."""


def open_cases(house: House, count: int) -> list[str]:
    """Cases with one held copy each."""
    cases = []
    for number in range(count):
        receipt = file_quickly(house, FORM)
        quality = 40 + number % 55
        screen_quickly(house, f"post/{number}", quality=quality, of_case=receipt.case)
        cases.append(str(receipt.case))
    return cases


def sign_in(open_page: Open, house_link: str) -> Page:
    page = open_page(house_link)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("#keys:not([hidden])")
    return page


def decide_one(page: Page) -> str:
    """From this case to the next; which it was. It is decided then."""
    before = page.url
    page.wait_for_selector("#keys:not([hidden])")
    for key in ROUTINE[:3]:
        page.keyboard.press(key)
    page.wait_for_selector("text=Removed: the platform was asked to take it down.")
    page.wait_for_selector("#keys:not([hidden])")
    page.keyboard.press(ROUTINE[3])
    page.wait_for_url(lambda url: url != before, wait_until="load")
    return before


@pytest.fixture
def links(house: House, reviewer: Person, request: pytest.FixtureRequest) -> list[str]:
    """One-time links for two reviewers, of a desk with so many cases."""
    open_cases(house, request.param)
    new_person(house, "alex", Role.REVIEWER)
    return [f"/desk/sign-in?token={house.people.invite(name)}" for name in ("kim", "alex")]


def run_a_shift(count: int, links: list[str], open_page: Open) -> None:
    page = sign_in(open_page, links[0])
    page.keyboard.press("n")
    page.wait_for_url("**/desk/cases/*", wait_until="load")
    page.wait_for_selector("#keys:not([hidden])")
    loads: list[int] = []
    page.on("framenavigated", lambda frame: loads.append(1))
    seen, taken = [], []
    for _ in range(count):
        before = len(loads)
        seen.append(decide_one(page))
        taken.append(len(loads) - before)

    print(f"{count} cases: {len(ROUTINE)} keys each, a median of {median(taken):.0f} page loads")
    assert len(ROUTINE) <= MOST_KEYS
    assert median(taken) <= MOST_LOADS
    assert len(set(seen)) == count
    assert page.get_by_text("Nothing waits for a decision").is_visible()


@pytest.mark.parametrize("links", [4], indirect=True)
def test_a_short_shift(links: list[str], open_page: Open) -> None:
    run_a_shift(4, links, open_page)


@pytest.mark.measure
@pytest.mark.parametrize("links", [50], indirect=True)
def test_a_shift_of_fifty(links: list[str], open_page: Open) -> None:
    run_a_shift(50, links, open_page)


@pytest.mark.parametrize("links", [4], indirect=True)
def test_two_at_once_never_work_on_one_case(links: list[str], open_page: Open) -> None:
    one, other = (sign_in(open_page, link) for link in links)
    seen: list[str] = []

    for _ in range(2):
        for page in (one, other):
            page.keyboard.press("n")
            page.wait_for_load_state("load")
            page.wait_for_selector("#keys:not([hidden])")
            page.wait_for_selector("text=This case is yours")
            seen.append(page.url)
        for page in (one, other):
            for key in ROUTINE[:3]:
                page.keyboard.press(key)
            page.wait_for_selector("text=Removed: the platform was asked to take it down.")
            page.wait_for_selector("#keys:not([hidden])")

    assert len(set(seen)) == 4


@pytest.mark.parametrize("links", [1], indirect=True)
def test_keys_do_nothing_while_somebody_types_or_does_not_want_them(
    links: list[str], open_page: Open
) -> None:
    page = sign_in(open_page, links[0])
    page.keyboard.press("n")
    page.wait_for_url("**/desk/cases/*", wait_until="load")
    page.wait_for_selector("#keys:not([hidden])")

    page.locator(".decide textarea").first.focus()
    page.keyboard.type("y1n")
    typed = page.locator(".decide textarea").first.input_value()
    page.locator("#keys-on").uncheck()
    page.locator("h1").click()
    page.keyboard.press("y")

    assert typed == "y1n"
    assert page.locator(".decide input:checked").count() == 0
