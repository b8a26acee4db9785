"""The only module that reads the wall clock. Everything else is handed a `Clock`.

Times are aware datetimes in UTC; zones are a matter for pages.
"""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Protocol


class Clock(Protocol):
    """Something that can be asked what time it is."""

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """The machine's present moment in UTC."""
        return datetime.now(UTC)  # noqa: TID251 -- the one place that may


@dataclass(slots=True, kw_only=True)
class SetClock:
    """A clock that shows what it was set to: for tests and for replaying a history."""

    shows: datetime

    def now(self) -> datetime:
        """The moment that was set."""
        return self.shows
