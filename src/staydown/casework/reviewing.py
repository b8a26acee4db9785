"""What a reviewer, or a notifier taking a notice back, may do: read, decide, write, at once."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from staydown.casework.access import Permission, admit, require_person
from staydown.casework.consequences import Occasion
from staydown.casework.copies import CopyMove, twins_of
from staydown.casework.decisions import (
    Choice,
    Decision,
    confirm_entry,
    decide_copy,
    decline,
    look_at_places,
    take_back,
    withdraw,
)
from staydown.casework.findings import Findings
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.looking import read_look
from staydown.casework.people import Notifier, Viewer
from staydown.casework.ports import Store
from staydown.casework.reasons import give_reason
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.ids import ActorId, CaseId, CopyId, EntryId, Randomness, system_randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewing:
    """Decides."""

    store: Store
    clock: Clock
    rules: Rules
    randomness: Randomness = system_randomness

    def decide_copy(
        self,
        case_id: CaseId,
        copy_id: CopyId,
        move: CopyMove,
        *,
        findings: Findings,
        reason: str,
        by: Viewer,
        is_false_match: bool = False,
        ground: Ground = Ground.ILLEGAL,
        is_joined: bool = False,
    ) -> Decision:
        """Remove or release one found copy; a release may say that it is another photograph.

        Where it `is_joined`, the other undecided copies of the very same pixels are decided alike,
        or none is. Raises NotFound, NotAllowed, BadRequest without a reason.
        """
        reviewer = require_person(by, Permission.DECIDE)
        choice = Choice(
            copy=copy_id,
            move=move,
            findings=findings,
            reason=give_reason(reason, self.randomness),
            is_false_match=is_false_match,
            ground=ground,
        )
        with self.store.atomically():
            dossier = self.store.to_decide(case_id)
            twins = twins_of(dossier.copy(copy_id), dossier.copies) if is_joined else ()
            occasion = self._occasion(reviewer.id)
            decision = decide_copy(dossier, choice, occasion)
            self.store.record(decision)
            for twin in twins:  # each on what the one before left
                alike = replace(choice, copy=twin.id)
                self.store.record(decide_copy(self.store.to_decide(case_id), alike, occasion))
        return decision

    def look_at_places(
        self,
        case_id: CaseId,
        *,
        reason: str,
        by: Viewer,
        take_down: Sequence[str] = (),
        findings: Findings | None = None,
        because: Ground | Refusal | None = None,
        is_joined: bool = False,
    ) -> Decision:
        """Answer a notice after looking at what it names; `take_down` is what was found there.

        Where it `is_joined`, other notices about one of the same places that still wait for a look
        get the same answer: each keeps its own clock. Raises NotFound, NotAllowed, BadRequest.
        """
        reviewer = require_person(by, Permission.DECIDE)
        seen = read_look(give_reason(reason, self.randomness), take_down, findings, because)
        made: dict[CaseId, Decision] = {}
        with self.store.atomically():
            others = self.store.related(case_id) if is_joined else ()
            for id in sorted((case_id, *others)):  # in one order, lest two wait for each other
                dossier = self.store.to_decide(id)
                if id == case_id or dossier.case.awaits_a_look:
                    made[id] = look_at_places(dossier, seen, self._occasion(reviewer.id))
                    self.store.record(made[id])
        return made[case_id]

    def decline_case(
        self,
        case_id: CaseId,
        *,
        reason: str,
        by: Viewer,
        refusal: Refusal = Refusal.NO_GROUND,
    ) -> Decision:
        """Find no ground in a notice; `refusal` is what its notifier is told.

        Raises NotFound, NotAllowed, BadRequest without a reason.
        """
        reviewer = require_person(by, Permission.DECLINE)
        why = give_reason(reason, self.randomness)
        with self.store.atomically():
            occasion = self._occasion(reviewer.id)
            decision = decline(self.store.to_decide(case_id), why, occasion, refusal)
            self.store.record(decision)
        return decision

    def confirm_entry(self, entry_id: EntryId, *, by: Viewer) -> Decision:
        """Vouch, as a second person, for an entry.

        Raises NotFound, NotAllowed for whoever added it.
        """
        reviewer = require_person(by, Permission.CONFIRM)
        with self.store.atomically():
            dossier = self.store.dossier(self.store.case_of_entry(entry_id))
            decision = confirm_entry(dossier, entry_id, self._occasion(reviewer.id))
            self.store.record(decision)
        return decision

    def take_back(self, entry_id: EntryId, *, by: Viewer) -> Decision:
        """Let a known false match count no more. Raises NotFound, NotAllowed for other entries."""
        reviewer = require_person(by, Permission.SET_RIGHT)
        with self.store.atomically():
            dossier = self.store.dossier(self.store.case_of_entry(entry_id))
            decision = take_back(dossier, entry_id, self._occasion(reviewer.id))
            self.store.record(decision)
        return decision

    def withdraw(self, case_id: CaseId, *, by: Viewer) -> Decision:
        """Take a notice back, by its notifier or by a reviewer. Raises NotFound, NotAllowed.

        When this returns, every key that was kept for the notice is destroyed.
        """
        with self.store.atomically():
            admit(by, case_id, store=self.store, to=Permission.WITHDRAW)
            dossier = self.store.to_decide(case_id)
            actor = dossier.case.notifier if isinstance(by, Notifier) else by.id
            decision = withdraw(dossier, self._occasion(actor))
            self.store.record(decision)
        return decision

    def _occasion(self, by: ActorId) -> Occasion:
        return Occasion(by=by, at=self.clock.now(), rules=self.rules, randomness=self.randomness)
