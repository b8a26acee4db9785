"""The life of one found copy as a table of states and moves.

A found copy is one upload that was stopped because it resembles an entry. What the machine measured
is in `Resemblance`; what a reviewer found is in the decision.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from staydown.engine.verdict import Comparison, Verdict
from staydown.errors import NotAllowed
from staydown.ids import CaseId, CopyId, EntryId


class CopyState(StrEnum):
    """Where a found copy stands, and who acts next."""

    HELD = "held"  # hidden, reversibly; a reviewer acts next
    BLOCKED = "blocked"  # stopped by itself: it resembles what was removed and confirmed before
    REMOVED = "removed"  # a reviewer decided so
    RELEASED = "released"  # a reviewer decided so, or its case was declined or withdrawn
    EXPIRED = "expired"  # nobody decided in time: it is visible again; a reviewer acts next


class CopyMove(StrEnum):
    """What can happen to a found copy."""

    REMOVE = "remove"
    RELEASE = "release"
    EXPIRE = "expire"


COPY_MOVES: Mapping[tuple[CopyState, CopyMove], CopyState] = MappingProxyType(
    {
        (CopyState.HELD, CopyMove.REMOVE): CopyState.REMOVED,
        (CopyState.HELD, CopyMove.RELEASE): CopyState.RELEASED,
        (CopyState.HELD, CopyMove.EXPIRE): CopyState.EXPIRED,
        (CopyState.EXPIRED, CopyMove.REMOVE): CopyState.REMOVED,
        (CopyState.EXPIRED, CopyMove.RELEASE): CopyState.RELEASED,
        (CopyState.BLOCKED, CopyMove.REMOVE): CopyState.REMOVED,
        (CopyState.BLOCKED, CopyMove.RELEASE): CopyState.RELEASED,
        (CopyState.REMOVED, CopyMove.RELEASE): CopyState.RELEASED,  # a removal that was a mistake
    }
)

UNALTERED = frozenset({Verdict.IDENTICAL, Verdict.NEAR_COPY, Verdict.PARTIAL_COPY})
"""Verdicts on copies in which nothing that is there was altered."""

UNDECIDED = frozenset({CopyState.HELD, CopyState.EXPIRED})
"""Copies that wait for a reviewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resemblance:
    """What the machine measured between a found copy and its entry: a Comparison without map."""

    verdict: Verdict
    inliers: int
    is_mirrored: bool
    anisotropy: float | None
    altered_fraction: float | None
    false_positive_rate: float | None


def resemblance(comparison: Comparison) -> Resemblance:
    """What is kept of a comparison in the clear: numbers, no pixels, no positions."""
    return Resemblance(
        verdict=comparison.verdict,
        inliers=comparison.inliers,
        is_mirrored=comparison.is_mirrored,
        anisotropy=comparison.anisotropy,
        altered_fraction=comparison.altered_fraction,
        false_positive_rate=comparison.false_positive_rate,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCopy:
    """One upload that was stopped.

    `content_ref` and `account_ref` are the platform's own names; `entry` is what it resembles;
    `held_until` is None where it waits until decided; `remembered_as` names the entry made of it,
    once a removal asked for one.
    """

    id: CopyId
    case: CaseId
    content_ref: str
    account_ref: str | None
    entry: EntryId
    resemblance: Resemblance
    state: CopyState
    found_at: datetime
    held_until: datetime | None
    remembered_as: EntryId | None = None

    @property
    def is_undecided(self) -> bool:
        """Whether a reviewer still has to decide."""
        return self.state in UNDECIDED

    def may(self, move: CopyMove) -> bool:
        """Whether the table has this move."""
        return (self.state, move) in COPY_MOVES

    def after(self, move: CopyMove) -> "FoundCopy":
        """The copy once `move` is made. Raises NotAllowed."""
        try:
            return replace(self, state=COPY_MOVES[self.state, move])
        except KeyError:
            raise NotAllowed(f"a copy that is {self.state} cannot {move}") from None

    def remembered(self, entry: EntryId) -> "FoundCopy":
        """The copy, naming the entry that keeps it down."""
        return replace(self, remembered_as=entry)
