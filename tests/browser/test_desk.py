"""The desk in a real browser: a one-time link, a covered picture, a decision."""

from dataclasses import replace

import pytest
from django.test import override_settings

from staydown.assembly.house import House
from staydown.casework.people import Person
from tests.browser.conftest import Open
from tests.stories import hold_copy

pytestmark = [pytest.mark.browser, pytest.mark.slow]


def test_a_reviewer_signs_in_by_link_and_removes_a_covered_copy(
    story: str, link: str, open_page: Open
) -> None:
    page = open_page(link, java_script_enabled=False)
    page.get_by_role("button", name="Sign in").click()
    pictures: list[str] = []
    page.on("request", lambda one: pictures.append(one.url) if "/cases/" in one.url else None)

    page.get_by_role("link", name="1 copy to decide").click()

    page.wait_for_url("**/desk/cases/*", wait_until="load")
    assert [url.rsplit("/", 1)[-1] == "covered" for url in pictures if "/copies/" in url] == [True]
    assert page.locator("img").count() == 2
    sizes = page.locator("img").evaluate_all("all => all.map(one => one.naturalWidth)")
    assert all(width > 0 for width in sizes)
    for question in page.locator(".decide fieldset").all():
        question.get_by_label("Yes").check()
    page.locator(".decide").get_by_label("Why do you decide this way?").first.fill(
        "A changed copy of the photo."
    )
    page.get_by_role("button", name="Remove it").click()
    page.wait_for_selector("text=Removed: the platform was asked to take it down.")


@pytest.fixture
def story(house: House) -> str:
    """A held copy; the number of its case."""
    receipt, _ = hold_copy(house)
    return receipt.case


@pytest.fixture
def link(house: House, reviewer: Person) -> str:
    """A one-time link for the reviewer."""
    return f"/desk/sign-in?token={house.people.invite('kim')}"


def test_a_look_under_the_cover_is_refused_without_a_reason_and_closes_itself_with_one(
    house: House, story: str, link: str, open_page: Open
) -> None:
    with override_settings(STAYDOWN=replace(house.settings, reveal_seconds=5)):
        page = open_page(link, java_script_enabled=False)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("link", name="1 copy to decide").click()
        page.get_by_text("The cover is not enough").click()
        page.get_by_role("button", name="Show it for 5 seconds").click()
        refused = page.locator("select[name=why]:invalid").count()
        page.locator("select[name=why]").select_option("findings")
        page.get_by_role("button", name="Show it for 5 seconds").click()

        page.wait_for_url("**/look", wait_until="load")
        picture = page.locator(".revealed img")
        width = picture.evaluate("one => one.naturalWidth")
        page.wait_for_url(f"**/desk/cases/{story}*")

    assert refused == 1
    assert width > 300
    assert page.get_by_text("You can look under 29 more covers within a day.").count() == 1


def test_pictures_that_were_dimmed_stay_dim_on_the_next_page(
    story: str, link: str, open_page: Open
) -> None:
    page = open_page(link)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="1 copy to decide").click()
    picture = page.locator(".pair img").last
    bright = picture.evaluate("one => getComputedStyle(one).filter")

    page.keyboard.press("d")
    dim = picture.evaluate("one => getComputedStyle(one).filter")
    page.reload()

    assert (bright, dim) == ("none", "brightness(0.35)")
    assert picture.evaluate("one => getComputedStyle(one).filter") == dim
    assert page.get_by_label("Dim the pictures").is_checked()
