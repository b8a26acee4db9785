"""Watching the clocks of all cases: who has to hear now, what runs, and what was missed."""

from dataclasses import dataclass
from datetime import datetime

from staydown.audit.duties import DeadlineNear
from staydown.casework.cases import Case
from staydown.casework.deadlines import Standing, escalate, running
from staydown.casework.people import SYSTEM
from staydown.casework.ports import Journal, Store
from staydown.clock import Clock


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The clocks at one moment: those that run, earliest due first, and the cases that were late.

    `unnumbered` are running ones for which no law gives a number.
    """

    at: datetime
    running: tuple[Standing, ...]
    unnumbered: tuple[Case, ...]
    late: tuple[Case, ...]

    @property
    def overdue(self) -> tuple[Standing, ...]:
        """Running clocks whose time is over."""
        return tuple(one for one in self.running if one.is_missed)


@dataclass(frozen=True, slots=True, kw_only=True)
class Timekeeping:
    """Keeps time."""

    store: Store
    journal: Journal
    clock: Clock

    def escalate(self) -> tuple[DeadlineNear, ...]:
        """Take down every step that was reached since we last looked. Only `jobs` calls it.

        Each is one transaction, and said once: also where several steps were reached at once.
        """
        now = self.clock.now()
        near = [self._escalate(case) for case in self.store.timed() if escalate(case, now)]
        return tuple(one for one in near if one)

    def _escalate(self, seen: Case) -> DeadlineNear | None:
        with self.store.atomically():
            now = self.clock.now()
            reached = escalate(self.store.dossier(seen.id).case, now)
            if reached is None:  # another process was first, or it was done meanwhile
                return None
            case, near = reached
            self.store.keep_case(case)
            self.journal.append(near, by=SYSTEM, at=now)
        return near

    def report(self) -> Report:
        """How all clocks stand: ids and times, nothing of what a case is about."""
        now = self.clock.now()
        timed = self.store.timed()
        return Report(
            at=now,
            running=running(timed, now),
            unnumbered=tuple(case for case in timed if case.governing is None),
            late=tuple(case for case in self.store.stopped() if case.was_missed),
        )
