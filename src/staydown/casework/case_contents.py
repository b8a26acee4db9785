"""Gathering everything about one case that may be handed to a court, with what proves it.

No picture is in it, and nothing of another case. Where it was not agreed that the file says who
filed the notice, their name and address are not even gathered.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace

from staydown.audit.chain import Entry as AuditEntry
from staydown.bank.entries import Entry
from staydown.casework.appeals import Appeal, AppealShelf
from staydown.casework.case_files import CaseFile
from staydown.casework.cases import Case
from staydown.casework.commands import Command, CommandKind
from staydown.casework.copies import FoundCopy
from staydown.casework.explaining import AnswerView, Explaining, PosterView
from staydown.casework.notices import Notice
from staydown.casework.ports import CommandShelf, Journal, Store, Vault
from staydown.casework.reasons import Reason
from staydown.casework.records import PastDecision
from staydown.digests import Digest, canonical, commit
from staydown.errors import KeyGone, NotFound
from staydown.ids import CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealRecord:
    """An appeal with what was said in it, and why it was decided so."""

    appeal: Appeal
    words: str | None = field(repr=False)
    answer: str | None = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """What an entry of the chain committed to, and the salt that shows it: `digests.commit`."""

    entry: int
    fact: str
    words: bytes = field(repr=False)
    salt: bytes = field(repr=False)
    commitment: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseContents:
    """What a case file says. `notice` is None once it was taken back: its words are destroyed.

    `chain` are the entries about the case, `openings` what they commit to.
    """

    file: CaseFile
    why: str = field(repr=False)
    case: Case
    notice: Notice | None
    entries: tuple[Entry, ...]
    copies: tuple[FoundCopy, ...]
    past: tuple[PastDecision, ...]
    commands: tuple[Command, ...]
    appeals: tuple[AppealRecord, ...]
    removals: tuple[PosterView, ...]
    answer: AnswerView
    chain: tuple[AuditEntry, ...] = ()
    openings: tuple[Opening, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathering:
    """Reads."""

    store: Store
    shelf: CommandShelf
    appeals: AppealShelf
    explaining: Explaining
    vault: Vault
    journal: Journal

    def gather(self, file: CaseFile, *, why: str) -> CaseContents:
        """All but the proofs, in the transaction that is open. Raises NotFound."""
        dossier = self.store.dossier(file.case)
        commands = tuple(self.shelf.of_case(file.case))
        return CaseContents(
            file=file,
            why=why,
            case=dossier.case,
            notice=self._notice(file, dossier.case),
            entries=dossier.entries,
            copies=dossier.copies,
            past=tuple(self.store.past(dossier.case)),
            commands=commands,
            appeals=tuple(map(self._record, self.appeals.in_case(file.case))),
            removals=tuple(self._removals(commands)),
            answer=self.explaining.answer(dossier),
        )

    def prove(self, contents: CaseContents, said: Iterable[Reason]) -> CaseContents:
        """The same, with the chain's entries about it; outside of a transaction, since it is long.

        `said` are all reasons that were given about the notice.
        """
        chain = tuple(entries_about(contents.case.id, self.journal.entries()))
        committed = {one: entry for entry in chain for one in _commitments(entry)}
        opened = [*_reasons(said), *self._notice_parts(contents)]
        found = (
            Opening(
                entry=committed[commitment].number,
                fact=type(committed[commitment].fact).__name__,
                words=words,
                salt=salt,
                commitment=commitment,
            )
            for words, salt in opened
            if (commitment := commit(words, salt)) in committed
        )
        openings = tuple(sorted(found, key=lambda one: one.entry))
        return replace(contents, chain=chain, openings=openings)

    def _notice(self, file: CaseFile, case: Case) -> Notice | None:
        try:
            notice = self.store.notice(case.notice)
        except KeyGone:
            return None
        return notice if file.names_notifier else replace(notice, signature="", contact="")

    def _record(self, appeal: Appeal) -> AppealRecord:
        shelf = self.appeals
        return AppealRecord(appeal=appeal, words=shelf.words(appeal), answer=shelf.answer(appeal))

    def _removals(self, commands: Sequence[Command]) -> Iterator[PosterView]:
        for command in commands:
            with suppress(NotFound):  # what no decision with findings stands behind has no reasons
                if command.kind is CommandKind.REMOVE:
                    yield self.explaining.removal(command)

    def _notice_parts(self, contents: CaseContents) -> Iterator[tuple[bytes, bytes]]:
        """What was committed to at the receipt, and once it was added to.

        Places that were added later stand behind those of the beginning: how many those were, the
        commitment says.
        """
        notice = contents.notice
        if notice is None:
            return
        places = notice.locations
        with suppress(NotFound):
            salt = self.vault.open(notice.id, "salt")
            for count in range(len(places) + 1):
                yield canonical([notice.statement, *places[:count]]), salt
        if contents.file.names_notifier:
            with suppress(NotFound):
                salt = self.vault.open(notice.id, "salt/completed")
                yield canonical([notice.contact, *places]), salt


def _reasons(said: Iterable[Reason]) -> Iterator[tuple[bytes, bytes]]:
    return ((reason.text.encode(), reason.salt) for reason in said)


def entries_about(case: CaseId, chain: Iterable[AuditEntry]) -> Iterator[AuditEntry]:
    """Those that name the case, and those that name an entry or a command that it got before."""
    own: set[str] = set()
    for entry in chain:
        fact = entry.fact
        named = {str(getattr(fact, name, "")) for name in ("entry", "command")} - {""}
        of_case = getattr(fact, "case", None)
        if of_case == case:
            own |= named
        if of_case == case or (of_case is None and not own.isdisjoint(named)):
            yield entry


def _commitments(entry: AuditEntry) -> Iterator[Digest]:
    named = (getattr(entry.fact, name, None) for name in ("reason", "content"))
    return (one for one in named if one is not None)
