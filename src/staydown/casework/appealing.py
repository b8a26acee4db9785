"""Appeals: by either side within the window, decided by somebody who did not decide before."""

from dataclasses import dataclass

from staydown.audit.duties import AppealDecided, AppealFiled
from staydown.audit.entries import CopyDecided
from staydown.casework.access import require_reviewer
from staydown.casework.appeals import Appeal, AppealMove, AppealShelf, AppealState
from staydown.casework.cases import Move, State
from staydown.casework.commands import CommandKind
from staydown.casework.consequences import Consequences, Occasion, order_named, release, write_to
from staydown.casework.copies import CopyMove
from staydown.casework.decisions import Decision, conclude
from staydown.casework.dossiers import Dossier
from staydown.casework.explaining import Explaining
from staydown.casework.people import SYSTEM, Notifier, Viewer
from staydown.casework.ports import CommandShelf, Journal, Store
from staydown.casework.reasons import Reason, give_reason
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.errors import NotAllowed
from staydown.ids import ActorId, AppealId, CommandId, Randomness, new_id, system_randomness
from staydown.policy.packs import Side


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealView:
    """An appeal as a reviewer sees it; `words` is None once they were destroyed."""

    appeal: Appeal
    words: str | None
    is_own: bool
    """Whether the viewer made the decision, and so may not decide about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Appealing:
    """Takes appeals and decides them."""

    store: Store
    shelf: CommandShelf
    appeals: AppealShelf
    explaining: Explaining
    journal: Journal
    clock: Clock
    rules: Rules
    randomness: Randomness = system_randomness

    def appeal_as_poster(self, command: CommandId, link: str, words: str) -> Appeal:
        """Ask for a removal to be looked at again.

        Raises NotFound, BadRequest without words, NotAllowed once it is too late or was done.
        """
        said = give_reason(words, self.randomness)
        with self.store.atomically():
            view = self.explaining.for_poster(command, link)
            if not view.may_appeal:
                raise NotAllowed("it is too late, it was decided otherwise, or you appealed before")
            removal = self.explaining.opened(command, link)
            return self._keep(
                Appeal(
                    id=self._new_id(),
                    case=removal.case,
                    side=Side.POSTER,
                    command=command,
                    against=view.statement.decided_by,
                    state=AppealState.OPEN,
                    filed_at=self.clock.now(),
                ),
                said,
                by=SYSTEM,
            )

    def appeal_as_notifier(self, notifier: Notifier, words: str) -> Appeal:
        """Ask for an answer to be looked at again. Raises as for the poster."""
        said = give_reason(words, self.randomness)
        with self.store.atomically():
            if not self.explaining.for_notifier(notifier).may_appeal:
                raise NotAllowed("it is too late, nothing was decided, or you appealed before")
            case = self.store.dossier(notifier.case).case
            past = self.store.past(case)
            return self._keep(
                Appeal(
                    id=self._new_id(),
                    case=case.id,
                    side=Side.NOTIFIER,
                    command=None,
                    against=past[-1].by,
                    state=AppealState.OPEN,
                    filed_at=self.clock.now(),
                ),
                said,
                by=case.notifier,
            )

    def waiting(self, viewer: Viewer) -> tuple[AppealView, ...]:
        """Appeals that nobody decided, oldest first. Raises NotFound."""
        reviewer = require_reviewer(viewer)
        return tuple(
            AppealView(appeal=one, words=self.appeals.words(one), is_own=one.against == reviewer.id)
            for one in self.appeals.waiting()
        )

    def decide(self, id: AppealId, move: AppealMove, *, reason: str, by: Viewer) -> Appeal:
        """Uphold the decision, or reverse it: the content is shown again, or the case reopened.

        Raises NotFound, BadRequest, and NotAllowed for whoever made the decision.
        """
        reviewer = require_reviewer(by)
        why = give_reason(reason, self.randomness)
        with self.store.atomically():
            appeal, at = self.appeals.appeal(id), self.clock.now()
            if appeal.against == reviewer.id and not self.rules.unsafe_single_reviewer:
                raise NotAllowed("an appeal is decided by somebody who did not decide before")
            decided = appeal.after(move, reviewer.id, at)
            occasion = Occasion(by=reviewer.id, at=at, rules=self.rules, randomness=self.randomness)
            if move is AppealMove.REVERSE:
                self.store.record(self._reverse(appeal, occasion, why))
            if appeal.side is Side.NOTIFIER:
                case = self.store.dossier(appeal.case).case
                told = write_to(case.id, occasion)
                self.store.record(Decision(case=case, occasion=occasion, follows=told))
            self.appeals.decide(decided, why)
            fact = AppealDecided(appeal=id, case=appeal.case, move=move, reason=why.commitment)
            self.journal.append(fact, by=reviewer.id, at=at)
        return decided

    def _reverse(self, appeal: Appeal, occasion: Occasion, why: Reason) -> Decision:
        dossier = self.store.to_decide(appeal.case)
        if dossier.case.state is State.SENT_ELSEWHERE:
            raise NotAllowed("somebody under 18 may be shown: nothing of this is shown again here")
        if appeal.command is None:
            case = dossier.case.after(Move.REOPEN)
            return Decision(case=case, occasion=occasion, follows=Consequences())
        return self._show_again(dossier, appeal.command, occasion, why)

    def _show_again(
        self, dossier: Dossier, command_id: CommandId, occasion: Occasion, why: Reason
    ) -> Decision:
        """What was taken down is shown again; what was remembered of it is forgotten."""
        command = self.shelf.command(command_id)
        past = self.explaining.decided(dossier, command)
        if past.copy is None:
            follows = order_named(CommandKind.RESTORE, command.content_ref, command.case, occasion)
            return conclude(dossier, dossier.case, follows, occasion)
        follows = release(dossier.copy(past.copy), dossier, occasion)
        fact = CopyDecided(
            case=dossier.case.id,
            copy=past.copy,
            move=CopyMove.RELEASE,
            reason=why.commitment,
        )
        follows += Consequences(facts=(fact,))
        return conclude(dossier, dossier.case, follows, occasion)

    def _keep(self, appeal: Appeal, words: Reason, *, by: ActorId) -> Appeal:
        self.appeals.keep(appeal, words)
        fact = AppealFiled(appeal=appeal.id, case=appeal.case, side=appeal.side)
        self.journal.append(fact, by=by, at=appeal.filed_at)
        return appeal

    def _new_id(self) -> AppealId:
        return AppealId(new_id("appeal", self.randomness))
