"""Telling both sides what was decided and why, and the public database without naming anybody.

A poster comes with a link that only the platform could give them; it opens one removal, and
nothing about the notice.
"""

import hmac
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from staydown.casework.access import admit
from staydown.casework.appeals import Appeal, AppealShelf, open_until
from staydown.casework.cases import Case, State
from staydown.casework.commands import Command, CommandKind
from staydown.casework.dossiers import Dossier
from staydown.casework.dsa import DsaRecord, record_of
from staydown.casework.grounds import Refusal
from staydown.casework.people import Notifier
from staydown.casework.ports import CommandShelf, Store, Vault
from staydown.casework.records import PastDecision
from staydown.casework.rules import Rules
from staydown.casework.statements import Circumstance, Statement, state_reasons
from staydown.casework.wording import word_answer
from staydown.clock import Clock
from staydown.errors import NotFound
from staydown.ids import CommandId
from staydown.policy.library import Law
from staydown.policy.packs import Output, Pack, Side


@dataclass(frozen=True, slots=True, kw_only=True)
class PosterView:
    """What somebody whose content was taken down is shown."""

    statement: Statement
    appeal: Appeal | None
    appeal_until: datetime
    may_appeal: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerView:
    """What a notifier is told of the decision, and whether they may appeal. Empty if none was."""

    sentences: tuple[str, ...] = ()
    decided_at: datetime | None = None
    appeal: Appeal | None = None
    appeal_until: datetime | None = None
    may_appeal: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Explaining:
    """Explains."""

    store: Store
    shelf: CommandShelf
    appeals: AppealShelf
    vault: Vault
    clock: Clock
    rules: Rules

    def link_of(self, command: CommandId) -> str:
        """The secret of the link to one removal: it follows from the command, and is kept nowhere.

        A keyed digest: without the master key nobody makes one.
        """
        return self.vault.mark(b"poster\0" + command.encode())

    def for_poster(self, command: CommandId, link: str) -> PosterView:
        """The statement of reasons. Raises NotFound for every link that is not right."""
        return self.removal(self.opened(command, link))

    def removal(self, command: Command) -> PosterView:
        """What the poster of what was removed is shown. Raises NotFound."""
        statement, case = self._statement(command)
        until = self.appeal_until(case, Side.POSTER, statement.decided_at)
        appeal = self.appeals.of_command(command.id)
        is_in_time = self.clock.now() < until and statement.restored_at is None
        return PosterView(
            statement=statement,
            appeal=appeal,
            appeal_until=until,
            may_appeal=appeal is None and is_in_time,
        )

    def opened(self, command: CommandId, link: str) -> Command:
        """The removal that a link opens. Raises NotFound."""
        if not hmac.compare_digest(self.link_of(command).encode(), link.encode()):
            raise NotFound("no such page")
        found = self.shelf.command(command)
        if found.kind is not CommandKind.REMOVE:
            raise NotFound("no such page")
        return found

    def for_notifier(self, notifier: Notifier) -> AnswerView:
        """The answer to a notice. Raises NotFound."""
        dossier = self.store.dossier(admit(notifier, notifier.case, store=self.store))
        return self.answer(dossier)

    def answer(self, dossier: Dossier) -> AnswerView:
        """What may be said of the decision: nothing of copies, unless one was removed."""
        case = dossier.case
        past = [one for one in self.store.past(case) if one.case_move is not None]
        if not is_answered(case) or not (past or case.confirmed_at):
            return AnswerView()
        at = past[-1].at if past else case.confirmed_at
        refusals = [one.ground for one in past[-1:] if isinstance(one.ground, Refusal)]
        was_removed = case.confirmed_at is not None
        until = self.appeal_until(case, Side.NOTIFIER, at) if at else None
        appeal = self.appeals.of_notifier(case.id)
        return AnswerView(
            sentences=word_answer(refusals, was_removed=was_removed),
            decided_at=at,
            appeal=appeal,
            appeal_until=until,
            may_appeal=bool(
                until and not was_removed and appeal is None and self.clock.now() < until
            ),
        )

    def appeal_until(self, case: Case, side: Side, decided_at: datetime) -> datetime:
        """When an appeal of that side is too late, by the laws of the case's own day."""
        packs = packs_of(case, self.rules.law)
        return open_until(packs, side, decided_at, self.rules.appeal_months)

    def dsa_records(self, since: datetime) -> Iterator[DsaRecord]:
        """A record of each removal decided since then, in cases that a law wants it of."""
        for command in self.shelf.removals():
            if command.issued_at < since:
                continue
            statement, case = self._statement(command)
            if any(pack.owes(Output.DATABASE_RECORD) for pack in packs_of(case, self.rules.law)):
                puid = self.vault.mark(b"puid\0" + command.id.encode())
                yield record_of(statement, puid=puid, terms_url=self.rules.terms_url)

    def _statement(self, command: Command) -> tuple[Statement, Case]:
        dossier = self.store.dossier(command.case)
        past = self.decided(dossier, command)
        copy = dossier.copy(past.copy) if past.copy else None
        later = self.shelf.about(command.case, command.content_ref)
        restored = [one for one in later if one.kind is CommandKind.RESTORE]
        seen = Circumstance(
            case=dossier.case,
            command=command,
            restored=next((one for one in restored if one.issued_at >= command.issued_at), None),
            past=past,
            copy=copy,
            laws=tuple(pack.name for pack in packs_of(dossier.case, self.rules.law)),
            terms=self.rules.terms,
        )
        return state_reasons(seen), dossier.case

    def decided(self, dossier: Dossier, command: Command) -> PastDecision:
        """The decision that a removal follows from. Raises NotFound."""
        names = {copy.id: copy.content_ref for copy in dossier.copies}
        for past in self.store.past(dossier.case):
            named = (*past.take_down, *((names[past.copy],) if past.copy else ()))
            if past.at == command.issued_at and command.content_ref in named:
                return past
        raise NotFound("no such decision")


def packs_of(case: Case, law: Law) -> tuple[Pack, ...]:
    """The packs of the case's day that are still there."""
    found = (law.library.find(ref) for ref in case.packs)
    return tuple(pack for pack in found if pack is not None)


def is_answered(case: Case) -> bool:
    """Whether its notifier may be told of a decision."""
    return case.state is State.DECLINED or (
        case.state in {State.SETTLED, State.TO_REVIEW}
        and (case.looked_at is not None or case.confirmed_at is not None)
    )
