"""Looking at cases: each kind of viewer gets a view of their own, and nobody may browse.

Pictures are in `showing`. Every time somebody is shown a case, the queue, or who filed a notice,
that is written into the audit chain.
"""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime

from staydown.audit.entries import CaseOpened, ContactViewed, Fact, QueueViewed, StatusViewed
from staydown.bank.entries import EntryStatus
from staydown.casework.access import Permission, admit, require_person
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.decisions import TWO_PERSON_ROLES
from staydown.casework.dossiers import Dossier
from staydown.casework.notices import Notice
from staydown.casework.people import Notifier, Platform, Viewer
from staydown.casework.ports import Journal, Store
from staydown.casework.rules import Rules
from staydown.casework.views import (
    Contact,
    CopyLine,
    DeadlineLine,
    EntryToConfirm,
    NotifierView,
    PlatformView,
    QueueLine,
    ReviewerView,
    progress_of,
    tell,
)
from staydown.clock import Clock
from staydown.errors import KeyGone, NotFound
from staydown.ids import ActorId, CaseId, NoticeId
from staydown.policy.clocks import ESCALATIONS, Owed, step_of
from staydown.policy.packs import PackRef

NEVER = datetime.max.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """Shows."""

    store: Store
    journal: Journal
    clock: Clock
    rules: Rules

    def for_notifier(self, viewer: Notifier) -> NotifierView:
        """What the holder of a case number and its secret sees. Raises NotFound."""
        with self.store.atomically():
            dossier = self.store.dossier(self._admit(viewer, viewer.case, Permission.READ_STATUS))
            case = dossier.case
            notice = self._notice(case.notice)
            self._note(StatusViewed(case=case.id), by=case.notifier)
        return NotifierView(
            id=case.id,
            opened_at=case.opened_at,
            progress=progress_of(case),
            is_watched=dossier.is_watched,
            locations=notice.locations if notice else (),
            due_at=case.governing.due_at if case.governing else None,
            answered_at=case.clock_stopped_at,
            missing=case.lacks if case.may_be_completed else (),
        )

    def for_platform(self, case_id: CaseId, viewer: Platform) -> PlatformView:
        """What the platform sees of a case: its own content, and nothing of the notice.

        Raises NotFound.
        """
        with self.store.atomically():
            dossier = self.store.dossier(self._admit(viewer, case_id, Permission.READ_CONTENT))
            self._note(CaseOpened(case=case_id), by=viewer.id)
        return PlatformView(
            id=case_id,
            state=dossier.case.state,
            opened_at=dossier.case.opened_at,
            copies=tuple(_line(copy) for copy in dossier.copies),
            deadlines=dossier.case.deadlines,
            clock_stopped_at=dossier.case.clock_stopped_at,
        )

    def for_reviewer(self, case_id: CaseId, viewer: Viewer) -> ReviewerView:
        """The whole case, and an entry in the audit chain that this person opened it.

        Raises NotFound.
        """
        reviewer = require_person(viewer, Permission.OPEN_CASE)
        with self.store.atomically():
            dossier = self.store.dossier(case_id)
            notice = self._notice(dossier.case.notice)
            past = tuple(self.store.past(dossier.case))
            related = tuple(self.store.related(case_id))
            self._note(CaseOpened(case=case_id), by=reviewer.id)
        return ReviewerView(
            case=dossier.case,
            told=tell(notice) if notice else None,
            copies=dossier.copies,
            entries=dossier.entries,
            past=past,
            pictured=frozenset(copy.id for copy in dossier.copies if dossier.has_picture(copy)),
            is_watched=dossier.is_watched,
            is_overrun=_most_past_cap(dossier) >= self.rules.unheld_cap,
            deadlines=tuple(self._line(owed) for owed in dossier.case.deadlines),
            related=related,
        )

    def contact(self, case_id: CaseId, viewer: Viewer) -> Contact:
        """Who filed the notice, and an entry in the audit chain that this person was told.

        A decision needs none of it, so it is not part of the case's view. Raises NotFound, also
        once the notice was withdrawn.
        """
        reviewer = require_person(viewer, Permission.READ_CONTACT)
        with self.store.atomically():
            notice = self._notice(self.store.dossier(case_id).case.notice)
            if notice is None:
                raise NotFound("no such notice")
            self._note(ContactViewed(case=case_id), by=reviewer.id)
        return Contact(signature=notice.signature, address=notice.contact, wish=notice.contact_wish)

    def queue(self, viewer: Viewer) -> tuple[QueueLine, ...]:
        """The cases in which a reviewer acts next: what is visible, late or nearly so, then what is
        due or will be visible soonest.

        With an entry in the audit chain that this person looked. Raises NotFound.
        """
        reviewer = require_person(viewer, Permission.READ_QUEUE)
        waiting = self.store.waiting()
        with self.store.atomically():  # nobody waits for the lock while so much is read
            self._note(QueueViewed(), by=reviewer.id)
        now = self.clock.now()
        return tuple(sorted(waiting, key=lambda line: urgency(line, now)))

    def to_confirm(self, viewer: Viewer) -> tuple[EntryToConfirm, ...]:
        """Entries made of decided copies that wait for a second person. Raises NotFound."""
        reviewer = require_person(viewer, Permission.READ_QUEUE)
        return tuple(
            EntryToConfirm(
                entry=entry.id,
                role=entry.role,
                case=dossier.case.id,
                copy=next((c.id for c in dossier.copies if c.remembered_as == entry.id), None),
                added_at=entry.added_at,
                is_own=entry.added_by == reviewer.id,
            )
            for dossier in self.store.unconfirmed()
            for entry in dossier.entries
            if entry.role in TWO_PERSON_ROLES and entry.status is EntryStatus.UNREVIEWED
        )

    def _admit(self, viewer: Viewer, case_id: CaseId, to: Permission) -> CaseId:
        return admit(viewer, case_id, store=self.store, to=to)

    def _note(self, fact: Fact, *, by: ActorId) -> None:
        self.journal.append(fact, by=by, at=self.clock.now())

    def _line(self, owed: Owed) -> DeadlineLine:
        ref = PackRef(regime=owed.regime, version=owed.version)
        return DeadlineLine(law=self.rules.law.library.name_of(ref), owed=owed)

    def _notice(self, notice_id: NoticeId) -> Notice | None:
        """The notice, or None once its key was destroyed."""
        try:
            return self.store.notice(notice_id)
        except KeyGone:
            return None


def _line(copy: FoundCopy) -> CopyLine:
    return CopyLine(
        id=copy.id,
        content_ref=copy.content_ref,
        state=copy.state,
        held_until=copy.held_until,
    )


def urgency(line: QueueLine, now: datetime) -> tuple[bool, datetime, bool, datetime]:
    """What orders the queue: visible now or nearly late, then due soonest, then waiting longest.

    A case is due at its deadline, or when its first hold ends, whichever comes first. Of those due
    alike, orders and trusted flaggers go first (DSA Art. 22).
    """
    is_urgent = line.visible > 0 or step_of(line.due, now) >= ESCALATIONS[-1]
    due_at = line.due.due_at if line.due else None
    first = min(due_at or NEVER, line.first_hold_ends or NEVER)
    return not is_urgent, first, not line.goes_first, line.opened_at


def _most_past_cap(dossier: Dossier) -> int:
    """How many undecided copies came past its cap, of the entry that has the most."""
    past_cap = Counter(copy.entry for copy in dossier.copies if copy.state is CopyState.UNHELD)
    return max(past_cap.values(), default=0)
