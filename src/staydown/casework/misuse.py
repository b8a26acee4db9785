"""What is done about somebody who often files notices without ground (DSA Art. 23(2), (3)).

First they are warned; if it goes on, the photographs of their notices hold nothing by themselves
for a time. Their notices are still taken, looked at and answered: what they say may be true.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol

from staydown.casework.reasons import Reason
from staydown.digests import Digest
from staydown.errors import NotAllowed
from staydown.ids import ActorId, CaseId


class MeasureState(StrEnum):
    """What holds about somebody."""

    WARNED = "warned"
    SUSPENDED = "suspended"


class MeasureMove(StrEnum):
    """What a lead can do about somebody."""

    WARN = "warn"
    SUSPEND = "suspend"
    LIFT = "lift"


MEASURE_MOVES: Mapping[tuple[MeasureState | None, MeasureMove], MeasureState | None] = (
    MappingProxyType(
        {
            (None, MeasureMove.WARN): MeasureState.WARNED,
            (MeasureState.WARNED, MeasureMove.SUSPEND): MeasureState.SUSPENDED,
            (MeasureState.WARNED, MeasureMove.LIFT): None,
            (MeasureState.SUSPENDED, MeasureMove.LIFT): None,
        }
    )
)
"""Nobody is suspended who was not warned; None is that nothing holds."""

LASTS: Mapping[MeasureState, timedelta] = MappingProxyType(
    {MeasureState.WARNED: timedelta(days=180), MeasureState.SUSPENDED: timedelta(days=30)}
)
"""How long each holds. No law gives numbers: DSA Art. 23 says "a reasonable period of time"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """What holds about whoever left this address, of which `mark` is a keyed digest.

    `case` is that in which it was decided, where the reason is kept and told.
    """

    mark: Digest
    state: MeasureState
    case: CaseId
    since: datetime
    until: datetime
    by: ActorId


def moves_from(before: Measure | None) -> tuple[MeasureMove, ...]:
    """What may be done next."""
    state = before.state if before else None
    return tuple(move for at, move in MEASURE_MOVES if at == state)


def after(before: Measure | None, move: MeasureMove) -> MeasureState | None:
    """What holds once `move` is made. Raises NotAllowed."""
    state = before.state if before else None
    try:
        return MEASURE_MOVES[state, move]
    except KeyError:
        stands = "not warned" if state is None else f"{state}"
        raise NotAllowed(f"somebody who is {stands} cannot be: {move}") from None


class MeasureShelf(Protocol):
    """What holds about whom, and the words in which they were told why."""

    def of(self, mark: Digest, at: datetime) -> Measure | None:
        """What holds then, locked inside a transaction."""
        ...

    def of_case(self, case: CaseId, at: datetime) -> Measure | None:
        """What was decided in that case and holds then."""
        ...

    def keep(self, measure: Measure, reason: Reason) -> None:
        """Write what holds from now on, in the place of what held; drop what is over."""
        ...

    def drop(self, mark: Digest) -> None:
        """Nothing holds any more."""
        ...

    def words(self, measure: Measure) -> str | None:
        """Why; None once it was destroyed with the notice."""
        ...
