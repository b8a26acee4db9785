"""The notice form as somebody fills it in who has no mouse: Tab, Space, Enter and letters."""

from pathlib import Path

from playwright.sync_api import Page

SOMEBODY = "A Cat Lover"


def go_to(page: Page, selector: str) -> None:
    """Press Tab until what is meant has the focus."""
    for _ in range(80):
        page.keyboard.press("Tab")
        if page.locator(f"{selector}:focus").count():
            return
    raise AssertionError(f"no Tab leads to {selector}")


def choose(page: Page, name: str) -> None:
    """The first answer of a question, or the box."""
    go_to(page, f'[name="{name}"]')
    page.keyboard.press("Space")


def write(page: Page, name: str, words: str) -> None:
    """Words into a field."""
    go_to(page, f'[name="{name}"]')
    page.keyboard.type(words)


def press(page: Page, selector: str) -> None:
    """A link or a button."""
    go_to(page, selector)
    page.keyboard.press("Enter")


def fill_in(page: Page, photo: Path) -> None:
    """What is required, for oneself; and send it."""
    for name in ("was_minor", "capacity", "kind"):
        choose(page, name)
    go_to(page, "#originals")
    page.set_input_files("#originals", photo)
    choose(page, "keeps_photo")
    write(page, "statement", "Somebody changed the photo of my cat. صورة قطتي")
    write(page, "signature", SOMEBODY)
    choose(page, "is_in_good_faith")
    press(page, "form > .only-adult > button")
