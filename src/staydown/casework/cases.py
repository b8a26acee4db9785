"""The life of a case as a table of states and moves.

A case is one notice and everything found because of it. Its state says who acts next; what became
of each found copy is in `copies`. A move that is not in the table cannot happen.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from staydown.casework.notices import Sender
from staydown.errors import NotAllowed
from staydown.ids import ActorId, CaseId, NoticeId
from staydown.policy.clocks import Owed
from staydown.policy.packs import Element, PackRef
from staydown.policy.strictness import governing


class State(StrEnum):
    """Where a case stands, and who acts next."""

    RECEIVED = "received"  # we watch; no copy was held yet
    TO_REVIEW = "to_review"  # a copy is held; a reviewer acts next
    SETTLED = "settled"  # every copy found so far is decided; we go on watching
    REOPENED = "reopened"  # an appeal of the notifier was right; a reviewer acts next
    DECLINED = "declined"  # a reviewer found no ground; nothing is watched for
    SENT_ELSEWHERE = "sent_elsewhere"  # somebody under 18 may be shown: others look at it, not we
    WITHDRAWN = "withdrawn"  # the notifier took it back; what was kept for it is destroyed


class Move(StrEnum):
    """What can happen to a case."""

    FIND = "find"  # a copy was held
    SETTLE = "settle"  # the last undecided copy was decided
    LOOK = "look"  # a reviewer looked at what the notice names
    DECLINE = "decline"
    SEND_ELSEWHERE = "send_elsewhere"  # somebody under 18 may be shown
    REOPEN = "reopen"  # an appeal of the notifier was right
    WITHDRAW = "withdraw"


# A declined case may still be withdrawn: what remains of the notice is the notifier's to take back.
MOVES: Mapping[tuple[State, Move], State] = MappingProxyType(
    {
        (State.RECEIVED, Move.FIND): State.TO_REVIEW,
        (State.RECEIVED, Move.LOOK): State.SETTLED,
        (State.RECEIVED, Move.DECLINE): State.DECLINED,
        (State.RECEIVED, Move.SEND_ELSEWHERE): State.SENT_ELSEWHERE,
        (State.RECEIVED, Move.WITHDRAW): State.WITHDRAWN,
        (State.TO_REVIEW, Move.FIND): State.TO_REVIEW,
        (State.TO_REVIEW, Move.SETTLE): State.SETTLED,
        (State.TO_REVIEW, Move.LOOK): State.TO_REVIEW,
        (State.TO_REVIEW, Move.DECLINE): State.DECLINED,
        (State.TO_REVIEW, Move.SEND_ELSEWHERE): State.SENT_ELSEWHERE,
        (State.TO_REVIEW, Move.WITHDRAW): State.WITHDRAWN,
        (State.SETTLED, Move.FIND): State.TO_REVIEW,
        (State.SETTLED, Move.LOOK): State.SETTLED,
        (State.SETTLED, Move.DECLINE): State.DECLINED,
        (State.SETTLED, Move.SEND_ELSEWHERE): State.SENT_ELSEWHERE,
        (State.SETTLED, Move.WITHDRAW): State.WITHDRAWN,
        (State.SETTLED, Move.REOPEN): State.REOPENED,
        (State.REOPENED, Move.FIND): State.TO_REVIEW,
        (State.REOPENED, Move.LOOK): State.SETTLED,
        (State.REOPENED, Move.DECLINE): State.DECLINED,
        (State.REOPENED, Move.SEND_ELSEWHERE): State.SENT_ELSEWHERE,
        (State.REOPENED, Move.WITHDRAW): State.WITHDRAWN,
        (State.DECLINED, Move.REOPEN): State.REOPENED,
        (State.DECLINED, Move.WITHDRAW): State.WITHDRAWN,
        (State.SENT_ELSEWHERE, Move.WITHDRAW): State.WITHDRAWN,
    }
)

CLOSED = frozenset({State.DECLINED, State.SENT_ELSEWHERE, State.WITHDRAWN})
"""Cases for which nothing is watched for any more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case.

    `notifier` is a random name for whoever filed it; `keeps_photo` is their consent to keep a small
    sealed copy of their originals; `confirmed_at` is when a reviewer first removed a copy.

    `packs` are the laws that applied when it was opened, `deadlines` the duties they set going,
    earliest due first; `looked_at` is when a reviewer first looked at what the notice names;
    `clock_stopped_at` is when all of it was done; `escalated` is the last step, in percent of the
    time, of which somebody heard. `lacks` is what a law asks for and the notice has not: the
    notifier was asked for it at the receipt, and added to it at `completed_at`, once.
    """

    id: CaseId
    notice: NoticeId
    notifier: ActorId
    state: State
    opened_at: datetime
    keeps_photo: bool
    confirmed_at: datetime | None = None
    packs: tuple[PackRef, ...] = ()
    deadlines: tuple[Owed, ...] = ()
    looked_at: datetime | None = None
    clock_stopped_at: datetime | None = None
    escalated: int = 0
    sender: Sender = Sender.PERSON
    lacks: tuple[Element, ...] = ()
    completed_at: datetime | None = None

    @property
    def is_closed(self) -> bool:
        """Whether nothing is watched for any more."""
        return self.state in CLOSED

    @property
    def clock_runs(self) -> bool:
        """Whether a law has something to be done that is not done yet."""
        return bool(self.deadlines) and self.clock_stopped_at is None

    @property
    def awaits_a_look(self) -> bool:
        """Whether a reviewer still has to look at what the notice names."""
        return self.clock_runs and self.looked_at is None and not self.is_closed

    @property
    def may_be_completed(self) -> bool:
        """Whether something is missing that the notifier was asked for and has not added to."""
        return bool(self.lacks) and self.completed_at is None and not self.is_closed

    @property
    def is_claimed_as_statutory(self) -> bool:
        """Whether it is called a notice under the law: not without a way to reach the notifier."""
        return bool(self.packs) and Element.CONTACT not in self.lacks

    @property
    def goes_first(self) -> bool:
        """Whether, of notices that are due alike, it comes first (DSA Art. 22; an order)."""
        return self.sender is not Sender.PERSON

    @property
    def governing(self) -> Owed | None:
        """The duty that is due first, or None where no law gives a number."""
        return governing(self.deadlines)

    @property
    def was_missed(self) -> bool:
        """Whether it was done too late. What is not done yet is for `deadlines` to say."""
        first, done = self.governing, self.clock_stopped_at
        return bool(first and first.due_at and done and done > first.due_at)

    def after(self, move: Move) -> "Case":
        """The case once `move` is made. Raises NotAllowed."""
        try:
            return replace(self, state=MOVES[self.state, move])
        except KeyError:
            raise NotAllowed(f"a case that is {self.state} cannot {move}") from None

    def confirmed(self, at: datetime) -> "Case":
        """The case once a reviewer has removed a copy because of it; the first time counts."""
        return self if self.confirmed_at else replace(self, confirmed_at=at)

    def looked(self, at: datetime) -> "Case":
        """The case once a reviewer looked at what its notice names; the first time counts."""
        return self if self.looked_at else replace(self, looked_at=at)

    def stopped(self, at: datetime) -> "Case":
        """The case once nothing is owed any more; the first time counts."""
        return replace(self, clock_stopped_at=at) if self.clock_runs else self

    def completed(self, at: datetime, lacks: tuple[Element, ...]) -> "Case":
        """The case once the notifier added to the notice, and what is still missing.

        Where places were added, a reviewer looks at them too. Raises NotAllowed if nothing was
        missing, or it was added to before.
        """
        if not self.may_be_completed:
            raise NotAllowed("nothing is missing, or it was added before")
        names_more = Element.LOCATION in self.lacks and Element.LOCATION not in lacks
        looked_at = None if names_more and self.clock_runs else self.looked_at
        return replace(self, completed_at=at, lacks=lacks, looked_at=looked_at)
