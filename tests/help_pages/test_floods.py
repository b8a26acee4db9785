"""Many notices from one address: every one is taken, and no first one is held up by them."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.test import Client, override_settings

from staydown.assembly.house import House, current_house
from staydown.casework.people import Person
from staydown.casework.rules import Action
from tests.help_pages.test_notice import a_photo, send
from tests.photographs import doctored
from tests.stories import screen


@pytest.fixture
def strict(house: House) -> Iterator[House]:
    """An installation that wonders at the third notice of a day."""
    with override_settings(STAYDOWN=replace(house.settings, notices_a_day=2)):
        yield current_house()


def quarantined(house: House, reviewer: Person) -> int:
    return sum(line.is_quarantined for line in house.cases.queue(reviewer))


def test_each_is_taken_and_the_late_ones_hold_nothing_until_a_reviewer_looked(
    strict: House, visitor: Client, reviewer: Person
) -> None:
    answers = [send(visitor)[0] for _ in range(2)] + [send(visitor, originals=[a_photo()])[0]]

    assert answers == [200] * 3
    assert screen(strict, doctored()).action is Action.PUBLISH
    assert quarantined(strict, reviewer) == 1


def test_the_desk_shows_why_and_lets_a_reviewer_confirm_the_photograph(
    strict: House, visitor: Client, reviewer: Person, desk: Client
) -> None:
    for _ in range(3):
        send(visitor, originals=[a_photo()])
    [line] = [line for line in strict.cases.queue(reviewer) if line.is_quarantined]

    page = desk.get(f"/desk/cases/{line.case}").content.decode()

    assert "In quarantine" in page
    assert "Photos that hold nothing until you look" in desk.get("/desk/").content.decode()


def test_somebody_at_another_address_holds_as_ever(
    strict: House, visitor: Client, reviewer: Person
) -> None:
    for _ in range(2):
        send(visitor)
    elsewhere = Client(headers={"host": "localhost"}, REMOTE_ADDR="203.0.113.9")

    send(elsewhere, originals=[a_photo()])

    assert screen(strict, doctored()).action is Action.HOLD


def test_a_form_with_mistakes_does_not_count(
    strict: House, visitor: Client, reviewer: Person
) -> None:
    for _ in range(5):
        assert send(visitor, statement="")[0] == 422

    send(visitor, originals=[a_photo()])

    assert quarantined(strict, reviewer) == 0
