"""How a case stands, in a real browser: deadlines in the time zone of whoever reads."""

import pytest

from staydown.assembly.house import House
from staydown.casework.filing import Receipt
from tests.browser.conftest import Open
from tests.installation import law as law
from tests.shortcuts import file_quickly

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def receipt(law: House) -> Receipt:
    """What a notifier keeps, with a deadline."""
    return file_quickly(law)


def test_a_deadline_is_said_in_the_readers_time_zone(receipt: Receipt, open_page: Open) -> None:
    page = open_page(
        "/help/check", timezone_id="Asia/Singapore", viewport={"width": 360, "height": 640}
    )
    page.locator("[name=case]").fill(receipt.case)
    page.locator("[name=secret]").fill(receipt.secret)
    page.get_by_role("button", name="Check").click()
    page.wait_for_selector("text=The law gives us until")

    time = page.locator("time[data-local]").first
    said, in_utc = time.inner_text(), time.get_attribute("title")

    assert receipt.due_at is not None
    assert in_utc == f"{receipt.due_at:%-d %B %Y, %H:%M} UTC"
    assert said.endswith(", your time")
    hour = (receipt.due_at.hour + 8) % 24
    assert f"{hour % 12 or 12}:{receipt.due_at:%M}" in said
    assert page.evaluate("document.documentElement.scrollWidth") == 360
