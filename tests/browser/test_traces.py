"""What is left in the browser's own files after somebody filed a notice and left: nothing of it.

The addresses that were visited stay in the history, as the pages say themselves.
"""

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, sync_playwright

from staydown.assembly.house import House
from tests.browser.conftest import CHROMIUM, EXIT, WEATHER
from tests.photographs import original

pytestmark = [pytest.mark.browser, pytest.mark.slow]

TOLD = {
    "statement": "Somebody changed the picture of my marmalade cat.",
    "locations": "https://forum.example/t/marmalade-482913",
    "contact": "marmalade-friend@mail.example",
    "signature": "Quentin Marmalade",
}
"""Words that stand in no file of a browser by chance."""

WRITTEN_BY_THEN_MS = 3_000
"""Chromium writes what its tabs hold two and a half seconds after it changed."""


@pytest.fixture
def profile(tmp_path: Path) -> Path:
    """Where the browser keeps what it keeps."""
    return tmp_path / "profile"


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def browser(
    request: pytest.FixtureRequest, profile: Path, address: str
) -> Iterator[BrowserContext]:
    """A browser as somebody uses it: what it keeps is on disk, for whoever opens it next."""
    if CHROMIUM is None:
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    with ExitStack() as stack:
        driver = stack.enter_context(sync_playwright()).chromium
        context = driver.launch_persistent_context(
            profile,
            executable_path=CHROMIUM,
            args=["--no-sandbox"],
            java_script_enabled=request.param,
        )
        context.route(EXIT, lambda route: route.fulfill(body=WEATHER, content_type="text/html"))
        yield context
        context.close()


def file_a_notice(page: Page, photo: Path) -> tuple[str, str]:
    """The number and the secret, as the receipt shows them."""
    for answer in ("No, 18 or older", "Me", "Made or changed with software"):
        page.get_by_label(answer, exact=True).check()
    page.set_input_files("#originals", photo)
    page.get_by_label("Yes, keep a small copy").check()
    for name, words in TOLD.items():
        page.locator(f"#{name}").fill(words)
    page.locator("#is_in_good_faith").check()
    page.get_by_role("button", name="Send").click()
    page.wait_for_selector("text=Thank you. We have it.")
    case, secret = page.locator("dl code").all_text_contents()
    return case, secret


def kept_in(profile: Path, words: str) -> list[str]:
    """The files that hold the words, in the two ways in which browsers write texts."""
    forms = (words.encode(), words.encode("utf-16-le"))
    return [
        path.relative_to(profile).as_posix()
        for path in sorted(profile.rglob("*"))
        if path.is_file() and any(form in path.read_bytes() for form in forms)
    ]


def test_nothing_that_was_told_is_left_in_the_browsers_files(
    house: House, address: str, browser: BrowserContext, profile: Path, tmp_path: Path
) -> None:
    photo = tmp_path / "cat-of-a-friend.jpg"
    photo.write_bytes(original())
    page = browser.pages[0]
    page.goto(f"{address}/")

    case, secret = file_a_notice(page, photo)
    page.get_by_role("link", name="check how it stands").last.click()
    page.locator("#case").fill(case)
    page.locator("#secret").fill(secret)
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("text=We are watching")
    page.wait_for_timeout(WRITTEN_BY_THEN_MS)
    page.get_by_role("link", name="Leave this page").first.click()
    page.wait_for_url(EXIT)
    page.wait_for_timeout(WRITTEN_BY_THEN_MS)
    browser.close()

    told = (*TOLD.values(), case, secret, secret.replace(" ", ""), secret.split()[0])
    assert {words: kept_in(profile, words) for words in told} == dict.fromkeys(told, [])
    assert kept_in(profile, "/help/check") != []  # so that we would see it: the history has it
