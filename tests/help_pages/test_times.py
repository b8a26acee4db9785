"""Moments in words, and never more time than there is."""

from datetime import UTC, datetime, timedelta

import pytest

from staydown.help_pages.times import in_words

NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)

SAID = {
    timedelta(0): "in less than an hour",
    timedelta(minutes=59): "in less than an hour",
    timedelta(hours=1): "in 1 hour",
    timedelta(hours=5, minutes=59): "in 5 hours",
    timedelta(hours=47, minutes=59): "in 47 hours",
    timedelta(hours=48): "in 2 days",
    timedelta(days=3, hours=23): "in 3 days",
    -timedelta(seconds=1): "less than an hour ago",
    -timedelta(hours=30): "30 hours ago",
    -timedelta(days=9): "9 days ago",
}


@pytest.mark.parametrize("span", SAID)
def test_a_moment_is_said_in_words(span: timedelta) -> None:
    assert in_words(NOW + span, NOW) == SAID[span]
