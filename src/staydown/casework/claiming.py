"""Who works on which case, so that no two do; and handing one over, without having to say why.

A claim ends by itself, and keeps nobody from deciding: it says who is at it, no more.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final, Protocol

from staydown.audit.duties import CaseHandedOver, CaseTaken
from staydown.casework.access import Permission, require_person
from staydown.casework.people import Viewer
from staydown.casework.ports import Journal, Store
from staydown.casework.viewing import Viewing
from staydown.clock import Clock
from staydown.ids import ActorId, CaseId

HELD_FOR: Final = timedelta(minutes=30)
"""How long a case stays with whoever took it."""
SPARED_FOR: Final = timedelta(days=1)
"""How long somebody who handed a case over is not given it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That somebody works on a case until then; or `is_passed`, that they handed it over."""

    case: CaseId
    by: ActorId
    until: datetime
    is_passed: bool = False


class Claims(Protocol):
    """Claims that have not ended."""

    def holders(self, at: datetime) -> Mapping[CaseId, Claim]:
        """Who works on what."""
        ...

    def passed_by(self, person: ActorId, at: datetime) -> frozenset[CaseId]:
        """What somebody handed over."""
        ...

    def keep(self, claim: Claim) -> None:
        """Write one, in the place of what that person had in that case."""
        ...

    def drop(self, person: ActorId, at: datetime) -> None:
        """That person works on nothing any more; what had ended by then goes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Claiming:
    """Gives cases out."""

    store: Store
    claims: Claims
    viewing: Viewing
    journal: Journal
    clock: Clock

    def take_next(self, viewer: Viewer) -> CaseId | None:
        """The most urgent case that nobody else works on, and that they did not hand over.

        From now on they work on that one alone. None if there is none. Raises NotFound.
        """
        reviewer = require_person(viewer, Permission.READ_QUEUE)
        for line in self.viewing.queue(reviewer):
            if self._try_to_take(line.case, reviewer.id):
                return line.case
        return None

    def hand_over(self, case_id: CaseId, viewer: Viewer) -> None:
        """Leave a case to others, and say nothing of why. Raises NotFound."""
        reviewer = require_person(viewer, Permission.READ_QUEUE)
        at = self.clock.now()
        with self.store.atomically():
            self.store.dossier(case_id)
            self.claims.keep(
                Claim(case=case_id, by=reviewer.id, until=at + SPARED_FOR, is_passed=True)
            )
            self.journal.append(CaseHandedOver(case=case_id), by=reviewer.id, at=at)

    def holder(self, case_id: CaseId, viewer: Viewer) -> Claim | None:
        """Who works on a case. Raises NotFound."""
        require_person(viewer, Permission.READ_QUEUE)
        return self.claims.holders(self.clock.now()).get(case_id)

    def holders(self, viewer: Viewer) -> Mapping[CaseId, Claim]:
        """Who works on what. Raises NotFound."""
        require_person(viewer, Permission.READ_QUEUE)
        return self.claims.holders(self.clock.now())

    def _try_to_take(self, case_id: CaseId, person: ActorId) -> bool:
        """Whether it is theirs now: looked at again once the case is locked."""
        at = self.clock.now()
        with self.store.atomically():
            self.store.dossier(case_id)
            held = self.claims.holders(at).get(case_id)
            if held is not None and held.by != person:
                return False
            if case_id in self.claims.passed_by(person, at):
                return False
            self.claims.drop(person, at)
            self.claims.keep(Claim(case=case_id, by=person, until=at + HELD_FOR))
            self.journal.append(CaseTaken(case=case_id), by=person, at=at)
        return True
