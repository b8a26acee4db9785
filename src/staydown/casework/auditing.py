"""Reading the audit chain: which entries name something, or are of some kind. No case is opened.

That somebody read, and who, goes into the chain itself.
"""

import re
from dataclasses import asdict, dataclass
from typing import Final, Protocol

from staydown.audit.chain import Entry
from staydown.audit.entries import FACTS
from staydown.audit.keeping import AuditRead
from staydown.casework.access import Permission, require_person
from staydown.casework.people import Viewer
from staydown.casework.ports import Journal, Store
from staydown.clock import Clock
from staydown.errors import BadRequest

AT_ONCE: Final = 50
"""Entries that one answer holds."""

NAME: Final = re.compile(r"[\w.-]{1,100}", re.ASCII)
"""How anything is named that an entry may name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What is looked for: a name, or any if empty; a kind of fact, or all; before which number.

    Raises BadRequest for what no entry could hold.
    """

    about: str = ""
    kind: str = ""
    before: int | None = None

    def __post_init__(self) -> None:
        if self.about and not NAME.fullmatch(self.about):
            raise BadRequest("give one number as it stands, such as case_…, copy_… or person_…")
        if self.kind and self.kind not in {kind.__name__ for kind in FACTS}:
            raise BadRequest("choose a kind of entry from the list")


class Archive(Protocol):
    """The chain, to search in."""

    def search(self, question: Question, most: int) -> tuple[Entry, ...]:
        """The entries that it asks for, last first, at most so many. Raises SealBroken."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditing:
    """Reads the chain for an auditor."""

    archive: Archive
    store: Store
    journal: Journal
    clock: Clock

    def search(self, question: Question, *, by: Viewer) -> tuple[Entry, ...]:
        """The last entries of those that it asks for, last first. Raises NotFound, SealBroken."""
        auditor = require_person(by, Permission.AUDIT)
        found = self.archive.search(question, AT_ONCE)
        with self.store.atomically():
            self.journal.append(AuditRead(), by=auditor.id, at=self.clock.now())
        return found


def names_in(entry: Entry) -> tuple[tuple[str, str], ...]:
    """What an entry says beside its kind: field and value, those that have one."""
    return tuple((name, str(value)) for name, value in asdict(entry.fact).items() if value)
