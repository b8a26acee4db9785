"""What was decided before, as a reviewer reads it again."""

from dataclasses import dataclass, field
from datetime import datetime

from staydown.casework.cases import Move
from staydown.casework.copies import CopyMove
from staydown.casework.findings import Findings
from staydown.casework.grounds import Ground, Refusal
from staydown.ids import ActorId, CopyId


@dataclass(frozen=True, slots=True, kw_only=True)
class PastDecision:
    """One decision about a copy, or about the whole case where `copy` is None.

    `move` is about the copy, `case_move` about the case; `take_down` are the names of content that
    was to be taken down where the notice said; `ground` is that of a removal, or why nothing was
    removed, as both sides are told. `reason` is None once what the notifier wrote was
    destroyed, and the reasons with it.
    """

    by: ActorId
    at: datetime
    copy: CopyId | None
    move: CopyMove | None
    findings: Findings | None
    reason: str | None = field(repr=False)
    case_move: Move | None = None
    take_down: tuple[str, ...] = ()
    ground: Ground | Refusal | None = None
