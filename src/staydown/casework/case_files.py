"""The life of a case file as a table: a lead asks for one, a second person agrees, it may be made.

A case file is everything about one case that may be handed to a court, in writing. It may be made
again while the agreement lasts, so that a making which was interrupted is no loss; each making is
in the audit chain.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final, Protocol

from staydown.casework.reasons import Reason
from staydown.errors import NotAllowed
from staydown.ids import ActorId, CaseFileId, CaseId, NoticeId

LASTS: Final = timedelta(hours=168)
"""How long after it was asked for it may be agreed to, and made."""


class FileState(StrEnum):
    """Where a case file stands."""

    ASKED = "asked"  # a second person acts next
    AGREED = "agreed"  # it may be made
    REFUSED = "refused"


class FileMove(StrEnum):
    """What can happen to a case file."""

    AGREE = "agree"
    REFUSE = "refuse"


FILE_MOVES: Mapping[tuple[FileState, FileMove], FileState] = MappingProxyType(
    {
        (FileState.ASKED, FileMove.AGREE): FileState.AGREED,
        (FileState.ASKED, FileMove.REFUSE): FileState.REFUSED,
        (FileState.AGREED, FileMove.REFUSE): FileState.REFUSED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFile:
    """One that was asked for; `names_notifier` is whether it says who filed the notice."""

    id: CaseFileId
    case: CaseId
    state: FileState
    names_notifier: bool
    asked_by: ActorId
    asked_at: datetime
    decided_by: ActorId | None = None
    decided_at: datetime | None = None

    @property
    def until(self) -> datetime:
        """From when on it may neither be agreed to nor made."""
        return self.asked_at + LASTS

    def is_open(self, at: datetime) -> bool:
        """Whether it may still be agreed to, or made."""
        return self.state is not FileState.REFUSED and at < self.until

    def may_be_made(self, at: datetime) -> bool:
        """Whether a second person agreed, not too long ago."""
        return self.state is FileState.AGREED and at < self.until

    def after(self, move: FileMove, by: ActorId, at: datetime) -> "CaseFile":
        """The file once somebody agreed or refused. Raises NotAllowed."""
        try:
            state = FILE_MOVES[self.state, move]
        except KeyError:
            raise NotAllowed(f"a case file that is {self.state} cannot {move}") from None
        return replace(self, state=state, decided_by=by, decided_at=at)


class CaseFileShelf(Protocol):
    """Case files that were asked for, and the words in which that was done."""

    def keep(self, file: CaseFile, reason: Reason) -> None:
        """Keep a fresh one."""
        ...

    def last(self, case: CaseId) -> CaseFile | None:
        """The one that was asked for last in a case, locked inside a transaction."""
        ...

    def asked(self) -> tuple[CaseFile, ...]:
        """Those that nobody agreed to or refused, oldest first; some may be too old."""
        ...

    def decide(self, file: CaseFile) -> None:
        """Write who agreed or refused."""
        ...

    def reason(self, file: CaseFile) -> Reason | None:
        """Why it was asked for; None once the notice was taken back: then it ended."""
        ...

    def said(self, notice: NoticeId) -> tuple[Reason, ...]:
        """All reasons that were given about a notice, with their salts."""
        ...
