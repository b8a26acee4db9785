"""When something is due: hours that pass, pauses that a pack allows, months of the calendar."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from staydown.policy.clocks import Span, due_at, escalation, owe, run_down, window_ends
from staydown.policy.packs import Pause, Start
from tests.policy.making import pack

NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
[DUTY] = pack().duties
[PATIENT] = pack(("pauses = { value = []", 'pauses = { value = ["missing_element"]')).duties


def asking(since: int, until: int) -> Span:
    """Somebody was asked for a missing element, so many hours after noon, until so many."""
    return Span(why=Pause.MISSING_ELEMENT, since=NOON + since * HOUR, until=NOON + until * HOUR)


def test_hours_pass_whatever_was_asked() -> None:
    assert due_at(DUTY, NOON, [asking(1, 9)]) == NOON + 48 * HOUR


PAUSES = {
    "one pause": ([asking(1, 9)], 8),
    "two pauses, told in any order": ([asking(20, 21), asking(1, 9)], 9),
    "one that began before the clock": ([asking(-5, 3)], 3),
    "one that was over before the clock": ([asking(-5, -3)], 0),
    "one after the time was over": ([asking(50, 60)], 0),
    "one that begins in the hours that another one gave": ([asking(1, 9), asking(50, 53)], 11),
    "one that begins at the last moment": ([asking(48, 60)], 0),
}


@pytest.mark.parametrize("what", PAUSES)
def test_where_a_pack_allows_it_the_clock_stands_still(what: str) -> None:
    paused, hours = PAUSES[what]

    assert due_at(PATIENT, NOON, paused) == NOON + (48 + hours) * HOUR


def test_only_what_the_event_starts_is_owed() -> None:
    assert [one.duty for one in owe(pack(), Start.NOTICE, NOON)] == ["remove"]
    assert owe(pack(), Start.ORDER, NOON) == ()


def test_where_the_law_gives_no_number_its_words_stay() -> None:
    [owed] = owe(pack(("hours = 48", 'in_words = "soon"')), Start.NOTICE, NOON)

    assert (owed.due_at, owed.words) == (None, "soon")


@pytest.mark.parametrize(
    ("minutes", "step"),
    [
        (0, 0),
        (24 * 60 - 1, 0),
        (24 * 60, 50),
        (36 * 60 - 1, 50),
        (36 * 60, 75),
        (43 * 60 + 11, 75),
        (43 * 60 + 12, 90),
        (48 * 60, 90),
        (48 * 60 + 1, 100),
    ],
)
def test_somebody_hears_of_it_at_half_three_quarters_and_nine_tenths(
    minutes: int, step: int
) -> None:
    now = NOON + timedelta(minutes=minutes)

    assert escalation(NOON, NOON + 48 * HOUR, now) == step


def test_how_much_is_over_is_rounded_down() -> None:
    assert run_down(NOON, NOON + 3 * HOUR, NOON + 2 * HOUR) == 66


WINDOWS = {
    "a day of the same number": ((2026, 1, 15, 12), 6, (2026, 7, 16)),
    "over the end of a year": ((2026, 9, 1, 12), 6, (2027, 3, 2)),
    "a month that is shorter": ((2026, 8, 31, 12), 6, (2027, 3, 1)),
    "the last of a leap February": ((2027, 8, 31, 12), 6, (2028, 3, 1)),
    "the end of a December": ((2026, 6, 30, 12), 6, (2026, 12, 31)),
    "the last day of a year": ((2026, 6, 31 - 1, 12), 18, (2027, 12, 31)),
}


@pytest.mark.parametrize("what", WINDOWS)
def test_a_window_ends_with_its_last_day(what: str) -> None:
    (year, month, day, hour), months, end = WINDOWS[what]
    zone = ZoneInfo("Europe/Brussels")
    decided = datetime(year, month, day, hour, tzinfo=zone)

    assert window_ends(decided, months, zone) == datetime(*end, tzinfo=zone)
