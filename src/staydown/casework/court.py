"""One case, whole, for a court or a regulator: what was told, found, decided, asked and answered.

No picture is in it. Who filed the notice is in it only if that is asked for. That it was made is in
the audit chain, with a reason.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from staydown.audit.duties import CaseFileMade
from staydown.casework.appeals import Appeal, AppealShelf
from staydown.casework.cases import Case
from staydown.casework.commands import Command, CommandKind
from staydown.casework.copies import FoundCopy
from staydown.casework.explaining import Explaining
from staydown.casework.notices import Notice
from staydown.casework.ports import CommandShelf, Journal, Store, Vault
from staydown.casework.reasons import give_reason
from staydown.casework.records import PastDecision
from staydown.casework.wording import as_text, word_statement
from staydown.clock import Clock
from staydown.errors import KeyGone
from staydown.ids import ActorId, CaseId, CommandId, Randomness, system_randomness

NOT_SAID = "(left out)"
TITLE = "Why a post was taken down"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """All of one case. `notice` is None once it was taken back: its words are destroyed.

    `salt` opens the commitment to the notice in the audit chain, if it is kept; `statements` are
    those of reasons, as text, by the command that each explains.
    """

    case: Case
    notice: Notice | None
    salt: bytes | None = field(repr=False)
    copies: tuple[FoundCopy, ...]
    decisions: tuple[PastDecision, ...]
    commands: tuple[Command, ...]
    appeals: tuple[tuple[Appeal, str | None], ...]
    statements: tuple[tuple[CommandId, str], ...]
    made_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFiles:
    """Makes case files."""

    store: Store
    shelf: CommandShelf
    appeals: AppealShelf
    explaining: Explaining
    vault: Vault
    journal: Journal
    clock: Clock
    randomness: Randomness = system_randomness

    def make(
        self, case_id: CaseId, *, reason: str, by: ActorId, names_notifier: bool = False
    ) -> CaseFile:
        """The file. Raises NotFound, BadRequest without a reason."""
        why, at = give_reason(reason, self.randomness), self.clock.now()
        with self.store.atomically():
            dossier = self.store.dossier(case_id)
            notice = self._notice(dossier.case, names_notifier=names_notifier)
            commands = tuple(self.shelf.of_case(case_id))
            made = CaseFile(
                case=dossier.case,
                notice=notice,
                salt=self._salt(dossier.case),
                copies=dossier.copies,
                decisions=tuple(self.store.past(dossier.case)),
                commands=commands,
                appeals=self._appeals(case_id, commands),
                statements=tuple(self._statement(one) for one in commands if _is_removal(one)),
                made_at=at,
            )
            fact = CaseFileMade(case=case_id, reason=why.commitment)
            self.journal.append(fact, by=by, at=at)
        return made

    def _notice(self, case: Case, *, names_notifier: bool) -> Notice | None:
        try:
            notice = self.store.notice(case.notice)
        except KeyGone:
            return None
        if names_notifier:
            return notice
        return replace(notice, signature=NOT_SAID, contact=NOT_SAID)

    def _salt(self, case: Case) -> bytes | None:
        try:
            return self.vault.open(case.notice, "salt")
        except KeyGone:
            return None

    def _appeals(
        self, case_id: CaseId, commands: tuple[Command, ...]
    ) -> tuple[tuple[Appeal, str | None], ...]:
        by_posters = (self.appeals.of_command(one.id) for one in commands)
        found = (self.appeals.of_notifier(case_id), *by_posters)
        return tuple((one, self.appeals.words(one)) for one in found if one is not None)

    def _statement(self, command: Command) -> tuple[CommandId, str]:
        link = self.explaining.link_of(command.id)
        view = self.explaining.for_poster(command.id, link)
        return command.id, as_text(TITLE, word_statement(view.statement, view.appeal_until))


def _is_removal(command: Command) -> bool:
    return command.kind is CommandKind.REMOVE
