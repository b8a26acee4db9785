"""A moment in words that need no clock: in how long it is, or how long ago it was."""

from datetime import datetime, timedelta
from typing import Final

HOUR: Final = timedelta(hours=1)
DAY: Final = timedelta(days=1)
IN_DAYS: Final = 2 * DAY
"""From here on days are counted, and hours before."""


def in_words(moment: datetime, now: datetime) -> str:
    """Such as `in 5 hours`, `in 3 days` or `2 days ago`; never more time than there is."""
    if moment >= now:
        return f"in {_length(moment - now)}"
    return f"{_length(now - moment)} ago"


def _length(span: timedelta) -> str:
    """Whole hours or days, rounded down."""
    if span < HOUR:
        return "less than an hour"
    unit, name = (DAY, "day") if span >= IN_DAYS else (HOUR, "hour")
    count = span // unit
    return f"{count} {name}{'s' if count > 1 else ''}"
