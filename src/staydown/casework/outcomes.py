"""What becomes of an upload, as values: the outcome, why, and what has to be known to tell.

The table and the rules that lead to an outcome are in `actions` and `precedence`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from staydown.bank.search import Match
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.rules import Action
from staydown.engine.verdict import Verdict, WhyNot
from staydown.ids import CaseId, EntryId


class Why(StrEnum):
    """Why an upload was treated as it was."""

    NOTHING_FOUND = "nothing_found"
    NOT_COMPARABLE = "not_comparable"
    IS_THE_ORIGINAL = "is_the_original"  # an unaltered copy of a registered photograph
    IS_ALTERED = "is_altered"
    WAS_REMOVED = "was_removed"
    IS_LISTED = "is_listed"
    CAP_REACHED = "cap_reached"  # the entry is unconfirmed and has held its share
    QUARANTINED = "quarantined"  # the entry is unconfirmed, and came in a flood or hits too many
    WAS_HELD = "was_held"  # the entry is unconfirmed and has held this very upload for its time
    WAS_RELEASED = "was_released"  # a reviewer of the case released this very upload


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What one entry has to do with already, counted over copies that nobody decided.

    `pictures` are the different ones it has held, by their pixels; `of_this` is how often it has
    held this one; `unheld` counts copies that were only recorded, past its cap; `accounts` are the
    different ones, as far as the platform names them, whose uploads it has held.
    """

    pictures: int = 0
    of_this: int = 0
    unheld: int = 0
    accounts: int = 0

    def has_room(self, cap: int) -> bool:
        """Whether an unconfirmed entry may hold this upload too.

        The same pixels again take no room from other pictures: else one picture, posted often,
        would use the share up and let the others by. They have a cap of their own: else one notice
        could silence every post of a picture that goes round.
        """
        return self.of_this < cap if self.of_this else self.pictures < cap


NO_TALLY = Tally()


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the rules need to know beside the matches.

    `tallies` are by entry; `before` are the copies made of the same upload before, at most one in
    each case; `cannot_tell` says why the upload itself can be compared with nothing.
    """

    at: datetime
    tallies: Mapping[EntryId, Tally] = field(default_factory=dict)
    before: tuple[FoundCopy, ...] = ()
    cannot_tell: WhyNot | None = None

    def tally(self, entry: EntryId) -> Tally:
        """What that entry has to do with already."""
        return self.tallies.get(entry, NO_TALLY)

    def earlier(self, case: CaseId | None, *states: CopyState) -> FoundCopy | None:
        """The copy made of the same upload in that case, if it is in one of these states."""
        found = (copy for copy in self.before if copy.case == case and copy.state in states)
        return next(found, None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happens, because of which match, and why.

    A hold without `held_until` lasts until decided. What `is_recorded` becomes a found copy:
    everything that is stopped, and what its entry would hold if it had not held its share.
    """

    action: Action
    why: Why
    match: Match | None = None
    held_until: datetime | None = None
    is_recorded: bool = False

    @property
    def case(self) -> CaseId | None:
        """The case whose entry led to it."""
        return self.match.entry.case if self.match else None

    @property
    def verdict(self) -> Verdict:
        """The verdict that led to it."""
        if self.match:
            return self.match.comparison.verdict
        return Verdict.CANNOT_TELL if self.why is Why.NOT_COMPARABLE else Verdict.NONE
