"""What happened in a period, in numbers, counted from the audit chain alone: of all, and by law.

Whoever has an export can count the same. It holds no ids, no links and nobody's words. It says how
many notices there were and what became of them; not whether that was right. A case under several
laws counts for each of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta

from staydown.audit.chain import Entry
from staydown.audit.duties import ClockStarted
from staydown.audit.entries import CommandIssued, NoticeReceived
from staydown.audit.figures import Figure, Period
from staydown.audit.walking import Walk

ALL = ""
COUNTED: Mapping[str, tuple[str, str]] = {
    "NoticeReceived": ("notices_received", "notices that were filed"),
    "NoticeSentElsewhere": ("notices_sent_elsewhere", "somebody under 18 may be shown"),
    "CaseSentElsewhere": ("cases_sent_elsewhere", "cases closed by a reviewer for that reason"),
    "CaseWithdrawn": ("notices_withdrawn", "notices that were taken back"),
    "CaseDeclined": ("notices_declined", "notices in which a reviewer found no ground"),
    "NoticeLookedAt": ("notices_looked_at", "times that a reviewer looked at what a notice names"),
    "CopyHeld": ("copies_held", "uploads held by a machine, until somebody decides"),
    "CopyBlocked": ("copies_blocked", "uploads stopped by a machine: copies of what two removed"),
    "CopyUnheld": ("copies_past_the_cap", "uploads published, since an entry had held its share"),
    "HoldExpired": ("holds_expired", "holds that ended before anybody decided"),
    "EntryQuarantined": ("entries_quarantined", "photographs that held nothing until confirmed"),
    "CommandIssued": ("commands_issued", "what the platform was asked to do"),
    "CommandAcknowledged": ("commands_acknowledged", "what it said that it did"),
    "EntryForgotten": ("entries_forgotten", "pictures that are not recognised any more"),
}
"""Kind of fact → the figure that counts it, and what that means."""


@dataclass(slots=True, kw_only=True)
class _Laws:
    """Who walks for which law, and which cases are under it."""

    period: Period
    walks: dict[str, Walk] = field(default_factory=dict)
    under: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    received: dict[str, Entry] = field(default_factory=dict)
    of_command: dict[str, str] = field(default_factory=dict)

    def take(self, entry: Entry) -> None:
        """One entry more: for all, and for each law that its case is under."""
        self._walk(ALL).take(entry)
        match entry.fact:
            case NoticeReceived(case=case):
                self.received[case] = entry
            case CommandIssued(command=command, case=case):
                self.of_command[command] = case
            case ClockStarted(case=case, regime=regime) if case not in self.under[regime]:
                self.under[regime].add(case)
                if case in self.received:  # the notice came just before its clocks
                    self._walk(regime).take(self.received[case])
        for regime in self._concerned(entry):
            self._walk(regime).take(entry)

    def _concerned(self, entry: Entry) -> list[str]:
        """The laws that its case is under; of a clock, the one whose it is."""
        if isinstance(entry.fact, ClockStarted):
            return [entry.fact.regime]
        case = self._case_of(entry)
        return [regime for regime, cases in self.under.items() if case in cases]

    def _case_of(self, entry: Entry) -> str:
        named = getattr(entry.fact, "case", "")
        return str(named or self.of_command.get(getattr(entry.fact, "command", ""), ""))

    def _walk(self, regime: str) -> Walk:
        return self.walks.setdefault(regime, Walk(period=self.period))


def count(chain: Iterable[Entry], period: Period) -> tuple[Figure, ...]:
    """The figures of a period, of all cases first, then by law.

    The whole chain is walked, since what ends in the period began before.
    """
    laws = _Laws(period=period)
    laws.walks[ALL] = Walk(period=period)
    for entry in chain:
        if entry.at < period.until:
            laws.take(entry)
    return tuple(
        replace(figure, regime=regime)
        for regime, walk in sorted(laws.walks.items())
        for figure in _figures(walk)
    )


def _figures(walk: Walk) -> Iterator[Figure]:
    for kind, (name, meaning) in COUNTED.items():
        yield _figure(name, walk.kinds[kind], meaning)
    yield from _measures(walk)
    yield from _outcomes(walk)
    yield from _clocks(walk)
    yield from _appeals(walk)
    yield from _times(walk)


def _measures(walk: Walk) -> Iterator[Figure]:
    """DSA Art. 24(1)(b), for notices without ground."""
    for move, name in (("warn", "notifiers_warned"), ("suspend", "notifiers_suspended")):
        meaning = "measures about somebody who often files notices without ground"
        yield _figure(name, walk.restrained[move], meaning)


def _outcomes(walk: Walk) -> Iterator[Figure]:
    removed, released = walk.moves["remove"], walk.moves["release"]
    yield _figure("copies_removed", removed, "found copies that a reviewer removed")
    yield _figure("copies_released", released, "found copies that a reviewer released")
    wrong = walk.stopped["release"]
    meaning = "of what a machine stopped and a reviewer decided, the share that was released"
    yield _share("machine_reversed", wrong, wrong + walk.stopped["remove"], meaning)
    found = sum(walk.stopped.values())
    meaning = "of the found copies that a reviewer decided, the share that a machine had stopped"
    yield _share("found_by_machine", found, removed + released, meaning)
    yield _figure("commands_open", len(walk.issued), "asked by the end, and never acknowledged")


def _clocks(walk: Walk) -> Iterator[Figure]:
    yield _figure("clocks_in_time", walk.kept, "clocks that stopped in time, or had no number")
    yield _figure("clocks_late", walk.late, "clocks that stopped too late")
    meaning = "of the clocks with a number that stopped, the share that stopped in time"
    yield _share("clocks_in_time_share", walk.in_time, walk.in_time + walk.late, meaning)
    yield _figure("clocks_overdue", walk.overdue(), "clocks that ran too long and still run")


def _appeals(walk: Walk) -> Iterator[Figure]:
    for side in ("notifier", "poster"):
        yield _figure(f"appeals_of_{side}s", walk.appeals[side], f"appeals filed by a {side}")
    reversed_, upheld = walk.appealed["reverse"], walk.appealed["uphold"]
    yield _figure("appeals_reversed", reversed_, "appeals after which the decision was changed")
    yield _figure("appeals_upheld", upheld, "appeals after which the decision stood")
    meaning = "of the appeals that were decided, the share in which the decision was changed"
    yield _share("appeals_reversed_share", reversed_, reversed_ + upheld, meaning)


def _times(walk: Walk) -> Iterator[Figure]:
    for what, since in (
        ("first decision", "the notice"),
        ("acknowledgement", "the command"),
        ("decision of an appeal", "the appeal"),
    ):
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


def _share(name: str, some: int, of: int, meaning: str) -> Figure:
    share = round(1000 * some / of) if of else None
    return Figure(name=name, value=share, unit="per mille", meaning=meaning)


def _figure(name: str, value: int, meaning: str) -> Figure:
    return Figure(name=name, value=value, unit="count", meaning=meaning)
