"""Every page as axe-core sees it, in light and dark: no failure of WCAG 2.2 A or AA it can find.

A machine finds less than half of what hinders people; what it does find is not there.
"""

from tests.browser.conftest import Open

# isort: split

from collections.abc import Callable
from dataclasses import replace

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import override_settings
from playwright.sync_api import Page

from staydown.assembly.house import House, current_house
from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Person, Role
from staydown.jobs.draining import drain
from tests.casework.making import AGREED
from tests.installation import new_person
from tests.shortcuts import file_quickly, screen_quickly

pytestmark = [pytest.mark.browser, pytest.mark.slow]

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
SCHEMES = ["light", "dark"]


def failures(page: Page) -> list[str]:
    """What fails on the page, each with the elements it fails on."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [
        f"{one['id']}: {', '.join(str(node['target']) for node in one['nodes'])}" for one in found
    ]


PAGES = (
    "/",
    "/help/more",
    "/help/check",
    "/help/where",
    "/help/where/sg",
    "/nowhere",
    "/ar/",
    "/ar/help/more",
    "/zh-hans/help/check",
    "/ta/help/where/in",
    "/desk/sign-in",
)


def look_at(page: Page) -> list[str]:
    """What fails on the page, which is closed."""
    found = failures(page)
    page.context.close()
    return found


@pytest.mark.parametrize("scheme", SCHEMES)
def test_pages_for_everybody(scheme: str, house: House, open_page: Open) -> None:
    failing = {path: look_at(open_page(path, color_scheme=scheme)) for path in PAGES}
    page = open_page("/", color_scheme=scheme)
    page.get_by_label("No, 18 or older").check()
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("[role=alert]")

    assert failing == dict.fromkeys(PAGES, [])
    assert failures(page) == []
    page.evaluate("document.documentElement.removeAttribute('lang')")  # so we see one when there is
    assert failures(page) == ["html-has-lang: ['html']"]


@pytest.fixture
def receipt(house: House) -> Receipt:
    """What a notifier keeps."""
    return file_quickly(house)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_how_a_notice_stands(scheme: str, receipt: Receipt, open_page: Open) -> None:
    page = open_page("/help/check", color_scheme=scheme)
    page.locator("[name=case]").fill(receipt.case)
    page.locator("[name=secret]").fill(receipt.secret)
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("text=Take my report back")
    standing = failures(page)
    page.get_by_text("Take my report back").click()
    page.get_by_role("button", name="Take it back").click()
    page.wait_for_selector("[role=alert]")

    assert (standing, failures(page)) == ([], [])


@pytest.fixture
def link(house: House, reviewer: Person) -> str:
    """A one-time link for the second reviewer, into a desk that has everything on it.

    One copy is held and two are visible; one was removed and one called another photo, and both
    wait for a second person.
    """
    with override_settings(STAYDOWN=replace(house.settings, hold_cap=3)):
        full = current_house()
        file_quickly(full)
        first, second, *_ = (
            screen_quickly(full, f"post/{one}", quality=one) for one in (85, 80, 75, 70, 65)
        )
        for found, move in ((first, CopyMove.RELEASE), (second, CopyMove.RELEASE)):
            assert found.case and found.copy
            full.reviewing.decide_copy(
                found.case,
                found.copy,
                move,
                findings=AGREED,
                reason="looked at",
                by=reviewer,
                is_false_match=found is first,
            )
        drain(full)
    new_person(house, "alex", Role.REVIEWER)
    return f"/desk/sign-in?token={house.people.invite('alex')}"


STEPS: dict[str, Callable[[Page], None]] = {
    "the link": lambda page: None,
    "the queue": lambda page: page.get_by_role("button", name="Sign in").click(),
    "a case": lambda page: page.get_by_role("link", name="to decide").click(),
    "who filed it": lambda page: page.get_by_role("button", name="Show who filed it").click(),
    "without its cover": lambda page: look_under(page),
    "a refused decision": lambda page: refuse(page),
}


def look_under(page: Page) -> None:
    """Ask for one look without the cover."""
    page.get_by_text("The cover is not enough").first.click()
    page.locator("select[name=why]").first.select_option("findings")
    page.get_by_role("button", name="Show it for 10 seconds").first.click()
    page.wait_for_selector(".revealed img")


def refuse(page: Page) -> None:
    """Press Remove with an answer that contradicts it."""
    page.get_by_role("link", name="Back to the case now").click()
    form = page.locator("form.decide").first
    for question, answer in zip(form.locator("fieldset").all(), ("No", "Yes", "Yes"), strict=True):
        question.get_by_label(answer, exact=True).check()
    form.get_by_label("Why do you decide this way?").fill("It is somebody else.")
    form.get_by_role("button", name="Remove it").click()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_desk(scheme: str, link: str, open_page: Open) -> None:
    page = open_page(link, color_scheme=scheme)
    failing = {}

    for name, step in STEPS.items():
        step(page)
        page.wait_for_load_state("load")
        failing[name] = failures(page)

    assert failing == dict.fromkeys(STEPS, [])
    assert page.locator("[role=alert]").count() == 1


@pytest.fixture
def links(house: House, link: str) -> dict[Role, str]:
    """One-time links for a lead and an auditor, where there are copies to count."""
    for role in (Role.LEAD, Role.AUDITOR):
        new_person(house, role.value, role)
    return {
        role: f"/desk/sign-in?token={house.people.invite(role.value)}"
        for role in (Role.LEAD, Role.AUDITOR)
    }


OTHER_PAGES = {
    Role.LEAD: ("Clocks and figures", "New here? Five minutes before you begin"),
    Role.AUDITOR: ("Search its entries", "your authenticator"),
}


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_other_pages_of_the_desk(scheme: str, links: dict[Role, str], open_page: Open) -> None:
    failing = {}

    for role, names in OTHER_PAGES.items():
        page = open_page(links[role], color_scheme=scheme)
        page.get_by_role("button", name="Sign in").click()
        for name in names:
            page.get_by_role("link", name="Desk", exact=True).click()
            page.get_by_role("link", name=name).click()
            page.wait_for_selector("h1")
            failing[name] = failures(page)

    assert failing == {name: [] for names in OTHER_PAGES.values() for name in names}
