"""Taking a notice: from what a person typed and uploaded to a receipt that nothing can undo.

Decoding, fingerprinting, packing and sealing happen before the transaction, but for a few words;
the receipt is given only once notice, originals and entries are durable. A form's token is as good
as the secret that follows from it, and like it kept as a digest only: whoever sends the same form
again soon gets the same receipt.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from staydown.audit.entries import (
    EntryAdded,
    EntryQuarantined,
    Fact,
    NoticeReceived,
    NoticeSentElsewhere,
)
from staydown.bank.entries import Entry, EntrySource, EntryStatus
from staydown.casework.cases import Case, State
from staydown.casework.deadlines import start_clocks, started
from staydown.casework.elements import lacking, same_place
from staydown.casework.elsewhere import POINTERS, SentElsewhere
from staydown.casework.handing_on import HandingOn, read_places
from staydown.casework.notices import (
    Notice,
    NoticeForm,
    Sender,
    parse_notice,
    parse_order_due,
)
from staydown.casework.originals import Original, open_originals
from staydown.casework.people import SYSTEM
from staydown.casework.ports import EntryBank, Journal, Store, Vault
from staydown.casework.reasons import SALT_BYTES
from staydown.casework.recovery import draw_kindly
from staydown.casework.restraining import Restraining
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
from staydown.policy.packs import Element, Start
from staydown.sealing.envelope import Parcel

SHOWN_AGAIN_FOR = timedelta(minutes=10)
"""How long after filing the same form, sent again, still shows its receipt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What the notifier keeps. The secret is kept nowhere here, and cannot be recovered.

    `due_at` is when the strictest law wants it done, if one gives a number; `missing` is what a law
    asks for and the notice has not: it is asked for with the receipt, once, and holds nothing up.
    """

    case: CaseId
    secret: str = field(repr=False)
    received_at: datetime
    due_at: datetime | None = None
    missing: tuple[Element, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sealed:
    """What is kept of the originals, ready to be written: the files, and an entry for each."""

    files: Parcel | None
    entries: tuple[tuple[Entry, Parcel], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """When a notice came, and whether its originals may hold before a reviewer looked."""

    at: datetime
    holds: bool

    @property
    def status(self) -> EntryStatus:
        """That of the entries made of its originals."""
        return EntryStatus.UNREVIEWED if self.holds else EntryStatus.QUARANTINED


@dataclass(frozen=True, slots=True, kw_only=True)
class Filing:
    """Takes notices."""

    store: Store
    vault: Vault
    journal: Journal
    bank: EntryBank
    clock: Clock
    rules: Rules
    handing_on: HandingOn
    restraining: Restraining
    darkroom: Darkroom
    randomness: Randomness = system_randomness

    def file(
        self,
        form: NoticeForm,
        originals: Sequence[bytes],
        *,
        token: FormToken | None = None,
        is_in_a_flood: bool = False,
    ) -> Receipt | SentElsewhere:
        """File a notice with its innocent originals (files as uploaded, at most MAX_ORIGINALS).

        A form whose `token` was filed before files nothing: it gets the same receipt for
        SHOWN_AGAIN_FOR, then FiledAlready. Raises BadNotice, naming every field that is wrong at
        once. Without originals, or where they may not be kept, it is taken too, and waits for a
        person, since nothing can be recognised; then it must name a location.

        One of many that came from one place at once, `is_in_a_flood`, or of somebody suspended, is
        taken and answered as any other; its originals hold nothing until a reviewer confirms them.
        """
        at = self.clock.now()
        if form.belongs_elsewhere:  # asked first: no original is even opened
            return self._send_elsewhere(form, at)
        holds = not (is_in_a_flood or self.restraining.is_suspended(form.contact))
        arrival = Arrival(at=at, holds=holds)
        if token is None:
            opened = open_originals(form, originals, self.darkroom)
            secret = draw_kindly(lambda: new_secret(self.randomness))
            return self._file(form, opened, secret, arrival)
        return self._file_once(form, originals, token, arrival)

    def _file_once(
        self,
        form: NoticeForm,
        originals: Sequence[bytes],
        token: FormToken,
        arrival: Arrival,
    ) -> Receipt:
        if again := self._find_receipt(token, arrival.at):
            return again
        opened = open_originals(form, originals, self.darkroom)
        try:
            secret = secret_of_form(token)
            return self._file(form, opened, secret, arrival, form_digest=_digest(token))
        except FiledAlready:  # two came at once, and the other one was first
            if again := self._find_receipt(token, arrival.at):
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
        return Receipt(
            case=case.id,
            secret=secret_of_form(token),
            received_at=case.opened_at,
            due_at=due_at(case),
            missing=case.lacks,
        )

    def _file(
        self,
        form: NoticeForm,
        opened: Sequence[Original],
        secret: str,
        arrival: Arrival,
        form_digest: Digest | None = None,
    ) -> Receipt:
        """Keep it all in one transaction. Raises FiledAlready."""
        fresh = self._new_case(form, arrival.at)
        notice = parse_notice(form, id=fresh.notice, case=fresh.id, at=arrival.at)
        case = self._under_law(fresh, form, notice)
        places = tuple(self.vault.mark(mark_of_place(one)) for one in notice.locations)
        sealed = self._seal(case, opened, arrival.status)
        with self.store.atomically():
            self.store.open_case(case, notice, secret=_digest(secret), form=form_digest)
            self.store.mark_places(case.id, places)
            self._keep(sealed)
            added = [fact for entry, _ in sealed.entries for fact in _added(entry, case)]
            # last: whoever logs holds up all others
            self._log(case, self._commit(notice), *started(case), *added)
        return Receipt(
            case=case.id,
            secret=secret,
            received_at=arrival.at,
            due_at=due_at(case),
            missing=case.lacks,
        )

    def _under_law(self, case: Case, form: NoticeForm, notice: Notice) -> Case:
        """With the clocks that such a notice starts, and what is missing in it by law."""
        law, is_order = self.rules.law, notice.sender is Sender.AUTHORITY
        start = Start.ORDER if is_order else Start.NOTICE
        clocked = start_clocks(case, law, start, parse_order_due(form))
        lacks = () if is_order else lacking(notice, law.applying(case.opened_at))
        return replace(clocked, lacks=lacks, sender=notice.sender)

    def _new_case(self, form: NoticeForm, at: datetime) -> Case:
        return Case(
            id=CaseId(new_id("case", self.randomness)),
            notice=NoticeId(new_id("notice", self.randomness)),
            notifier=ActorId(new_id("notifier", self.randomness)),
            state=State.RECEIVED,
            opened_at=at,
            keeps_photo=form.may_keep_photo,
        )

    def _send_elsewhere(self, form: NoticeForm, at: datetime) -> SentElsewhere:
        """Keep where it is, if that was said, to be handed on; nothing else is even read."""
        places, digests = read_places(form.locations, form.digests)
        with self.store.atomically():
            self.journal.append(NoticeSentElsewhere(), by=SYSTEM, at=at)
            kept = self.handing_on.receive(places, digests) if places or digests else None
        return SentElsewhere(pointers=POINTERS, hand_off=kept)

    def _commit(self, notice: Notice) -> NoticeReceived:
        """A commitment to what was said; its salt is sealed with it, and goes with it."""
        salt = self.randomness(SALT_BYTES)
        self.vault.put(notice.id, "salt", salt)
        content = commit(canonical([notice.statement, *notice.locations]), salt)
        return NoticeReceived(case=notice.case, notice=notice.id, content=content)

    def _seal(self, case: Case, opened: Sequence[Original], status: EntryStatus) -> Sealed:
        """What takes long, done while nobody waits for us."""
        files = {
            f"original/{number}": original.data
            for number, original in enumerate(opened, 1)
            if original.data is not None
        }
        entries = [(self._new_entry(case, one, status), one.known) for one in opened]
        return Sealed(
            files=self.vault.pack(case.id, files) if files else None,
            entries=tuple((entry, self.bank.pack(entry.id, known)) for entry, known in entries),
        )

    def _new_entry(self, case: Case, original: Original, status: EntryStatus) -> Entry:
        return Entry(
            id=EntryId(new_id("entry", self.randomness)),
            role=original.role,
            source=EntrySource.NOTICE,
            status=original.status_from(status),
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


def _added(entry: Entry, case: Case) -> tuple[Fact, ...]:
    added = EntryAdded(entry=entry.id, role=entry.role, case=case.id)
    if entry.status is not EntryStatus.QUARANTINED:
        return (added,)
    return added, EntryQuarantined(entry=entry.id, case=case.id)


def due_at(case: Case) -> datetime | None:
    """When the strictest law wants it done; None where no law gives a number."""
    return case.governing.due_at if case.governing else None


def mark_of_place(location: str) -> bytes:
    """What a keyed digest is made of, by which two notices about one place are seen to be so."""
    return b"place\0" + same_place(location).encode()


def _digest(text: str) -> Digest:
    return sha256(text.encode())
