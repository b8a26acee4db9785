"""Taking a notice: from what a person typed and uploaded to a receipt that nothing can undo.

Decoding, fingerprinting, packing and sealing happen before the transaction, but for a few words;
the receipt is given only once notice, originals and entries are durable. A form's token is as good
as the secret that follows from it, and like it kept as a digest only: whoever sends the same form
again soon gets the same receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from staydown.audit.entries import EntryAdded, Fact, NoticeReceived, NoticeSentElsewhere
from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.casework.cases import Case, State
from staydown.casework.deadlines import start_clocks
from staydown.casework.elsewhere import POINTERS, SentElsewhere
from staydown.casework.notices import Notice, NoticeForm, parse_notice
from staydown.casework.originals import Original, open_originals
from staydown.casework.people import SYSTEM
from staydown.casework.ports import EntryBank, Journal, Store, Vault
from staydown.casework.reasons import SALT_BYTES
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.digests import Digest, canonical, commit, sha256
from staydown.engine.darkroom import Darkroom
from staydown.errors import FiledAlready
from staydown.ids import (
    ActorId,
    CaseId,
    EntryId,
    FormToken,
    NoticeId,
    Randomness,
    new_id,
    new_secret,
    secret_of_form,
    system_randomness,
)
from staydown.policy.packs import Start
from staydown.sealing.envelope import Parcel

SHOWN_AGAIN_FOR = timedelta(minutes=10)
"""How long after filing the same form, sent again, still shows its receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the notifier keeps. The secret is kept nowhere here, and cannot be recovered."""

    case: CaseId
    secret: str = field(repr=False)
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What is kept of the originals, ready to be written: the files, and an entry for each."""

    files: Parcel | None
    entries: tuple[tuple[Entry, Parcel], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Takes notices."""

    store: Store
    vault: Vault
    journal: Journal
    bank: EntryBank
    clock: Clock
    rules: Rules
    darkroom: Darkroom
    randomness: Randomness = system_randomness

    def file(
        self, form: NoticeForm, originals: Sequence[bytes], *, token: FormToken | None = None
    ) -> Receipt | SentElsewhere:
        """File a notice with its innocent originals (files as uploaded, at most MAX_ORIGINALS).

        A form whose `token` was filed before files nothing: it gets the same receipt for
        SHOWN_AGAIN_FOR, then FiledAlready. Raises BadNotice, naming every field that is wrong at
        once. Without originals, or where they may not be kept, it is taken too, and waits for a
        person, since nothing can be recognised; then it must name a location.
        """
        at = self.clock.now()
        if form.belongs_elsewhere:  # asked first: no original is even opened
            self._send_elsewhere(at)
            return SentElsewhere(pointers=POINTERS)
        if token is None:
            opened = open_originals(form, originals, self.darkroom)
            return self._file(form, opened, new_secret(self.randomness), at)
        return self._file_once(form, originals, token, at)

    def _file_once(
        self, form: NoticeForm, originals: Sequence[bytes], token: FormToken, at: datetime
    ) -> Receipt:
        if again := self._find_receipt(token, at):
            return again
        opened = open_originals(form, originals, self.darkroom)
        try:
            return self._file(form, opened, secret_of_form(token), at, form_digest=_digest(token))
        except FiledAlready:  # two came at once, and the other one was first
            if again := self._find_receipt(token, at):
                return again
            raise

    def _find_receipt(self, token: FormToken, at: datetime) -> Receipt | None:
        """The receipt of the notice that this form filed, if it did. Raises FiledAlready.

        What was taken back has no receipt: nothing is watched for any more.
        """
        case = self.store.case_of_form(_digest(token))
        if case is None:
            return None
        if at - case.opened_at > SHOWN_AGAIN_FOR or case.state is State.WITHDRAWN:
            raise FiledAlready("this form was sent before: its notice is filed already")
        return Receipt(case=case.id, secret=secret_of_form(token), received_at=case.opened_at)

    def _file(
        self,
        form: NoticeForm,
        opened: Sequence[Original],
        secret: str,
        at: datetime,
        form_digest: Digest | None = None,
    ) -> Receipt:
        """Keep it all in one transaction. Raises FiledAlready."""
        case = self._new_case(form, at)
        notice = parse_notice(form, id=case.notice, case=case.id, at=at)
        sealed = self._seal(case, opened)
        with self.store.atomically():
            self.store.open_case(case, notice, secret=_digest(secret), form=form_digest)
            self._keep(sealed)
            added = [_added(entry, case) for entry, _ in sealed.entries]
            self._log(case, self._commit(notice), *added)  # last: whoever logs holds up all others
        return Receipt(case=case.id, secret=secret, received_at=at)

    def _new_case(self, form: NoticeForm, at: datetime) -> Case:
        fresh = Case(
            id=CaseId(new_id("case", self.randomness)),
            notice=NoticeId(new_id("notice", self.randomness)),
            notifier=ActorId(new_id("notifier", self.randomness)),
            state=State.RECEIVED,
            opened_at=at,
            keeps_photo=form.may_keep_photo,
        )
        return start_clocks(fresh, self.rules.law, Start.NOTICE)

    def _send_elsewhere(self, at: datetime) -> None:
        with self.store.atomically():
            self.journal.append(NoticeSentElsewhere(), by=SYSTEM, at=at)

    def _commit(self, notice: Notice) -> NoticeReceived:
        """A commitment to what was said; its salt is sealed with it, and goes with it."""
        salt = self.randomness(SALT_BYTES)
        self.vault.put(notice.id, "salt", salt)
        content = commit(canonical([notice.statement, *notice.locations]), salt)
        return NoticeReceived(case=notice.case, notice=notice.id, content=content)

    def _seal(self, case: Case, opened: Sequence[Original]) -> Sealed:
        """What takes long, done while nobody waits for us."""
        files = {
            f"original/{number}": original.data
            for number, original in enumerate(opened, 1)
            if original.data is not None
        }
        entries = [(self._new_entry(case), original.known) for original in opened]
        return Sealed(
            files=self.vault.pack(case.id, files) if files else None,
            entries=tuple((entry, self.bank.pack(entry.id, known)) for entry, known in entries),
        )

    def _new_entry(self, case: Case) -> Entry:
        return Entry(
            id=EntryId(new_id("entry", self.randomness)),
            role=EntryRole.ORIGINAL,
            source=EntrySource.NOTICE,
            status=EntryStatus.UNREVIEWED,
            name=None,
            case=case.id,
            added_at=case.opened_at,
            added_by=case.notifier,
            expires_at=None,
        )

    def _keep(self, sealed: Sealed) -> None:
        if sealed.files:
            self.vault.keep(sealed.files)
        for entry, parcel in sealed.entries:
            self.bank.keep(entry, parcel)

    def _log(self, case: Case, *facts: Fact) -> None:
        for fact in facts:
            self.journal.append(fact, by=case.notifier, at=case.opened_at)


def _added(entry: Entry, case: Case) -> EntryAdded:
    return EntryAdded(entry=entry.id, role=entry.role, case=case.id)


def _digest(text: str) -> Digest:
    return sha256(text.encode())
