"""An entry of the bank: why a picture is to be found again, who says so, and until when. No pixels,
no fingerprints.

What may happen to a match follows from the entry's role and status and is decided in casework, not
here.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from staydown.ids import ActorId, CaseId, EntryId


class EntryRole(StrEnum):
    """What the picture is to us (DESIGN.md, table of verdict × role)."""

    ORIGINAL = "original"  # the innocent photo of a notice: nobody can silence it by registering it
    REMOVED = "removed"  # decided: stays down
    LISTED = "listed"  # from an exchange, or a fingerprint from a notice
    NEGATIVE = "negative"  # known false match: suppresses the match it is filed against


class EntrySource(StrEnum):
    """Where the entry came from."""

    NOTICE = "notice"
    DECISION = "decision"
    EXCHANGE = "exchange"
    COMMAND_LINE = "command_line"


class EntryStatus(StrEnum):
    """How far people have vouched for the entry."""

    UNREVIEWED = "unreviewed"  # a reviewer acts next; holds within a cap, never blocks
    QUARANTINED = (
        "quarantined"  # unreviewed, and holds nothing: it came in a flood, or hit too many
    )
    CONFIRMED = "confirmed"
    RETIRED = "retired"  # matches nothing any more


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry. `name` is what a folder bank calls the picture; entries of a case have none."""

    id: EntryId
    role: EntryRole
    source: EntrySource
    status: EntryStatus
    added_at: datetime
    added_by: ActorId
    name: str | None = None
    case: CaseId | None = None
    expires_at: datetime | None = None
    against: EntryId | None = None
    """For a NEGATIVE entry: the entry whose match it suppresses."""

    def is_live(self, at: datetime) -> bool:
        """Whether the entry matches anything at that moment."""
        is_over = self.expires_at is not None and self.expires_at <= at
        return self.status is not EntryStatus.RETIRED and not is_over
