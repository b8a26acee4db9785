"""The life of an appeal as a table of states and moves: one side asks, somebody else decides.

Each side may appeal once against each decision, until its window is over. An appeal decides what
becomes of the content; that the first decision was made stays in the chain.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from enum import StrEnum
from types import MappingProxyType
from typing import Protocol
from zoneinfo import ZoneInfo

from staydown.casework.reasons import Reason
from staydown.errors import NotAllowed
from staydown.ids import ActorId, AppealId, CaseId, CommandId
from staydown.policy.clocks import window_ends
from staydown.policy.packs import Pack, Side
from staydown.policy.strictness import appeal_ends


class AppealState(StrEnum):
    """Where an appeal stands, and who acts next."""

    OPEN = "open"  # a reviewer who did not decide before acts next
    UPHELD = "upheld"  # the decision stands
    REVERSED = "reversed"  # the decision was changed


class AppealMove(StrEnum):
    """What can happen to an appeal."""

    UPHOLD = "uphold"
    REVERSE = "reverse"


APPEAL_MOVES: Mapping[tuple[AppealState, AppealMove], AppealState] = MappingProxyType(
    {
        (AppealState.OPEN, AppealMove.UPHOLD): AppealState.UPHELD,
        (AppealState.OPEN, AppealMove.REVERSE): AppealState.REVERSED,
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """One appeal against the decision that `against` made, by the side of its case.

    `command` is what took the poster's content down; None where the notifier appeals.
    """

    id: AppealId
    case: CaseId
    side: Side
    command: CommandId | None
    against: ActorId
    state: AppealState
    filed_at: datetime
    decided_at: datetime | None = None
    decided_by: ActorId | None = None

    def after(self, move: AppealMove, by: ActorId, at: datetime) -> "Appeal":
        """The appeal once it was decided. Raises NotAllowed."""
        try:
            state = APPEAL_MOVES[self.state, move]
        except KeyError:
            raise NotAllowed(f"an appeal that is {self.state} cannot {move}") from None
        return replace(self, state=state, decided_by=by, decided_at=at)


def open_until(packs: Iterable[Pack], side: Side, decided_at: datetime, months: int) -> datetime:
    """When an appeal is too late: by the law that leaves most time, or by the operator's months."""
    by_law = appeal_ends(packs, side, decided_at)
    by_operator = window_ends(decided_at, months, ZoneInfo("UTC")).astimezone(UTC)
    return max(by_law, by_operator) if by_law else by_operator


class AppealShelf(Protocol):
    """Appeals, and the words in which they were made and decided."""

    def keep(self, appeal: Appeal, words: Reason) -> None:
        """Keep a fresh one. Raises NotAllowed where that side appealed before."""
        ...

    def appeal(self, id: AppealId) -> Appeal:
        """One, locked until the transaction ends. Raises NotFound."""
        ...

    def of_command(self, command: CommandId) -> Appeal | None:
        """The poster's appeal against what this command took down, if there is one."""
        ...

    def of_notifier(self, case: CaseId) -> Appeal | None:
        """The notifier's appeal in a case, if there is one."""
        ...

    def in_case(self, case: CaseId) -> tuple[Appeal, ...]:
        """Those of both sides, oldest first."""
        ...

    def waiting(self) -> tuple[Appeal, ...]:
        """Those that nobody decided, oldest first."""
        ...

    def words(self, appeal: Appeal) -> str | None:
        """What was said in it; None once it was destroyed with the notice."""
        ...

    def answer(self, appeal: Appeal) -> str | None:
        """Why it was decided so; None before that, and once it was destroyed."""
        ...

    def decide(self, appeal: Appeal, reason: Reason) -> None:
        """Write how it was decided, and why."""
        ...
