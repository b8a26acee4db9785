"""What happened in a period, in numbers, counted from the audit chain alone.

Whoever has an export can count the same. It holds no ids, no links and nobody's words. It says how
many notices there were and what became of them; not whether that was right.
"""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from staydown.audit import entries as facts
from staydown.audit.chain import Entry
from staydown.digests import Json
from staydown.errors import BadRequest

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would calculate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `since` on, and before `until`; both aware."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise BadRequest("a period ends after it begins")

    def holds(self, at: datetime) -> bool:
        """Whether that moment is in it."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number: what it is of, in words, and its unit. `value` is None where there is none."""

    name: str
    value: int | None
    unit: str
    meaning: str


COUNTED: Mapping[str, tuple[str, str]] = {
    "NoticeReceived": ("notices_received", "notices that were filed"),
    "NoticeSentElsewhere": ("notices_sent_elsewhere", "somebody under 18 may be shown"),
    "CaseWithdrawn": ("notices_withdrawn", "notices that were taken back"),
    "CaseDeclined": ("notices_declined", "notices in which a reviewer found no ground"),
    "CopyHeld": ("copies_held", "uploads held by a machine, until somebody decides"),
    "CopyBlocked": ("copies_blocked", "uploads stopped by a machine: copies of what two removed"),
    "CopyUnheld": ("copies_past_the_cap", "uploads published, since an entry had held its share"),
    "HoldExpired": ("holds_expired", "holds that ended before anybody decided"),
    "CommandIssued": ("commands_issued", "what the platform was asked to do"),
    "CommandAcknowledged": ("commands_acknowledged", "what it said that it did"),
    "EntryForgotten": ("entries_forgotten", "pictures that are not recognised any more"),
}
"""Kind of fact → the figure that counts it, and what that means."""


@dataclass(slots=True, kw_only=True)
class _Walk:
    """What is known on the way along the chain."""

    period: Period
    kinds: Counter[str] = field(default_factory=Counter)
    moves: Counter[str] = field(default_factory=Counter)
    stopped: Counter[str] = field(default_factory=Counter)
    received: dict[str, datetime] = field(default_factory=dict)
    issued: dict[str, datetime] = field(default_factory=dict)
    first_decided: dict[str, datetime] = field(default_factory=dict)
    by_machine: set[str] = field(default_factory=set)
    waits: dict[str, list[timedelta]] = field(default_factory=lambda: defaultdict(list))

    def take(self, entry: Entry) -> None:
        """One entry more."""
        if self.period.holds(entry.at):
            self.kinds[type(entry.fact).__name__] += 1
        match entry.fact:
            case facts.NoticeReceived(case=case):
                self.received[case] = entry.at
            case facts.CopyHeld(copy=copy) | facts.CopyBlocked(copy=copy):
                self.by_machine.add(copy)
            case facts.CopyDecided():
                self._decided(entry.fact.case, entry.at)
                self._chosen(entry.fact, entry.at)
            case facts.CaseDeclined(case=case):
                self._decided(case, entry.at)
            case facts.CommandIssued(command=command):
                self.issued[command] = entry.at
            case facts.CommandAcknowledged(command=command):
                self._wait("acknowledgement", self.issued.pop(command, None), entry.at)

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


def count(chain: Iterable[Entry], period: Period) -> tuple[Figure, ...]:
    """The figures of a period. The whole chain is walked, since what ends in it began before."""
    walk = _Walk(period=period)
    for entry in chain:
        if entry.at >= period.until:
            continue
        walk.take(entry)
    counted = (_figure(name, walk.kinds[kind], of) for kind, (name, of) in COUNTED.items())
    return (*counted, *_outcomes(walk), *_times(walk))


def _outcomes(walk: _Walk) -> Iterable[Figure]:
    removed, released = walk.moves["remove"], walk.moves["release"]
    yield _figure("copies_removed", removed, "found copies that a reviewer removed")
    yield _figure("copies_released", released, "found copies that a reviewer released")
    wrong = walk.stopped["release"]
    of = wrong + walk.stopped["remove"]
    meaning = "of what a machine stopped and a reviewer decided, the share that was released"
    share = round(1000 * wrong / of) if of else None
    yield Figure(name="machine_reversed", value=share, unit="per mille", meaning=meaning)
    open_ones = len(walk.issued)
    yield _figure("commands_open", open_ones, "asked by the end, and never acknowledged")


def _times(walk: _Walk) -> Iterable[Figure]:
    for what, since in (("first decision", "the notice"), ("acknowledgement", "the command")):
        waits = sorted(walk.waits[what])
        for name, part in (("median", 0.5), ("nine in ten", 0.9), ("longest", 1.0)):
            yield Figure(
                name=f"{name} time to {what}".replace(" ", "_"),
                value=_at(waits, part),
                unit="seconds",
                meaning=f"from {since} on; {len(waits)} in the period",
            )


def _at(waits: Sequence[timedelta], part: float) -> int | None:
    """The smallest wait that at least `part` of them do not exceed."""
    if not waits:
        return None
    index = max(0, -int(-len(waits) * part // 1) - 1)
    return round(waits[index].total_seconds())


def _figure(name: str, value: int, meaning: str) -> Figure:
    return Figure(name=name, value=value, unit="count", meaning=meaning)


def as_json(period: Period, figures: Sequence[Figure]) -> Json:
    """The report for machines."""
    return {
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "figures": [
            {"name": one.name, "value": one.value, "unit": one.unit, "meaning": one.meaning}
            for one in figures
        ],
    }


def as_csv(period: Period, figures: Sequence[Figure]) -> str:
    """The report for a spreadsheet (RFC 4180), in which nothing is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["since", "until", "name", "value", "unit", "meaning"])
    span = [period.since.isoformat(), period.until.isoformat()]
    for one in figures:
        value = "" if one.value is None else str(one.value)
        writer.writerow([inert(cell) for cell in (*span, one.name, value, one.unit, one.meaning)])
    return text.getvalue()


def inert(cell: str) -> str:
    """The cell, so that a spreadsheet shows it and calculates nothing."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
