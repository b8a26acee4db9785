"""Taking a notice: from what a person typed and uploaded to a receipt that nothing can undo.

Decoding and fingerprinting happen before the transaction, packing and sealing in it; the receipt is
given only once notice, originals and entries are durable. A form's token is as good as the secret
that follows from it, and like it kept as a digest only: whoever sends the same form again soon gets
the same receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from staydown.audit.entries import EntryAdded, Fact, NoticeReceived, NoticeSentElsewhere
from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.shelf import Bank
from staydown.casework.cases import Case, State
from staydown.casework.elsewhere import POINTERS, SentElsewhere
from staydown.casework.notices import MAX_ORIGINALS, Notice, NoticeForm, check_form, parse_notice
from staydown.casework.people import SYSTEM
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.reasons import SALT_BYTES
from staydown.clock import Clock
from staydown.digests import Digest, canonical, commit, sha256
from staydown.engine.comparison import why_not_comparable
from staydown.engine.features import no_features
from staydown.engine.pictures import LIMITS, Limits, open_picture
from staydown.engine.subjects import Known, know
from staydown.errors import BadNotice, BadPicture, FieldProblem, FiledAlready
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

SHOWN_AGAIN_FOR = timedelta(minutes=10)
"""How long after filing the same form, sent again, still shows its receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the notifier keeps. The secret is kept nowhere here, and cannot be recovered."""

    case: CaseId
    secret: str = field(repr=False)
    received_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Original:
    """One uploaded original, as it came, unless that may not be kept, and as it will be known."""

    data: bytes | None = field(repr=False)
    known: Known = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Takes notices."""

    store: Store
    vault: Vault
    journal: Journal
    bank: Bank
    clock: Clock
    limits: Limits = LIMITS
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
            return self._file(form, self._open(form, originals), new_secret(self.randomness), at)
        return self._file_once(form, originals, token, at)

    def _file_once(
        self, form: NoticeForm, originals: Sequence[bytes], token: FormToken, at: datetime
    ) -> Receipt:
        if again := self._find_receipt(token, at):
            return again
        opened = self._open(form, originals)
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
        with self.store.atomically():
            self.store.open_case(case, notice, secret=_digest(secret), form=form_digest)
            kept = [self._keep(case, original, number) for number, original in enumerate(opened, 1)]
            self._log(case, self._commit(notice), *kept)  # last: whoever logs holds up all others
        return Receipt(case=case.id, secret=secret, received_at=at)

    def _new_case(self, form: NoticeForm, at: datetime) -> Case:
        return Case(
            id=CaseId(new_id("case", self.randomness)),
            notice=NoticeId(new_id("notice", self.randomness)),
            notifier=ActorId(new_id("notifier", self.randomness)),
            state=State.RECEIVED,
            opened_at=at,
            keeps_photo=form.may_keep_photo,
        )

    def _open(self, form: NoticeForm, originals: Sequence[bytes]) -> list[Original]:
        """Every original, looked at.

        Raises BadNotice with the form's problems beside the pictures'.
        """
        problems = list(check_form(form))
        if len(originals) > MAX_ORIGINALS:
            problems.append(_about_originals(f"at most {MAX_ORIGINALS} pictures at once"))
        problems += _nothing_to_go_by(form, originals)
        if problems:
            raise BadNotice(*problems)
        opened: list[Original] = []
        for number, data in enumerate(originals, start=1):
            try:
                opened.append(self._know(data, is_kept=form.may_keep_photo))
            except BadPicture as error:
                problems.append(_about_originals(f"picture {number}: {error}"))
        if problems:
            raise BadNotice(*problems)
        return opened

    def _know(self, data: bytes, *, is_kept: bool) -> Original:
        """One original, as it will be recognised. Raises BadPicture, also where nothing can be.

        Without consent nothing is kept that shows anything: digests and PDQ alone.
        """
        known = know(open_picture(data, self.limits))
        if why_not_comparable(known.fingerprint):
            raise BadPicture("too small or too plain to be recognised: choose another one")
        if is_kept:
            return Original(data=data, known=known)
        hashes = replace(known.fingerprint, features=no_features())
        return Original(data=None, known=replace(known, fingerprint=hashes, proxy=None))

    def _send_elsewhere(self, at: datetime) -> None:
        with self.store.atomically():
            self.journal.append(NoticeSentElsewhere(), by=SYSTEM, at=at)

    def _commit(self, notice: Notice) -> NoticeReceived:
        """A commitment to what was said; its salt is sealed with it, and goes with it."""
        salt = self.randomness(SALT_BYTES)
        self.vault.put(notice.id, "salt", salt)
        content = commit(canonical([notice.statement, *notice.locations]), salt)
        return NoticeReceived(case=notice.case, notice=notice.id, content=content)

    def _keep(self, case: Case, original: Original, number: int) -> EntryAdded:
        entry = Entry(
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
        if original.data is not None:
            self.vault.put(case.id, f"original/{number}", original.data)
        self.bank.add(entry, original.known)
        return EntryAdded(entry=entry.id, role=entry.role, case=case.id)

    def _log(self, case: Case, *facts: Fact) -> None:
        for fact in facts:
            self.journal.append(fact, by=case.notifier, at=case.opened_at)


def _nothing_to_go_by(form: NoticeForm, originals: Sequence[bytes]) -> tuple[FieldProblem, ...]:
    """Where no machine can look for copies, a person has to know where to look."""
    if any(location.strip() for location in form.locations):
        return ()
    if not originals:
        return (_about_originals("add the original picture, or say where the copy is"),)
    if form.keeps_photo == "no":
        what = "say where the copy is: without a kept photo nobody can look for it"
        return (FieldProblem(field="locations", what=what),)
    return ()


def _digest(text: str) -> Digest:
    return sha256(text.encode())


def _about_originals(what: str) -> FieldProblem:
    return FieldProblem(field="originals", what=what)
