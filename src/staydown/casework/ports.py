"""What the use cases need from outside, as protocols: `storage` implements them over a database.

Whatever is written between the start and the end of `Store.atomically()` is durable at its end, or
none of it happened.
"""

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol

from staydown.audit.chain import Entry as AuditEntry
from staydown.audit.chain import Intact
from staydown.audit.entries import Fact
from staydown.bank.entries import Entry
from staydown.bank.shelf import Bank
from staydown.casework.cases import Case
from staydown.casework.changes import Effect
from staydown.casework.commands import Command
from staydown.casework.copies import FoundCopy, Marks
from staydown.casework.decisions import Decision
from staydown.casework.dossiers import Dossier
from staydown.casework.notices import Notice
from staydown.casework.outcomes import Tally
from staydown.casework.people import Platform, Scope
from staydown.casework.records import PastDecision
from staydown.casework.views import QueueLine
from staydown.digests import Digest
from staydown.engine.subjects import Known
from staydown.ids import ActorId, CaseId, CommandId, CopyId, EntryId, NoticeId
from staydown.sealing.envelope import Parcel


class Store(Protocol):
    """Cases and their found copies."""

    def atomically(self) -> AbstractContextManager[None]:
        """One durable transaction; inside it, two writers of the same case wait for each other."""
        ...

    def dossier(self, case_id: CaseId) -> Dossier:
        """The case with its copies and entries, locked until the transaction ends.

        Raises NotFound.
        """
        ...

    def to_decide(self, case_id: CaseId) -> Dossier:
        """The dossier with what other cases stop of its contents, all of it locked.

        Of two cases that let the same content go at once, the later one sees what the earlier did.
        Raises NotFound.
        """
        ...

    def case_of_copy(self, copy_id: CopyId) -> CaseId:
        """Which case a found copy belongs to. Raises NotFound."""
        ...

    def case_of_entry(self, entry_id: EntryId) -> CaseId:
        """Which case an entry belongs to. Raises NotFound."""
        ...

    def waiting(self) -> Sequence[QueueLine]:
        """The cases in which a reviewer acts next, in any order; asked in a few questions."""
        ...

    def unconfirmed(self) -> Sequence[Dossier]:
        """The cases with an entry of role `removed` that waits for a second person."""
        ...

    def overdue(self, at: datetime) -> Sequence[FoundCopy]:
        """Copies whose hold has ended by `at`, and that nobody decided."""
        ...

    def timed(self) -> Sequence[Case]:
        """The cases whose clock runs, oldest first."""
        ...

    def stopped(self) -> Sequence[Case]:
        """The cases whose clock ran and has stopped, oldest first."""
        ...

    def keep_case(self, case: Case) -> None:
        """Write a case that was kept before, without what is fixed at its opening."""
        ...

    def open_case(self, case: Case, notice: Notice, *, secret: Digest, form: Digest | None) -> None:
        """Keep a fresh case and its sealed notice.

        `secret` is the digest of the case's secret, `form` that of the token of the form it came
        by, if by one. Raises FiledAlready if a case of the same form is kept.
        """
        ...

    def case_of_form(self, form: Digest) -> Case | None:
        """The case that was opened by the form whose token has this digest, if one was."""
        ...

    def mark_places(self, case_id: CaseId, places: Sequence[Digest]) -> None:
        """Keep by which keyed digests another notice about the same places is seen to be so."""
        ...

    def related(self, case_id: CaseId) -> Sequence[CaseId]:
        """The other open cases whose notices name a place that this one names too, oldest first."""
        ...

    def keep_notice(self, notice: Notice) -> None:
        """Seal a notice that changed, in the place of what was there. Raises KeyGone."""
        ...

    def secret_of(self, case_id: CaseId) -> Digest:
        """The digest of the case's secret. Raises NotFound."""
        ...

    def notice(self, notice_id: NoticeId) -> Notice:
        """The notice, unsealed. Raises NotFound, or KeyGone once it was withdrawn."""
        ...

    def past(self, case: Case) -> Sequence[PastDecision]:
        """The decisions made in this case, oldest first, with reasons that can still be opened."""
        ...

    def keep_copy(self, copy: FoundCopy, case: Case, *, marks: Marks) -> None:
        """Keep a fresh copy and the case after it.

        A copy that the same case made of the same upload before is not found by its mark any more.
        """
        ...

    def change_copy(self, copy: FoundCopy, case: Case) -> None:
        """Write a copy that was kept before, and the case after it."""
        ...

    def copies_marked(self, upload: Digest) -> Sequence[FoundCopy]:
        """The copies made of the same upload before, one of each case, by `Marks.upload`."""
        ...

    def tally(self, entry_id: EntryId, pixels: Digest) -> Tally:
        """What the entry has to do with already; of this picture by `Marks.pixels`."""
        ...

    def picture_kept(self, entry_id: EntryId, pixels: Digest) -> CopyId | None:
        """Under which copy's id the entry's undecided copies of these pixels have their picture."""
        ...

    def record(self, decision: Decision) -> None:
        """Write all of a decision: the values after it, its facts, changes and effects."""
        ...


class Vault(Protocol):
    """Sealed bytes.

    What is kept under one subject shares one data key, and is forgotten together.
    """

    def pack(self, subject: str, things: Mapping[str, bytes]) -> Parcel:
        """Seal `things`, by name, for a subject that has no key yet; writes nothing.

        For what takes long: done before a transaction begins.
        """
        ...

    def keep(self, parcel: Parcel) -> None:
        """Write a parcel in the transaction that is open."""
        ...

    def put(self, subject: str, name: str, plain: bytes) -> None:
        """Seal `plain` under the key of `subject`, which is made at the first time.

        Raises KeyGone.
        """
        ...

    def open(self, subject: str, name: str) -> bytes:
        """The plain bytes. Raises NotFound, or KeyGone once `subject` was forgotten."""
        ...

    def forget(self, subject: str) -> None:
        """Destroy the key and what it sealed; a tombstone stays. Repeating it changes nothing."""
        ...

    def mark(self, *parts: bytes) -> Digest:
        """A keyed digest by which this installation, and nobody else, recognises a value again.

        The value is all parts one after the other.
        """
        ...


class EntryBank(Bank, Protocol):
    """The bank, where making an entry is told apart from writing it."""

    def pack(self, entry: EntryId, known: Known) -> Parcel:
        """Seal what is known of an entry's picture; writes nothing."""
        ...

    def keep(self, entry: Entry, parcel: Parcel) -> None:
        """Write an entry in the transaction that is open; at its end every search finds it.

        Raises NotAllowed if its id is taken.
        """
        ...

    def drop_forgotten(self) -> None:
        """Let go of what was forgotten, in this process's memory."""
        ...


class Journal(Protocol):
    """The audit chain."""

    def append(self, fact: Fact, *, by: ActorId, at: datetime) -> None:
        """Add one fact at the end, in the transaction that is open."""
        ...

    def entries(self) -> Iterable[AuditEntry]:
        """The whole chain, first entry first."""
        ...

    def verify(self) -> Intact:
        """Check the chain and its head. Raises SealBroken, naming the first break."""
        ...


class CommandShelf(Protocol):
    """Commands to the platform."""

    def open_commands(self) -> Sequence[Command]:
        """Those that the platform has not acknowledged, oldest first."""
        ...

    def command(self, command_id: CommandId) -> Command:
        """One command, locked until the transaction ends. Raises NotFound."""
        ...

    def about(self, case: CaseId, content_ref: str) -> Sequence[Command]:
        """Everything that was asked about one content in one case, oldest first."""
        ...

    def of_case(self, case: CaseId) -> Sequence[Command]:
        """Everything that was asked in one case, oldest first."""
        ...

    def removals(self) -> Sequence[Command]:
        """Everything that was to be removed, oldest first."""
        ...

    def keep_command(self, command: Command) -> None:
        """Write a command that changed."""
        ...


class Outbox(Protocol):
    """Effects that wait to be performed."""

    def due(self, at: datetime) -> Sequence[int]:
        """Numbers of the effects to perform now."""
        ...

    def effect(self, number: int) -> Effect | None:
        """One effect, locked until the transaction ends; None if it was performed meanwhile."""
        ...

    def done(self, number: int) -> None:
        """It was performed; it goes."""
        ...

    def failed(self, number: int, *, at: datetime) -> None:
        """It did not succeed: it is due again later, the later the oftener it failed."""
        ...


class Keys(Protocol):
    """API keys of the platform, of which only digests are kept."""

    def platform(self, secret: str, scope: Scope) -> Platform:
        """Who holds this key.

        Raises NotSignedIn if it is unknown, revoked, or not for `scope`: all sound alike.
        """
        ...

    def holder(self, secret: str) -> ActorId | None:
        """Who holds this key, whatever it is for: to give them their turn, and for nothing else."""
        ...

    def make(self, name: str, scopes: frozenset[Scope]) -> str:
        """A fresh key, shown this once."""
        ...

    def revoke(self, name: str) -> None:
        """The key of that name opens nothing any more. Raises NotFound."""
        ...
