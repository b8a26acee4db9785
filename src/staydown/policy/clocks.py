"""When something is due: hours by the clock, windows by the calendar, and how far a clock has run.

Hours are counted as they pass: daylight saving moves no deadline. Months are counted by the
calendar of the law's own zone, and end with the last hour of their last day (as Regulation
1182/71, Art. 3(2)(c), has it for the EU; unverified for others).
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from staydown.policy.packs import (
    Duty,
    Hours,
    InWords,
    Pack,
    PackVersion,
    Pause,
    RegimeId,
    Start,
)

ESCALATIONS = (50, 75, 90)
"""Percentages of a clock's length at which somebody has to hear of it."""
MISSED = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A time in which a clock may stand still, and why."""

    why: Pause
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """A duty of one pack, from the moment it began. `due_at` is None where no number is given."""

    regime: RegimeId
    version: PackVersion
    duty: str
    began_at: datetime
    due_at: datetime | None
    words: str = ""


def owe(pack: Pack, start: Start, at: datetime) -> tuple[Owed, ...]:
    """The duties of `pack` that `start` sets going at that moment."""
    return tuple(
        Owed(
            regime=pack.regime,
            version=pack.version,
            duty=duty.name,
            began_at=at,
            due_at=due_at(duty, at),
            words=_words(duty),
        )
        for duty in pack.duties
        if duty.starts_on.value is start
    )


def due_at(duty: Duty, began_at: datetime, paused: Sequence[Span] = ()) -> datetime | None:
    """When it is due, in UTC; None where the law gives no number.

    A pause counts only where the pack allows it, and only what of it lies after the beginning and
    before the time is over. Pauses do not overlap.
    """
    match duty.within.value:
        case Hours(hours=hours):
            due = began_at.astimezone(UTC) + timedelta(hours=hours)
        case InWords():
            return None
    for span in sorted(paused, key=lambda one: one.since):
        since = max(span.since, began_at)
        if span.why in duty.pauses.value and since < min(due, span.until):
            due += span.until - since
    return due


def _words(duty: Duty) -> str:
    return duty.within.value.words if isinstance(duty.within.value, InWords) else ""


def run_down(began_at: datetime, due_at: datetime, now: datetime) -> int:
    """How much of a clock's time is over, in percent, rounded down; above 100 once it is missed."""
    return int((now - began_at) / (due_at - began_at) * 100)


def escalation(began_at: datetime, due_at: datetime, now: datetime) -> int:
    """The highest step that was reached: 0, 50, 75, 90, or 100 once it is missed.

    What happens at the very moment it is due is in time.
    """
    if now > due_at:
        return MISSED
    run = run_down(began_at, due_at, now)
    return max((step for step in ESCALATIONS if run >= step), default=0)


def step_of(owed: Owed | None, now: datetime) -> int:
    """How far the clock of a duty has run, as in `escalation`; 0 where there is none to run."""
    if owed is None or owed.due_at is None:
        return 0
    return escalation(owed.began_at, owed.due_at, now)


def window_ends(decided_at: datetime, months: int, zone: ZoneInfo) -> datetime:
    """When an appeal is too late, in UTC: the first moment after the last day, in that zone.

    The last day has the number of the day of the decision, or is the last one of a month that has
    no such day.
    """
    day = decided_at.astimezone(zone)
    index = day.month - 1 + months
    year, month = day.year + index // 12, index % 12 + 1
    last = day.date().replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
    after = last + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=zone).astimezone(UTC)
