"""What may show somebody under 18: where it is, kept sealed until somebody hands it on.

A notice may say so, or a reviewer find it later: then the case is closed, whatever was found stays
hidden, and its pictures and what recognises them are destroyed here.

Nothing is viewed, compared or copied here (LAW part 5). Only the places that were named, and
digests that a platform sent along, are kept; a person at the platform preserves what its law wants
preserved, and reports it to those whose task it is. Once they did, the places are forgotten here.
"""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from staydown.audit.duties import CaseSentElsewhere, HandedOn, HandOffReceived, HandOffViewed
from staydown.casework.access import Permission, require_person, require_reviewer
from staydown.casework.cases import Move
from staydown.casework.changes import ForgetOriginals
from staydown.casework.consequences import (
    Consequences,
    Occasion,
    differ,
    forget_entries,
    hide,
    write_to,
)
from staydown.casework.copies import CopyState
from staydown.casework.decisions import Decision, conclude
from staydown.casework.dossiers import Dossier
from staydown.casework.notices import MAX_LOCATIONS, check_locations
from staydown.casework.people import SYSTEM, Viewer
from staydown.casework.ports import Journal, Store
from staydown.casework.reasons import Reason, give_reason
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.errors import BadNotice, FieldProblem
from staydown.ids import CaseId, HandOffId, Randomness, new_id, system_randomness

DIGEST = re.compile(r"[0-9a-fA-F]{32,128}")
"""MD5, SHA-1, SHA-256, SHA-512 or PDQ, in hexadecimal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOff:
    """What is to be handed on. `repr` shows none of it."""

    id: HandOffId
    received_at: datetime
    places: tuple[str, ...] = field(repr=False)
    digests: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingHandOff:
    """One that waits, without where it is."""

    id: HandOffId
    received_at: datetime


class HandOffShelf(Protocol):
    """Hand-offs that wait."""

    def keep(self, hand_off: HandOff) -> None:
        """Keep one, its places sealed, in the transaction that is open."""
        ...

    def waiting(self) -> tuple[WaitingHandOff, ...]:
        """Those that nobody handed on, oldest first."""
        ...

    def open(self, id: HandOffId) -> HandOff:
        """One that waits, locked until the transaction ends. Raises NotFound."""
        ...

    def close(self, id: HandOffId, at: datetime) -> None:
        """It was handed on: where it is is forgotten."""
        ...


def read_places(
    places: tuple[str, ...], digests: tuple[str, ...] = ()
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The places and digests in what was typed. Raises BadNotice."""
    problems = list(check_locations(places))
    if len(digests) > MAX_LOCATIONS or not all(DIGEST.fullmatch(one) for one in digests):
        what = f"at most {MAX_LOCATIONS}, each 32 to 128 hexadecimal digits"
        problems.append(FieldProblem(field="digests", says=what))
    if problems:
        raise BadNotice(*problems)
    named = dict.fromkeys(one.strip() for one in places if one.strip())
    return tuple(named), tuple(dict.fromkeys(one.lower() for one in digests))


def send_elsewhere(
    dossier: Dossier, hand_off: HandOffId, reason: Reason, occasion: Occasion
) -> Decision:
    """Somebody under 18 may be shown: nothing is looked at or compared here any more.

    What nobody decided is hidden without limit, and what is hidden or removed stays so. Raises
    NotAllowed where the case is closed.
    """
    case = dossier.case.after(Move.SEND_ELSEWHERE)
    hidden = hide(dossier.copies, occasion)
    gone = [entry.id for entry in dossier.entries]
    before = dossier.holding(*hidden.copies)
    after = replace(before, case=case).without(gone)
    sent = CaseSentElsewhere(case=case.id, hand_off=hand_off, reason=reason.commitment)
    follows = hidden + differ(before, after) + forget_entries(gone) + write_to(case.id, occasion)
    follows += Consequences(facts=(sent,), changes=(ForgetOriginals(case=case.id),))
    return conclude(dossier, case, follows, occasion, reason=reason)


def places_of(dossier: Dossier, named: tuple[str, ...]) -> tuple[str, ...]:
    """Where it is: what the notice names, and the platform's names of what was not released."""
    found = (copy.content_ref for copy in dossier.copies if copy.state is not CopyState.RELEASED)
    return tuple(dict.fromkeys((*named, *found)))


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOn:
    """Takes what belongs elsewhere, and lets a reviewer hand it on."""

    store: Store
    shelf: HandOffShelf
    journal: Journal
    clock: Clock
    rules: Rules
    randomness: Randomness = system_randomness

    def send_elsewhere(self, case_id: CaseId, *, reason: str, by: Viewer) -> Decision:
        """Close a case in which somebody under 18 may be shown; where it is waits to be handed on.

        Raises NotFound, NotAllowed where the case is closed, BadRequest without a reason.
        """
        reviewer = require_person(by, Permission.SEND_ELSEWHERE)
        why = give_reason(reason, self.randomness)
        occasion = Occasion(
            by=reviewer.id, at=self.clock.now(), rules=self.rules, randomness=self.randomness
        )
        with self.store.atomically():
            dossier = self.store.to_decide(case_id)
            dossier.case.after(Move.SEND_ELSEWHERE)  # else a closed case's notice may be gone
            named = self.store.notice(dossier.case.notice).locations
            hand_off = self.receive(places_of(dossier, named), ())
            decision = send_elsewhere(dossier, hand_off, why, occasion)
            self.store.record(decision)
        return decision

    def receive(self, places: tuple[str, ...], digests: tuple[str, ...]) -> HandOffId:
        """Keep where it is, in the transaction that is open."""
        at = self.clock.now()
        id = HandOffId(new_id("handoff", self.randomness))
        self.shelf.keep(HandOff(id=id, received_at=at, places=places, digests=digests))
        self.journal.append(HandOffReceived(hand_off=id), by=SYSTEM, at=at)
        return id

    def waiting(self, viewer: Viewer) -> tuple[WaitingHandOff, ...]:
        """Those that nobody handed on, oldest first. Raises NotFound."""
        require_reviewer(viewer)
        return self.shelf.waiting()

    def open(self, id: HandOffId, viewer: Viewer) -> HandOff:
        """Where it is, and an entry in the chain that this person asked. Raises NotFound."""
        reviewer = require_reviewer(viewer)
        with self.store.atomically():
            found = self.shelf.open(id)
            self.journal.append(HandOffViewed(hand_off=id), by=reviewer.id, at=self.clock.now())
        return found

    def close(self, id: HandOffId, by: Viewer) -> None:
        """It was handed on; it is forgotten here. Raises NotFound, also the second time."""
        reviewer = require_reviewer(by)
        with self.store.atomically():
            self.shelf.open(id)
            self.shelf.close(id, self.clock.now())
            self.journal.append(HandedOn(hand_off=id), by=reviewer.id, at=self.clock.now())
