"""What a decision asks of the platform: hide, remove or restore one piece of content.

The platform pulls open commands and acknowledges each one with a time; only then is it known to be
done. That the platform did as it said is not shown by an acknowledgement.
"""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from staydown.ids import CaseId, CommandId


class CommandKind(StrEnum):
    """What the platform shall do."""

    HIDE = "hide"  # out of sight, reversibly
    REMOVE = "remove"
    RESTORE = "restore"


TAKES_DOWN = frozenset({CommandKind.HIDE, CommandKind.REMOVE})
"""What keeps content from being seen: the clock waits for the platform to say that it is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """One order. `content_ref` is the platform's own name for the content."""

    id: CommandId
    kind: CommandKind
    content_ref: str
    case: CaseId
    issued_at: datetime
    acknowledged_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether the platform has yet to say that it is done."""
        return self.acknowledged_at is None

    def acknowledged(self, at: datetime) -> "Command":
        """The command once the platform said so. The first time counts."""
        return replace(self, acknowledged_at=self.acknowledged_at or at)
