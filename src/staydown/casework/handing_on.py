"""What may show somebody under 18: where it is, kept sealed until somebody hands it on.

Nothing is viewed, compared or copied here (LAW part 5). Only the places that were named, and
digests that a platform sent along, are kept; a person at the platform preserves what its law wants
preserved, and reports it to those whose task it is. Once they did, the places are forgotten here.
"""

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from staydown.audit.duties import HandedOn, HandOffReceived, HandOffViewed
from staydown.casework.access import require_reviewer
from staydown.casework.notices import MAX_LOCATIONS, check_locations
from staydown.casework.people import SYSTEM, Viewer
from staydown.casework.ports import Journal, Store
from staydown.clock import Clock
from staydown.errors import BadNotice, FieldProblem
from staydown.ids import HandOffId, Randomness, new_id, system_randomness

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


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOn:
    """Takes what belongs elsewhere, and lets a reviewer hand it on."""

    store: Store
    shelf: HandOffShelf
    journal: Journal
    clock: Clock
    randomness: Randomness = system_randomness

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
