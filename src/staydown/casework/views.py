"""What each kind of viewer is shown of a case, as values.

What a view does not hold, its viewer cannot see.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from staydown.bank.entries import Entry
from staydown.casework.cases import Case, State
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.notices import Notice
from staydown.casework.records import PastDecision
from staydown.ids import CaseId, CopyId, EntryId


class Progress(StrEnum):
    """What a notifier is told.

    Whether anything was found is not in it before a reviewer confirmed.
    """

    WATCHING = "watching"
    ACTED = "acted"  # a reviewer removed at least one copy
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


def progress_of(case: Case) -> Progress:
    """What may be said of the case's state to its notifier."""
    if case.state is State.WITHDRAWN:
        return Progress.WITHDRAWN
    if case.state is State.DECLINED:
        return Progress.DECLINED
    return Progress.ACTED if case.confirmed_at else Progress.WATCHING


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifierView:
    """A case as its notifier sees it.

    `is_watched` says whether copies can be recognised, which follows from what they sent;
    `locations` are those they named; none once the notice was withdrawn.
    """

    id: CaseId
    opened_at: datetime
    progress: Progress
    is_watched: bool
    locations: tuple[str, ...]

    @property
    def were_copies_removed(self) -> bool:
        """Whether copies were removed: never where, or how many."""
        return self.progress is Progress.ACTED


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One case in which a reviewer acts next, without anything private."""

    case: CaseId
    state: State
    opened_at: datetime
    undecided: int
    first_hold_ends: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryToConfirm:
    """An entry of a removed picture that waits for a second person.

    `copy` is the picture it was made of.
    """

    entry: EntryId
    case: CaseId
    copy: CopyId | None
    added_at: datetime
    is_own: bool
    """Whether the viewer added it themselves, and so may not confirm it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerView:
    """A case as a reviewer sees it.

    `notice` is None once it was withdrawn: its words are destroyed.
    """

    case: Case
    notice: Notice | None
    copies: tuple[FoundCopy, ...]
    entries: tuple[Entry, ...]
    past: tuple[PastDecision, ...]
    is_watched: bool
    """Whether copies can be recognised: an original came, and may be kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyLine:
    """A found copy as the platform sees it."""

    id: CopyId
    content_ref: str
    state: CopyState
    held_until: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlatformView:
    """A case as the platform sees it: its own content, and nothing of the notice."""

    id: CaseId
    state: State
    opened_at: datetime
    copies: tuple[CopyLine, ...]
