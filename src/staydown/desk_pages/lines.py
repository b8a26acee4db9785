"""A case in words, ready for its page: what was told, what was found, what may be done."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.paginator import Page, Paginator

from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.casework.cases import MOVES, Move
from staydown.casework.copies import CopyMove, CopyState, FoundCopy, twins_of
from staydown.casework.views import Contact, EntryToConfirm, ReviewerView
from staydown.desk_pages.sentences import (
    COMPLAINT,
    PROGRESS,
    SPEAKER,
    STANDING,
    WISH,
    clock_stands,
    deadline,
    decided,
    facts,
    law_deadline,
    missing,
    visible,
)
from staydown.ids import ActorId, CopyId, EntryId

QUESTIONS = (
    ("shows_this_person", "Does it show the person of the notice?"),
    ("is_intimate", "Is it intimate?"),
    ("is_without_consent", "Is it there without their consent?"),
)
COPIES_ON_A_PAGE = 20
ANSWERS = (("yes", "Yes"), ("no", "No"), ("unsure", "Not sure"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What a reviewer typed about one copy, or about the whole case where `copy` is empty.

    `take_down` is what they typed about the places the notice names, None if about something else.
    """

    copy: str = ""
    take_down: str | None = field(default=None, repr=False)
    reason: str = field(default="", repr=False)
    answers: tuple[str, ...] = ("", "", "")
    """One to each of QUESTIONS; empty where none was given."""
    is_joined: bool = True
    """Whether other copies of the very same picture are to be decided alike."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sitting:
    """Who looks at the case, when, what waits for a second person, and what they typed before.

    `contact` is who filed the notice, if they asked for that; `page` is which part of the copies
    they asked for, in whatever they typed.
    """

    viewer: ActorId
    now: datetime
    confirming: tuple[EntryToConfirm, ...] = ()
    contact: Contact | None = None
    page: str = ""
    typed: Typed = Typed()


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One finding to make, with the answer given so far."""

    name: str
    legend: str
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyWords:
    """One found copy. `original` is the entry whose photograph is shown beside it.

    `twins` is how many other copies of the very same picture wait too.
    """

    copy: FoundCopy
    facts: str
    standing: str
    deadline: str
    original: EntryId | None
    has_picture: bool
    confirms: EntryToConfirm | None
    questions: tuple[Question, ...]
    reason: str
    past: tuple[str, ...]
    twins: int
    is_joined: bool

    @property
    def may_remove(self) -> bool:
        return self.copy.may(CopyMove.REMOVE)

    @property
    def may_release(self) -> bool:
        return self.copy.may(CopyMove.RELEASE)

    @property
    def may_set_apart(self) -> bool:
        return self.may_release and self.copy.state is not CopyState.REMOVED

    @property
    def is_false_match(self) -> bool:
        """Whether what waits for a second person is that it is another photograph."""
        return self.confirms is not None and self.confirms.role is EntryRole.NEGATIVE


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWords:
    """One case. What the notifier wrote is in `view`, unless it was destroyed.

    `set_apart` are the pictures known to be other photographs; `quarantined` hold nothing yet.
    """

    view: ReviewerView
    progress: str
    contact: Contact | None
    visible: str
    set_apart: tuple[Entry, ...]
    quarantined: tuple[Entry, ...]
    speaker: str
    complaint: str
    page: Page[FoundCopy]
    copies: tuple[CopyWords, ...]
    is_watched: bool
    deadlines: tuple[str, ...]
    clock: str
    missing: str
    wish: str
    may_look: bool
    looking: Typed
    questions: tuple[Question, ...]
    may_decline: bool
    may_send_elsewhere: bool
    declining: str
    past: tuple[str, ...]


def tell_case(view: ReviewerView, sitting: Sitting) -> CaseWords:
    """The case in words, for whoever looks at it."""
    told, typed = view.told, sitting.typed
    looking = Typed() if typed.take_down is None else typed
    page = Paginator(_in_turn(view, sitting), COPIES_ON_A_PAGE).get_page(sitting.page)
    return CaseWords(
        view=view,
        progress=PROGRESS[view.case.state],
        contact=sitting.contact,
        visible=visible([copy.state for copy in view.copies], is_overrun=view.is_overrun),
        set_apart=tuple(one for one in view.entries if one.role is EntryRole.NEGATIVE),
        quarantined=tuple(one for one in view.entries if one.status is EntryStatus.QUARANTINED),
        speaker=SPEAKER[told.capacity] if told else "",
        complaint=COMPLAINT[told.kind] if told else "",
        page=page,
        copies=tuple(tell_copy(copy, view, sitting) for copy in page),
        is_watched=view.is_watched,
        deadlines=tuple(law_deadline(one, sitting.now) for one in view.deadlines),
        clock=clock_stands(view.case),
        missing=missing(view.case),
        wish=WISH[sitting.contact.wish] if sitting.contact else "",
        may_look=(view.case.state, Move.LOOK) in MOVES,
        looking=looking,
        questions=_questions(looking.answers),
        may_decline=(view.case.state, Move.DECLINE) in MOVES,
        may_send_elsewhere=(view.case.state, Move.SEND_ELSEWHERE) in MOVES,
        declining="" if typed.copy or typed.take_down is not None else typed.reason,
        past=_past(view, None, sitting.viewer),
    )


def _in_turn(view: ReviewerView, sitting: Sitting) -> list[FoundCopy]:
    """The copies in the order in which they need somebody; what they were typing about first."""
    to_confirm = {one.copy for one in sitting.confirming}
    return sorted(
        view.copies,
        key=lambda copy: (
            copy.id != sitting.typed.copy,
            not copy.is_let_go,
            not copy.is_undecided,
            copy.id not in to_confirm,
        ),
    )


def tell_copy(copy: FoundCopy, view: ReviewerView, sitting: Sitting) -> CopyWords:
    """One found copy of the case in words."""
    typed = sitting.typed if sitting.typed.copy == copy.id else Typed()
    waiting = (one for one in sitting.confirming if one.copy == copy.id)
    return CopyWords(
        copy=copy,
        facts=facts(copy.resemblance),
        standing=STANDING[copy.state],
        deadline=deadline(copy.held_until, sitting.now) if copy.is_undecided else "",
        original=_original_beside(copy, view),
        has_picture=copy.id in view.pictured,
        confirms=next(waiting, None),
        questions=_questions(typed.answers),
        reason=typed.reason,
        past=_past(view, copy.id, sitting.viewer),
        twins=len(twins_of(copy, view.copies)),
        is_joined=typed.is_joined,
    )


def _original_beside(copy: FoundCopy, view: ReviewerView) -> EntryId | None:
    """The original that the copy was found by, or else the first one of the case, if it is kept."""
    if not view.case.keeps_photo:
        return None
    originals = [entry.id for entry in view.entries if entry.role is EntryRole.ORIGINAL]
    return copy.entry if copy.entry in originals else next(iter(originals), None)


def _questions(answers: Sequence[str]) -> tuple[Question, ...]:
    return tuple(
        Question(name=name, legend=legend, chosen=chosen)
        for (name, legend), chosen in zip(QUESTIONS, answers, strict=True)
    )


def _past(view: ReviewerView, copy: CopyId | None, viewer: ActorId) -> tuple[str, ...]:
    return tuple(decided(one, by_viewer=one.by == viewer) for one in view.past if one.copy == copy)
