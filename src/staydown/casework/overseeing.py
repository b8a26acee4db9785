"""What a lead watches: clocks, what was too late, what became of what was found, and appeals.

Counts of cases, never of people: whoever works here is not ranked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from staydown.audit.entries import QueueViewed
from staydown.casework.access import Permission, require_person
from staydown.casework.appeals import AppealState
from staydown.casework.cases import Case
from staydown.casework.copies import UNDECIDED, CopyState
from staydown.casework.deadlines import Standing, running
from staydown.casework.people import Viewer
from staydown.casework.ports import Journal, Store
from staydown.clock import Clock
from staydown.engine.verdict import Verdict
from staydown.policy.clocks import ESCALATIONS, MISSED

LOOKED_BACK: Final = timedelta(days=30)
"""How far back a lead sees."""

BOUNDS: Final = (25, *ESCALATIONS, MISSED)
"""Percent of the time that a law leaves: where the parts end that answers are counted in."""


class Counts(Protocol):
    """What was answered, found and appealed since a moment."""

    def stopped(self, since: datetime) -> Sequence[Case]:
        """Cases whose clock stopped since then, oldest first."""
        ...

    def found(self, since: datetime) -> Mapping[tuple[Verdict, CopyState], int]:
        """How many copies found since then have that verdict, and stand so."""
        ...

    def appeals(self, since: datetime) -> Mapping[AppealState, int]:
        """How many appeals filed since then stand so."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictTally:
    """What became of the copies with one verdict; `released` ones need not have been stopped."""

    verdict: Verdict
    removed: int
    released: int
    undecided: int

    @property
    def all(self) -> int:
        """How many there are."""
        return self.removed + self.released + self.undecided


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """How all stands at one moment, and what came of the last days.

    `taken` counts answered cases by how much of their time they took, one for each of BOUNDS and
    then those too late; cases for which no law gives a number are not in it.
    """

    at: datetime
    running: tuple[Standing, ...]
    taken: tuple[int, ...]
    late: tuple[Case, ...]
    found: tuple[VerdictTally, ...]
    appeals: Mapping[AppealState, int]

    @property
    def overdue(self) -> tuple[Standing, ...]:
        """Running clocks whose time is over."""
        return tuple(one for one in self.running if one.is_missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overseeing:
    """Oversees."""

    store: Store
    counts: Counts
    journal: Journal
    clock: Clock

    def look(self, viewer: Viewer) -> Overview:
        """The overview, and an entry in the audit chain that this person looked.

        Raises NotFound for everybody but a lead.
        """
        lead, now = require_person(viewer, Permission.OVERSEE), self.clock.now()
        since = now - LOOKED_BACK
        stopped = self.counts.stopped(since)
        found, appeals = self.counts.found(since), self.counts.appeals(since)
        with self.store.atomically():
            self.journal.append(QueueViewed(), by=lead.id, at=now)
        return Overview(
            at=now,
            running=running(self.store.timed(), now),
            taken=count_taken(stopped),
            late=tuple(case for case in stopped if case.was_missed),
            found=tally(found),
            appeals=appeals,
        )


def count_taken(stopped: Iterable[Case]) -> tuple[int, ...]:
    """How many answers took up to each of BOUNDS of their time, then how many took longer."""
    counted = [0] * (len(BOUNDS) + 1)
    for case in stopped:
        percent = _percent_taken(case)
        if percent is not None:
            counted[sum(percent > bound for bound in BOUNDS)] += 1
    return tuple(counted)


def _percent_taken(case: Case) -> float | None:
    first, done = case.governing, case.clock_stopped_at
    if first is None or first.due_at is None or done is None:
        return None
    return 100 * ((done - first.began_at) / (first.due_at - first.began_at))


def tally(found: Mapping[tuple[Verdict, CopyState], int]) -> tuple[VerdictTally, ...]:
    """What became of what was found, by verdict, most first; `undecided` has the blocked too."""
    waiting = {*UNDECIDED, CopyState.BLOCKED}
    tallies = (
        VerdictTally(
            verdict=verdict,
            removed=found.get((verdict, CopyState.REMOVED), 0),
            released=found.get((verdict, CopyState.RELEASED), 0),
            undecided=sum(found.get((verdict, state), 0) for state in waiting),
        )
        for verdict in sorted({verdict for verdict, _ in found})
    )
    return tuple(sorted(tallies, key=lambda one: -one.all))
