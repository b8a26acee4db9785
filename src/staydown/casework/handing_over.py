"""Having everything about a case written down for a court: asked for by a lead, agreed by another.

What is asked for is noted in the audit chain at every step, and once more before it is written.
"""

from dataclasses import dataclass, field

from staydown.audit.duties import CaseFileAgreed, CaseFileAsked, CaseFileMade, CaseFileRefused
from staydown.audit.entries import Fact
from staydown.casework.access import Permission, has, require_person
from staydown.casework.case_contents import Gathering
from staydown.casework.case_files import CaseFile, CaseFileShelf, FileMove, FileState
from staydown.casework.case_papers import Paper, write_papers
from staydown.casework.people import COMMAND_LINE, Person, Viewer
from staydown.casework.ports import Journal, Store
from staydown.casework.reasons import SALT_BYTES, Reason, give_reason
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.digests import Digest, sha256
from staydown.errors import NotAllowed
from staydown.ids import ActorId, CaseFileId, CaseId, Randomness, new_id, system_randomness

NOBODY_AGREED = (
    "nobody agreed to a file of this case: a lead asks for one on its page at the desk, and a "
    "second person agrees; that lasts for a week"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FileView:
    """The case file that was asked for last, and what the viewer may do."""

    file: CaseFile | None
    reason: str | None
    may_ask: bool
    moves: tuple[FileMove, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A case file, and why it was asked for; `digest` is that of its list, as in the chain."""

    papers: tuple[Paper, ...]
    digest: Digest
    why: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Live:
    """A case file that may still be agreed to or made, and why it was asked for."""

    file: CaseFile
    reason: Reason = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver:
    """Has case files asked for, agreed to, and made."""

    store: Store
    shelf: CaseFileShelf
    gathering: Gathering
    journal: Journal
    clock: Clock
    rules: Rules
    randomness: Randomness = system_randomness

    def look(self, case_id: CaseId, viewer: Viewer) -> FileView:
        """How it stands. Raises NotFound."""
        person = require_person(viewer, Permission.AGREE_TO_FILE)
        self.store.dossier(case_id)
        live = self._live(case_id)
        if live is None:
            may_ask = has(person, Permission.ASK_FOR_FILE)
            return FileView(file=None, reason=None, may_ask=may_ask, moves=())
        return FileView(
            file=live.file,
            reason=live.reason.text,
            may_ask=False,
            moves=self._moves(live.file, person),
        )

    def waiting(self, viewer: Viewer) -> tuple[CaseFile, ...]:
        """Those that wait for a second person, oldest first. Raises NotFound."""
        require_person(viewer, Permission.AGREE_TO_FILE)
        return tuple(file for file in self.shelf.asked() if self._still_open(file))

    def ask(self, case_id: CaseId, *, reason: str, names_notifier: bool, by: Viewer) -> CaseFile:
        """Ask for one, saying for whom and why.

        Raises NotFound, BadRequest, and NotAllowed where one is open.
        """
        lead = require_person(by, Permission.ASK_FOR_FILE)
        why = give_reason(reason, self.randomness)
        with self.store.atomically():
            self.store.dossier(case_id)
            before, at = self._live(case_id), self.clock.now()
            if before is not None:
                raise NotAllowed(f"a file of this case is {before.file.state} already")
            file = CaseFile(
                id=CaseFileId(new_id("file", self.randomness)),
                case=case_id,
                state=FileState.ASKED,
                names_notifier=names_notifier,
                asked_by=lead.id,
                asked_at=at,
            )
            self.shelf.keep(file, why)
            named = "yes" if names_notifier else "no"
            fact = CaseFileAsked(
                case=case_id, file=file.id, names_notifier=named, reason=why.commitment
            )
            self._log(fact, by=lead.id)
        return file

    def decide(self, case_id: CaseId, move: FileMove, *, by: Viewer) -> CaseFile:
        """Agree, as the second person, or refuse; also to take back that it may be made.

        Raises NotFound, and NotAllowed, also for whoever asked and would agree to it themselves.
        """
        person = require_person(by, Permission.AGREE_TO_FILE)
        with self.store.atomically():
            self.store.dossier(case_id)
            live = self._live(case_id)
            if live is None:
                raise NotAllowed("no file of this case waits for anybody")
            if move is FileMove.AGREE and not self._is_second(live.file, person):
                raise NotAllowed("another person has to agree to what you asked for")
            decided = live.file.after(move, person.id, self.clock.now())
            self.shelf.decide(decided)
            fact = CaseFileAgreed if move is FileMove.AGREE else CaseFileRefused
            self._log(fact(case=case_id, file=decided.id), by=person.id)
        return decided

    def make(self, case_id: CaseId) -> Made:
        """The file, and an entry in the chain that it is made, before anybody has it.

        Raises NotFound, and NotAllowed if nobody agreed.
        """
        with self.store.atomically():
            live = self._agreed(case_id)
            gathered = self.gathering.gather(live.file, why=live.reason.text)
        said = (*self.shelf.said(gathered.case.notice), live.reason)
        contents = self.gathering.prove(gathered, said)
        nonce = self.randomness(SALT_BYTES)
        papers = write_papers(contents, at=self.clock.now(), nonce=nonce)
        digest = sha256(papers[-1].data)
        with self.store.atomically():
            if self._agreed(case_id).file != live.file:
                raise NotAllowed(NOBODY_AGREED)
            fact = CaseFileMade(case=case_id, file=live.file.id, digest=digest)
            self._log(fact, by=COMMAND_LINE)
        return Made(papers=papers, digest=digest, why=live.reason.text)

    def _agreed(self, case_id: CaseId) -> Live:
        self.store.dossier(case_id)
        live = self._live(case_id)
        if live is None or not live.file.may_be_made(self.clock.now()):
            raise NotAllowed(NOBODY_AGREED)
        return live

    def _live(self, case_id: CaseId) -> Live | None:
        """That of the case which may be agreed to or made; none once a withdrawal ended it."""
        file = self.shelf.last(case_id)
        if file is None or not file.is_open(self.clock.now()):
            return None
        reason = self.shelf.reason(file)
        return None if reason is None else Live(file=file, reason=reason)

    def _still_open(self, file: CaseFile) -> bool:
        return file.is_open(self.clock.now()) and self.shelf.reason(file) is not None

    def _moves(self, file: CaseFile, person: Person) -> tuple[FileMove, ...]:
        if file.state is FileState.AGREED:
            return (FileMove.REFUSE,)
        return tuple(FileMove) if self._is_second(file, person) else (FileMove.REFUSE,)

    def _is_second(self, file: CaseFile, person: Person) -> bool:
        return person.id != file.asked_by or self.rules.unsafe_single_reviewer

    def _log(self, fact: Fact, *, by: ActorId) -> None:
        self.journal.append(fact, by=by, at=self.clock.now())
