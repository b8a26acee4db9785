"""Cases and found copies in rows: the store of `casework.ports`."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import IntegrityError, models, transaction

from staydown.bank.entries import EntryStatus
from staydown.casework.cases import CLOSED, Case
from staydown.casework.commands import TAKES_DOWN
from staydown.casework.copies import STOPPED, UNDECIDED, CopyState, FoundCopy, Marks
from staydown.casework.decisions import TWO_PERSON_ROLES, Decision
from staydown.casework.dossiers import Dossier
from staydown.casework.notices import Notice
from staydown.casework.outcomes import Tally
from staydown.casework.records import PastDecision
from staydown.casework.views import QueueLine
from staydown.digests import Digest
from staydown.errors import FiledAlready, NotFound
from staydown.ids import CaseId, CopyId, EntryId, NoticeId
from staydown.storage import outbox
from staydown.storage.changes import Changing
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import (
    CaseRow,
    CommandRow,
    CopyRow,
    DeadlineRow,
    DecisionRow,
    EntryRow,
    PlaceRow,
)
from staydown.storage.notices import pack_notice, unpack_notice
from staydown.storage.reasons import open_reason, seal_reason
from staydown.storage.rows import (
    case_of,
    copy_of,
    entry_of,
    past_of,
    row_of_case,
    row_of_copy,
    row_of_decision,
    rows_of_deadlines,
)
from staydown.storage.transactions import atomically, locked
from staydown.storage.vault import DatabaseVault
from staydown.storage.waiting import waiting_cases

NOTICE = "notice"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseStore:
    """The store."""

    vault: DatabaseVault
    journal: DatabaseJournal
    changing: Changing

    def atomically(self) -> AbstractContextManager[None]:
        """One durable transaction."""
        return atomically()

    def dossier(self, case_id: CaseId) -> Dossier:
        """The case, locked inside a transaction, with its copies and entries. Raises NotFound."""
        row = locked(CaseRow.objects.filter(id=case_id)).first()
        if row is None:
            raise NotFound("no such case")
        asked = CommandRow.objects.filter(
            case=case_id, kind__in=TAKES_DOWN, acknowledged_at=None
        ).exists()
        return replace(_dossier(row), is_asked=asked)

    def to_decide(self, case_id: CaseId) -> Dossier:
        """The dossier, knowing what other cases stop. All copies of its contents are locked.

        In the order of their numbers, so that two cases which share some do not wait for each
        other for ever.
        """
        dossier = self.dossier(case_id)
        own = CopyRow.objects.filter(case_id=case_id).values("content_ref")
        shared = locked(CopyRow.objects.filter(content_ref__in=own).order_by("number"))
        stopped = frozenset(
            row.content_ref for row in shared if row.case_id != case_id and row.state in STOPPED
        )
        return replace(dossier, stopped_elsewhere=stopped)

    def case_of_copy(self, copy_id: CopyId) -> CaseId:
        """Raises NotFound."""
        row = CopyRow.objects.filter(copy=copy_id).first()
        if row is None:
            raise NotFound("no such copy")
        return CaseId(row.case_id)

    def case_of_entry(self, entry_id: EntryId) -> CaseId:
        """Raises NotFound, also for an entry that belongs to no case or is forgotten."""
        row = EntryRow.objects.filter(id=entry_id, is_forgotten=False).first()
        if row is None or row.case_id is None:
            raise NotFound("no such entry")
        return CaseId(row.case_id)

    def waiting(self) -> Sequence[QueueLine]:
        """Cases to review, those that only a person can look at, and those a law wants answered."""
        return waiting_cases()

    def unconfirmed(self) -> Sequence[Dossier]:
        """Cases with an entry made of a decided copy that waits for a second person."""
        rows = CaseRow.objects.filter(
            entries__role__in=TWO_PERSON_ROLES,
            entries__status=EntryStatus.UNREVIEWED,
            entries__is_forgotten=False,
        )
        return _dossiers(rows.distinct())

    def overdue(self, at: datetime) -> Sequence[FoundCopy]:
        """Held copies whose time is over, the longest overdue first."""
        return overdue_copies(at)

    def timed(self) -> Sequence[Case]:
        """Cases whose clock runs, oldest first."""
        return running_cases()

    def stopped(self) -> Sequence[Case]:
        """Cases whose clock has stopped, oldest first."""
        return stopped_cases()

    def keep_case(self, case: Case) -> None:
        """Write what changes of a case, its deadlines too."""
        _save_case(case)
        for owed in case.deadlines:
            same = DeadlineRow.objects.filter(case_id=case.id, regime=owed.regime, duty=owed.duty)
            same.update(due_at=owed.due_at)

    def open_case(self, case: Case, notice: Notice, *, secret: Digest, form: Digest | None) -> None:
        """Keep a fresh case; the notice's words go into the vault. Raises FiledAlready."""
        try:
            with transaction.atomic():
                row_of_case(case, secret, form).save(force_insert=True)
                DeadlineRow.objects.bulk_create(rows_of_deadlines(case))
        except IntegrityError as error:  # one form twice at once: the database lets one in
            raise FiledAlready("this form was sent before: its notice is filed already") from error
        self.vault.put(notice.id, NOTICE, pack_notice(notice))

    def case_of_form(self, form: Digest) -> Case | None:
        """The case that was opened by the form whose token has this digest, if one was."""
        row = CaseRow.objects.filter(form=form).first()
        return case_of(row) if row else None

    def mark_places(self, case_id: CaseId, places: Sequence[Digest]) -> None:
        """Keep the marks of places, each once."""
        rows = (PlaceRow(case_id=case_id, mark=mark) for mark in dict.fromkeys(places))
        PlaceRow.objects.bulk_create(rows, ignore_conflicts=True)

    def related(self, case_id: CaseId) -> Sequence[CaseId]:
        """The other open cases of which a place has the same mark, oldest first."""
        own = PlaceRow.objects.filter(case_id=case_id).values("mark")
        rows = CaseRow.objects.filter(places__mark__in=own).exclude(id=case_id)
        rows = rows.exclude(state__in=CLOSED)
        return [CaseId(row.id) for row in rows.distinct().order_by("opened_at", "id")]

    def keep_notice(self, notice: Notice) -> None:
        """Seal it anew under the same key. Raises KeyGone."""
        self.vault.put(notice.id, NOTICE, pack_notice(notice))

    def secret_of(self, case_id: CaseId) -> Digest:
        """Raises NotFound."""
        kept = CaseRow.objects.filter(id=case_id).values_list("secret", flat=True).first()
        if kept is None:
            raise NotFound("no such case")
        return Digest(kept)

    def notice(self, notice_id: NoticeId) -> Notice:
        """Raises NotFound, or KeyGone once it was withdrawn."""
        return unpack_notice(self.vault.open(notice_id, NOTICE))

    def past(self, case: Case) -> Sequence[PastDecision]:
        """The decisions of this case, oldest first."""
        rows = DecisionRow.objects.filter(case_id=case.id).order_by("pk")
        return [past_of(row, open_reason(self.vault, case.notice, row.pk)) for row in rows]

    def keep_copy(self, copy: FoundCopy, case: Case, *, marks: Marks) -> None:
        """Keep a fresh found copy and its case's state; an older one gives its mark up."""
        CopyRow.objects.filter(mark=marks.upload, case_id=case.id).update(mark=None)
        row_of_copy(copy, marks).save(force_insert=True)
        _save_case(case)

    def change_copy(self, copy: FoundCopy, case: Case) -> None:
        """Write what became of a copy, and its case's state."""
        _save_copy(copy)
        _save_case(case)

    def copies_marked(self, upload: Digest) -> Sequence[FoundCopy]:
        """The copies made of the same upload before, oldest first."""
        return [copy_of(row) for row in CopyRow.objects.filter(mark=upload).order_by("number")]

    def tally(self, entry_id: EntryId, pixels: Digest) -> Tally:
        """What nobody decided of the copies that this entry found."""
        undecided = CopyRow.objects.filter(entry=entry_id, state__in=UNDECIDED)
        held = undecided.exclude(state=CopyState.UNHELD)
        return Tally(
            pictures=held.values("picture").distinct().count(),
            of_this=held.filter(pixels=pixels).count(),
            unheld=undecided.filter(state=CopyState.UNHELD).count(),
            accounts=held.exclude(account_ref=None).values("account_ref").distinct().count(),
        )

    def picture_kept(self, entry_id: EntryId, pixels: Digest) -> CopyId | None:
        """Under which copy's id this entry's undecided copies of these pixels have their picture.

        Of decided ones it may be gone, or go soon.
        """
        same = CopyRow.objects.filter(entry=entry_id, pixels=pixels, state__in=UNDECIDED)
        row = same.order_by("number").first()
        return CopyId(row.picture) if row else None

    def record(self, decision: Decision) -> None:
        """Write all of a decision in the transaction that is open; the chain last."""
        occasion, follows = decision.occasion, decision.follows
        _save_case(decision.case)
        for copy in follows.copies:
            _save_copy(copy)
        self._keep_choice(decision)
        for change in follows.changes:
            self.changing.make(change)
        for fact in follows.facts:
            self.journal.append(fact, by=occasion.by, at=occasion.at)
        for effect in follows.effects:
            outbox.post(effect, at=occasion.at)

    def _keep_choice(self, decision: Decision) -> None:
        if decision.reason is None:
            return
        row = row_of_decision(decision)
        row.save()
        seal_reason(self.vault, decision.case.notice, row.pk, decision.reason)


def running_cases() -> list[Case]:
    """Cases whose clock runs, oldest first."""
    return _timed(clock_stopped_at=None)


def stopped_cases(**more: object) -> list[Case]:
    """Cases whose clock has stopped, oldest first; `more` narrows them."""
    return _timed(clock_stopped_at__isnull=False, **more)


def _timed(**more: object) -> list[Case]:
    rows = CaseRow.objects.filter(deadlines__isnull=False, **more).distinct()
    return [case_of(row) for row in rows.prefetch_related("deadlines").order_by("opened_at")]


def overdue_copies(at: datetime) -> list[FoundCopy]:
    """Held copies whose time is over by `at`, the longest overdue first."""
    rows = CopyRow.objects.filter(state=CopyState.HELD, held_until__lte=at)
    return [copy_of(row) for row in rows.order_by("held_until")]


def _dossiers(rows: models.QuerySet[CaseRow]) -> list[Dossier]:
    together = rows.prefetch_related("copies", "entries", "deadlines").order_by("opened_at")
    return [_dossier(row) for row in together]


def _dossier(row: CaseRow) -> Dossier:
    copies = sorted(row.copies.all(), key=lambda copy: copy.number)
    entries = sorted(row.entries.all(), key=lambda entry: (entry.added_at, entry.id))
    return Dossier(
        case=case_of(row),
        copies=tuple(copy_of(copy) for copy in copies),
        entries=tuple(entry_of(entry) for entry in entries if not entry.is_forgotten),
    )


def _save_case(case: Case) -> None:
    CaseRow.objects.filter(id=case.id).update(
        state=case.state,
        confirmed_at=case.confirmed_at,
        looked_at=case.looked_at,
        clock_stopped_at=case.clock_stopped_at,
        escalated=case.escalated,
        lacks=list(case.lacks),
        completed_at=case.completed_at,
    )


def _save_copy(copy: FoundCopy) -> None:
    CopyRow.objects.filter(copy=copy.id).update(
        state=copy.state, held_until=copy.held_until, remembered_as=copy.remembered_as
    )
