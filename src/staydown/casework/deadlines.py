"""The clocks of a case: what sets them going, what stops them, and who hears how far they ran.

They run from receipt. They stop once a reviewer has answered the whole notice and the platform said
that everything it was asked to hide or remove is so; or once the duty falls away, since the notice
was declined or taken back.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from staydown.audit.duties import ClockStarted, ClockStopped, DeadlineNear
from staydown.audit.entries import Fact
from staydown.casework.cases import Case, State
from staydown.casework.changes import Change, IssueCommand
from staydown.casework.commands import TAKES_DOWN
from staydown.ids import CaseId
from staydown.policy.clocks import MISSED, Owed, Span, due_at, step_of
from staydown.policy.library import Law
from staydown.policy.packs import PackRef, PackVersion, Pause, RegimeId, Start
from staydown.policy.strictness import owed_by


def start_clocks(case: Case, law: Law, start: Start, order_due_at: datetime | None = None) -> Case:
    """The case with the laws of its day, and the duties that `start` sets going at its opening.

    What an order says of its own time counts, whatever else a law has; also where no law chosen
    knows of orders.
    """
    packs = law.applying(case.opened_at)
    owed = owed_by(packs, start, case.opened_at)
    if order_due_at and start is Start.ORDER:
        ordered = owed or (_by_the_order(case),)
        owed = tuple(replace(one, due_at=order_due_at) for one in ordered)
    return replace(case, packs=tuple(pack.ref for pack in packs), deadlines=owed)


def started(case: Case) -> tuple[ClockStarted, ...]:
    """What the chain keeps of the duties of a case: which law, and until when."""
    return tuple(
        ClockStarted(
            case=case.id,
            regime=one.regime,
            due=one.due_at.isoformat() if one.due_at else None,
        )
        for one in case.deadlines
    )


def _by_the_order(case: Case) -> Owed:
    return Owed(
        regime=RegimeId("order"),
        version=PackVersion("as ordered"),
        duty="obey_order",
        began_at=case.opened_at,
        due_at=None,
    )


def allow_pause(case: Case, law: Law, until: datetime) -> Case:
    """The case after a missing element was asked for at its opening, and added at `until`.

    A deadline moves only where its own pack, of the day of the case, says so.
    """
    asked = Span(why=Pause.MISSING_ELEMENT, since=case.opened_at, until=until)
    return replace(case, deadlines=tuple(_paused(one, law, asked) for one in case.deadlines))


def _paused(owed: Owed, law: Law, asked: Span) -> Owed:
    pack = law.library.find(PackRef(regime=owed.regime, version=owed.version))
    if pack is None:  # an order's own time, or a pack that is gone: it stays as it is
        return owed
    duties = [one for one in pack.duties if one.name == owed.duty and one.pauses.value]
    return replace(owed, due_at=due_at(duties[0], owed.began_at, [asked])) if duties else owed


def stop_if_done(case: Case, at: datetime, *, is_asked: bool) -> tuple[Case, tuple[Fact, ...]]:
    """The case with its clock stopped if nothing is owed any more, and the fact for the chain.

    `is_asked` says whether the platform was asked to take something down and has not said yet that
    it did.
    """
    is_settled = case.state is State.SETTLED and case.looked_at is not None
    is_answered = (is_settled or case.state is State.SENT_ELSEWHERE) and not is_asked
    is_dropped = case.state in {State.DECLINED, State.WITHDRAWN}
    if not case.clock_runs or not (is_dropped or is_answered):
        return case, ()
    return case.stopped(at), (ClockStopped(case=case.id),)


def asks_to_take_down(changes: Iterable[Change]) -> bool:
    """Whether the platform is asked to hide or remove something."""
    return any(
        isinstance(change, IssueCommand) and change.command.kind in TAKES_DOWN for change in changes
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How one running clock stands. `step` is 0, 50, 75, 90, or 100 once it is missed."""

    case: CaseId
    first: Owed
    step: int

    @property
    def is_missed(self) -> bool:
        """Whether its time is over."""
        return self.step == MISSED


def standing(case: Case, now: datetime) -> Standing | None:
    """How the governing clock of a case stands; None where none runs, or none has a number."""
    first = case.governing
    if not case.clock_runs or first is None:
        return None
    return Standing(case=case.id, first=first, step=step_of(first, now))


def running(cases: Iterable[Case], now: datetime) -> tuple[Standing, ...]:
    """How those of the clocks stand that run and have a number, due first first."""
    stands = (standing(case, now) for case in cases)
    return tuple(sorted(filter(None, stands), key=lambda one: one.first.due_at or now))


def escalate(case: Case, now: datetime) -> tuple[Case, DeadlineNear] | None:
    """The case after somebody hears of the next step; None while there is nothing new to hear."""
    stands = standing(case, now)
    if stands is None or stands.step <= case.escalated:
        return None
    near = DeadlineNear(case=case.id, regime=stands.first.regime, percent=str(stands.step))
    return replace(case, escalated=stands.step), near
