"""What each kind of viewer is shown of a case, as values.

What a view does not hold, its viewer cannot see.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from staydown.bank.entries import Entry, EntryRole
from staydown.casework.cases import Case, State
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.notices import Capacity, ContactWish, Kind, Notice
from staydown.casework.records import PastDecision
from staydown.ids import CaseId, CopyId, EntryId
from staydown.policy.clocks import Owed
from staydown.policy.packs import Element


class Progress(StrEnum):
    """What a notifier is told.

    Whether anything was found is not in it before a reviewer confirmed.
    """

    WATCHING = "watching"
    ACTED = "acted"  # a reviewer removed at least one copy
    DECLINED = "declined"
    SENT_ELSEWHERE = "sent_elsewhere"
    WITHDRAWN = "withdrawn"


def progress_of(case: Case) -> Progress:
    """What may be said of the case's state to its notifier."""
    if case.state is State.WITHDRAWN:
        return Progress.WITHDRAWN
    if case.state is State.DECLINED:
        return Progress.DECLINED
    if case.state is State.SENT_ELSEWHERE:
        return Progress.SENT_ELSEWHERE
    return Progress.ACTED if case.confirmed_at else Progress.WATCHING


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifierView:
    """A case as its notifier sees it.

    `is_watched` says whether copies can be recognised, which follows from what they sent;
    `locations` are those they named; none once the notice was withdrawn. `due_at` is when the
    strictest law wants it done, `answered_at` when all of it was; neither says whether anything
    was found, since every notice that a law sets a clock for is answered by a person. `missing` is
    what they may still add, once.
    """

    id: CaseId
    opened_at: datetime
    progress: Progress
    is_watched: bool
    locations: tuple[str, ...]
    due_at: datetime | None = None
    answered_at: datetime | None = None
    missing: tuple[Element, ...] = ()

    @property
    def were_copies_removed(self) -> bool:
        """Whether copies were removed: never where, or how many."""
        return self.progress is Progress.ACTED


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """One case in which a reviewer acts next, without anything private.

    `is_quarantined` says that photographs of it hold nothing until a reviewer confirms them;
    `visible` counts those of the undecided copies that the platform shows; `due` is the duty that
    governs, if its clock runs and a law gives a number.
    """

    case: CaseId
    state: State
    opened_at: datetime
    undecided: int
    visible: int
    first_hold_ends: datetime | None
    awaits_a_look: bool = False
    is_quarantined: bool = False
    goes_first: bool = False
    due: Owed | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryToConfirm:
    """An entry of a removed picture, or of a known false match, that waits for a second person.

    `copy` is the picture it was made of.
    """

    entry: EntryId
    role: EntryRole
    case: CaseId
    copy: CopyId | None
    added_at: datetime
    is_own: bool
    """Whether the viewer added it themselves, and so may not confirm it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What a notice says, without who signed it and how to reach them."""

    kind: Kind
    capacity: Capacity
    basis: str = field(repr=False)
    statement: str = field(repr=False)
    locations: tuple[str, ...] = field(repr=False)
    content_refs: tuple[str, ...] = field(default=(), repr=False)


def tell(notice: Notice) -> Told:
    """The words of `notice` that a decision needs."""
    return Told(
        kind=notice.kind,
        capacity=notice.capacity,
        basis=notice.basis,
        statement=notice.statement,
        locations=notice.locations,
        content_refs=notice.content_refs,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Contact:
    """Who signed a notice, the address they left, empty if none, and whether to write there."""

    signature: str = field(repr=False)
    address: str = field(repr=False)
    wish: ContactWish


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineLine:
    """A duty in one case, with the name of its law as people know it."""

    law: str
    owed: Owed


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewerView:
    """A case as a reviewer sees it.

    `told` is None once the notice was withdrawn: its words are destroyed. `pictured` are the copies
    whose picture is still kept.
    """

    case: Case
    told: Told | None
    copies: tuple[FoundCopy, ...]
    entries: tuple[Entry, ...]
    past: tuple[PastDecision, ...]
    pictured: frozenset[CopyId]
    is_watched: bool
    """Whether copies can be recognised: an original came, and may be kept."""
    is_overrun: bool
    """Whether so many copies came past an entry's cap that further ones are not recorded."""
    deadlines: tuple[DeadlineLine, ...] = ()
    """What the laws of the case's day ask for, due first first."""
    related: tuple[CaseId, ...] = ()
    """Other open cases, of which the notice names a place that this one names too."""


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
    deadlines: tuple[Owed, ...] = ()
    clock_stopped_at: datetime | None = None
