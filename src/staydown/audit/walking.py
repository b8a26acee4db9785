"""What is known on the way along the chain, for the figures of a period."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from staydown.audit import duties
from staydown.audit import entries as facts
from staydown.audit.chain import Entry
from staydown.audit.figures import Period


@dataclass(slots=True, kw_only=True)
class Walk:
    """Counts what falls into the period, and remembers what began before."""

    period: Period
    kinds: Counter[str] = field(default_factory=Counter)
    moves: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    appeals: Counter[str] = field(default_factory=Counter)
    appealed: Counter[str] = field(default_factory=Counter)
    restrained: Counter[str] = field(default_factory=Counter)
    received: dict[str, datetime] = field(default_factory=dict)
    issued: dict[str, datetime] = field(default_factory=dict)
    filed: dict[str, datetime] = field(default_factory=dict)
    due: dict[str, dict[str, datetime]] = field(default_factory=lambda: defaultdict(dict))
    first_decided: dict[str, datetime] = field(default_factory=dict)
    by_machine: set[str] = field(default_factory=set)
    waits: dict[str, list[timedelta]] = field(default_factory=lambda: defaultdict(list))
    kept: int = 0
    late: int = 0
    in_time: int = 0

    def take(self, entry: Entry) -> None:
        """One entry more."""
        if self.period.holds(entry.at):
            self.kinds[type(entry.fact).__name__] += 1
        self._take_decisions(entry)
        self._take_commands(entry)
        self._take_duties(entry)

    def overdue(self) -> int:
        """Clocks that still run at the period's end, though their time was over."""
        return sum(
            any(due < self.period.until for due in laws.values()) for laws in self.due.values()
        )

    def _take_decisions(self, entry: Entry) -> None:
        match entry.fact:
            case facts.NoticeReceived(case=case):
                self.received[case] = entry.at
            case facts.CopyHeld(copy=copy) | facts.CopyBlocked(copy=copy):
                self.by_machine.add(copy)
            case facts.CopyDecided():
                self._decided(entry.fact.case, entry.at)
                self._chosen(entry.fact, entry.at)
            case (
                facts.CaseDeclined(case=case)
                | duties.NoticeLookedAt(case=case)
                | duties.CaseSentElsewhere(case=case)
            ):
                self._decided(case, entry.at)

    def _take_commands(self, entry: Entry) -> None:
        match entry.fact:
            case facts.CommandIssued(command=command):
                self.issued[command] = entry.at
            case facts.CommandAcknowledged(command=command):
                self._wait("acknowledgement", self.issued.pop(command, None), entry.at)

    def _take_duties(self, entry: Entry) -> None:
        match entry.fact:
            case duties.ClockStarted(case=case, regime=regime, due=due):
                if due is not None:
                    self.due[case][regime] = datetime.fromisoformat(due)
            case duties.ClockStopped(case=case):
                self._stopped(self.due.pop(case, {}), entry.at)
            case duties.NotifierRestrained(move=move):
                self.restrained[move] += self.period.holds(entry.at)
            case duties.AppealFiled(appeal=appeal, side=side):
                self.filed[appeal] = entry.at
                self.appeals[side] += self.period.holds(entry.at)
            case duties.AppealDecided(appeal=appeal, move=move):
                self._wait("decision of an appeal", self.filed.pop(appeal, None), entry.at)
                self.appealed[move] += self.period.holds(entry.at)

    def _stopped(self, due: dict[str, datetime], at: datetime) -> None:
        if not self.period.holds(at):
            return
        is_late = any(at > one for one in due.values())
        self.late += is_late
        self.kept += not is_late
        self.in_time += bool(due) and not is_late

    def _chosen(self, fact: facts.CopyDecided, at: datetime) -> None:
        if self.period.holds(at):
            self.moves[fact.move] += 1
            self.stopped[fact.move] += fact.copy in self.by_machine

    def _decided(self, case: str, at: datetime) -> None:
        if case not in self.first_decided:
            self.first_decided[case] = at
            self._wait("first decision", self.received.get(case), at)

    def _wait(self, what: str, began: datetime | None, at: datetime) -> None:
        if began is not None and self.period.holds(at):
            self.waits[what].append(at - began)
