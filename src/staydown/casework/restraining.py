"""Warning whoever often files notices without ground, and letting their photographs wait."""

from dataclasses import dataclass
from datetime import datetime

from staydown.audit.duties import NotifierRestrained
from staydown.casework.access import Permission, admit, require_person
from staydown.casework.cases import State
from staydown.casework.misuse import (
    LASTS,
    Measure,
    MeasureMove,
    MeasureShelf,
    MeasureState,
    after,
    moves_from,
)
from staydown.casework.people import Notifier, Viewer
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.reasons import give_reason
from staydown.clock import Clock
from staydown.digests import Digest
from staydown.errors import KeyGone, NotAllowed
from staydown.ids import CaseId, Randomness, system_randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Restraint:
    """What a notifier is told of it: what holds, until when, and why, if the words are kept."""

    state: MeasureState
    until: datetime
    reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RestraintView:
    """What holds about whoever filed a case, and what may be done next."""

    measure: Measure | None
    moves: tuple[MeasureMove, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restraining:
    """Restrains.

    People are known by the address they left, and nobody proved that it is theirs. So a suspended
    address loses nothing but what a reviewer gives back at the next look.
    """

    store: Store
    shelf: MeasureShelf
    vault: Vault
    journal: Journal
    clock: Clock
    randomness: Randomness = system_randomness

    def is_suspended(self, address: str) -> bool:
        """Whether the photographs of a notice with this address hold nothing by themselves."""
        if not address.strip():
            return False
        found = self.shelf.of(self._mark(address), self.clock.now())
        return found is not None and found.state is MeasureState.SUSPENDED

    def look(self, case_id: CaseId, viewer: Viewer) -> RestraintView:
        """What holds about who filed the case; nothing may be done where they left no address.

        Raises NotFound.
        """
        require_person(viewer, Permission.RESTRAIN)
        case = self.store.dossier(case_id).case
        address = self._address(case_id)
        if not address:
            return RestraintView(measure=None, moves=())
        measure = self.shelf.of(self._mark(address), self.clock.now())
        moves = moves_from(measure) if case.state is State.DECLINED or measure else ()
        return RestraintView(measure=measure, moves=moves)

    def move(self, case_id: CaseId, move: MeasureMove, *, reason: str, by: Viewer) -> None:
        """Warn, suspend, or lift it, with a reason that they are told on the page of this case.

        Raises NotFound, BadRequest without a reason, NotAllowed where the table has no such move,
        where the notice was not declined, or left no address.
        """
        lead = require_person(by, Permission.RESTRAIN)
        why, at = give_reason(reason, self.randomness), self.clock.now()
        with self.store.atomically():
            case = self.store.dossier(case_id).case
            if case.state is not State.DECLINED and move is not MeasureMove.LIFT:
                raise NotAllowed("only whoever filed a notice without ground can be warned for it")
            address = self._address(case_id)
            if not address:
                raise NotAllowed("whoever filed it left no address to know them by")
            mark = self._mark(address)
            state = after(self.shelf.of(mark, at), move)
            if state is None:
                self.shelf.drop(mark)
            else:
                until = at + LASTS[state]
                measure = Measure(
                    mark=mark, state=state, case=case_id, since=at, until=until, by=lead.id
                )
                self.shelf.keep(measure, why)
            fact = NotifierRestrained(case=case_id, move=move, reason=why.commitment)
            self.journal.append(fact, by=lead.id, at=at)

    def for_notifier(self, notifier: Notifier) -> Restraint | None:
        """What a notifier is told about themselves in their case. Raises NotFound."""
        case_id = admit(notifier, notifier.case, store=self.store, to=Permission.READ_STATUS)
        found = self.shelf.of_case(case_id, self.clock.now())
        if found is None:
            return None
        return Restraint(state=found.state, until=found.until, reason=self.shelf.words(found))

    def _address(self, case_id: CaseId) -> str:
        """What the notice left; empty if nothing, or it was taken back."""
        try:
            return self.store.notice(self.store.dossier(case_id).case.notice).contact
        except KeyGone:
            return ""

    def _mark(self, address: str) -> Digest:
        return self.vault.mark(b"notifier\0" + "".join(address.split()).casefold().encode())
