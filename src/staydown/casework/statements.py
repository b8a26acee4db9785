"""What the person whose content was taken down is told, and why (DSA Art. 17(3)).

It is made from what is on record of the decision, never from the notice: nothing the notifier said
or signed can be in it.
"""

from dataclasses import dataclass
from datetime import datetime

from staydown.casework.cases import Case
from staydown.casework.commands import Command
from staydown.casework.copies import FoundCopy
from staydown.casework.findings import Finding
from staydown.casework.grounds import Ground
from staydown.casework.notices import Sender
from staydown.casework.records import PastDecision
from staydown.engine.verdict import Verdict
from staydown.errors import NotFound
from staydown.ids import ActorId, CommandId


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One removal, with all that a statement of reasons has to say.

    `laws` are the names of the laws of the case's day; `terms` is the operator's clause;
    `is_altered` is what was measured, None where nothing was compared; `is_intimate` is the
    reviewer's finding; `found_at` is when it was posted past us, None where a person found it, and
    nobody knows. `applied_at` is when the platform said that it did so, `restored_at` when
    it was asked to show the content again. Somebody decided, never a machine alone.
    """

    command: CommandId
    content_ref: str
    decided_at: datetime
    decided_by: ActorId
    applied_at: datetime | None
    restored_at: datetime | None
    ground: Ground
    laws: tuple[str, ...]
    terms: str
    sender: Sender
    found_at: datetime | None
    is_altered: bool | None
    is_intimate: Finding

    @property
    def is_detected_automatically(self) -> bool:
        """Whether a program found it, when it was posted."""
        return self.found_at is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstance:
    """What is on record around one removal."""

    case: Case
    command: Command
    restored: Command | None
    past: PastDecision
    copy: FoundCopy | None
    laws: tuple[str, ...]
    terms: str


def state_reasons(seen: Circumstance) -> Statement:
    """The statement for one removal. Raises NotFound where no finding was recorded with it."""
    if seen.past.findings is None:
        raise NotFound("no such decision")
    return Statement(
        command=seen.command.id,
        content_ref=seen.command.content_ref,
        decided_at=seen.past.at,
        decided_by=seen.past.by,
        applied_at=seen.command.acknowledged_at,
        restored_at=seen.restored.issued_at if seen.restored else None,
        ground=seen.past.ground if isinstance(seen.past.ground, Ground) else Ground.ILLEGAL,
        laws=seen.laws,
        terms=seen.terms,
        sender=seen.case.sender,
        found_at=seen.copy.found_at if seen.copy else None,
        is_altered=_is_altered(seen.copy),
        is_intimate=seen.past.findings.is_intimate,
    )


def _is_altered(copy: FoundCopy | None) -> bool | None:
    return None if copy is None else copy.resemblance.verdict is Verdict.DERIVED
