"""The life of one found copy as a table of states and moves.

A found copy is one upload that an entry stopped, or would have but for the share it may hold. What
the machine measured is in `Resemblance`; what a reviewer found is in the decision.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from itertools import islice
from types import MappingProxyType
from typing import Final

from staydown.digests import Digest
from staydown.engine.verdict import Comparison, Verdict
from staydown.errors import NotAllowed
from staydown.ids import CaseId, CopyId, EntryId

MAX_TWINS: Final = 50
"""How many other copies of the very same picture one act decides alike."""


class CopyState(StrEnum):
    """Where a found copy stands, and who acts next."""

    HELD = "held"  # hidden, reversibly; a reviewer acts next
    BLOCKED = "blocked"  # stopped by itself: it resembles what was removed and confirmed before
    REMOVED = "removed"  # a reviewer decided so
    RELEASED = "released"  # a reviewer decided so, or its case was declined or withdrawn
    EXPIRED = "expired"  # nobody decided in time: it is visible again; a reviewer acts next
    UNHELD = "unheld"  # its entry had held its share: it was never hidden; a reviewer acts next


class CopyMove(StrEnum):
    """What can happen to a found copy."""

    REMOVE = "remove"
    RELEASE = "release"
    EXPIRE = "expire"
    HIDE = "hide"  # its entry was confirmed meanwhile, or may hold again


COPY_MOVES: Mapping[tuple[CopyState, CopyMove], CopyState] = MappingProxyType(
    {
        (CopyState.HELD, CopyMove.REMOVE): CopyState.REMOVED,
        (CopyState.HELD, CopyMove.RELEASE): CopyState.RELEASED,
        (CopyState.HELD, CopyMove.EXPIRE): CopyState.EXPIRED,
        (CopyState.EXPIRED, CopyMove.REMOVE): CopyState.REMOVED,
        (CopyState.EXPIRED, CopyMove.RELEASE): CopyState.RELEASED,
        (CopyState.EXPIRED, CopyMove.HIDE): CopyState.HELD,
        (CopyState.UNHELD, CopyMove.REMOVE): CopyState.REMOVED,
        (CopyState.UNHELD, CopyMove.RELEASE): CopyState.RELEASED,
        (CopyState.UNHELD, CopyMove.HIDE): CopyState.HELD,
        (CopyState.BLOCKED, CopyMove.REMOVE): CopyState.REMOVED,
        (CopyState.BLOCKED, CopyMove.RELEASE): CopyState.RELEASED,
        (CopyState.REMOVED, CopyMove.RELEASE): CopyState.RELEASED,  # a removal that was a mistake
    }
)

UNALTERED = frozenset({Verdict.IDENTICAL, Verdict.NEAR_COPY, Verdict.PARTIAL_COPY})
"""Verdicts on copies in which nothing that is there was altered."""

UNDECIDED = frozenset({CopyState.HELD, CopyState.EXPIRED, CopyState.UNHELD})
"""Copies that wait for a reviewer."""

LET_GO = frozenset({CopyState.EXPIRED, CopyState.UNHELD})
"""Undecided copies that the machine may not hide, or not any longer: they are visible."""

STOPPED = frozenset({CopyState.HELD, CopyState.BLOCKED, CopyState.REMOVED})
"""Copies that the platform does not show."""


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
class Marks:
    """Keyed digests by which this installation, and nobody else, recognises an upload again.

    `upload` is of the platform's name and the bytes, `pixels` of the picture alone.
    """

    upload: Digest
    pixels: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundCopy:
    """One upload, as one case found it: another case may have found the same one.

    `content_ref` and `account_ref` are the platform's own names; `entry` is what it resembles;
    `held_until` is None where it waits until decided; `picture` is the copy under whose id the
    picture and its map lie sealed: itself, or an earlier one of the same pixels and entry;
    `remembered_as` names the entry made of it, once a decision asked for one.
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
    picture: CopyId
    remembered_as: EntryId | None = None

    @property
    def is_undecided(self) -> bool:
        """Whether a reviewer still has to decide."""
        return self.state in UNDECIDED

    @property
    def is_let_go(self) -> bool:
        """Whether the machine lets the platform show it although nobody decided."""
        return self.state in LET_GO

    @property
    def is_stopped(self) -> bool:
        """Whether the platform is not to show it."""
        return self.state in STOPPED

    def may(self, move: CopyMove) -> bool:
        """Whether the table has this move."""
        return (self.state, move) in COPY_MOVES

    def after(self, move: CopyMove) -> "FoundCopy":
        """The copy once `move` is made. Raises NotAllowed."""
        try:
            return replace(self, state=COPY_MOVES[self.state, move])
        except KeyError:
            raise NotAllowed(f"a copy that is {self.state} cannot {move}") from None

    def hidden(self, until: datetime | None) -> "FoundCopy":
        """The copy once it is hidden (again), `until` then or until decided. Raises NotAllowed."""
        return replace(self.after(CopyMove.HIDE), held_until=until)

    def remembered(self, entry: EntryId | None) -> "FoundCopy":
        """The copy, naming the entry made of it, or none any more."""
        return replace(self, remembered_as=entry)


def twins_of(copy: FoundCopy, among: Iterable[FoundCopy]) -> tuple[FoundCopy, ...]:
    """Other copies of the very same pixels, if nobody decided any: as many as go at once."""
    twins = (
        other
        for other in among
        if copy.is_undecided and other.is_undecided
        if other.picture == copy.picture and other.id != copy.id
    )
    return tuple(islice(twins, MAX_TWINS))
