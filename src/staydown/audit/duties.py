"""Facts about what is owed: notices answered and completed, clocks, appeals, what is handed on.

The vocabulary of the chain is in `entries`; these are part of it.
"""

from dataclasses import dataclass

from staydown.digests import Digest
from staydown.ids import AppealId, CaseId, HandOffId, NoticeId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCompleted:
    """A notifier added what was missing in a notice."""

    case: CaseId
    notice: NoticeId
    content: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLookedAt:
    """A reviewer looked at what a notice names, and answered it."""

    case: CaseId
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStarted:
    """A law wants a case dealt with by then (ISO 8601), or gives no number: then `due` is None.

    Said again once an answer of the notifier moved it; the last one counts.
    """

    case: CaseId
    regime: str
    due: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockStopped:
    """Nothing is owed in a case any more: it was done, or the duty fell away."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineNear:
    """So many percent of a deadline's time are over: 50, 75, 90; 100 says that it was missed."""

    case: CaseId
    regime: str
    percent: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealFiled:
    """One side asked for a decision to be looked at again."""

    appeal: AppealId
    case: CaseId
    side: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AppealDecided:
    """A reviewer who had not decided before decided an appeal."""

    appeal: AppealId
    case: CaseId
    move: str
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseTaken:
    """A reviewer took the next case."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseHandedOver:
    """A reviewer left a case to others."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileMade:
    """All of a case was put together, to be handed to a court or a regulator."""

    case: CaseId
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class NotifierRestrained:
    """Whoever filed a case was warned, or suspended for a time, or that was lifted."""

    case: CaseId
    move: str
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOffReceived:
    """Where something is that may show somebody under 18 was kept, to be handed on."""

    hand_off: HandOffId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOffViewed:
    """A reviewer was shown where it is."""

    hand_off: HandOffId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """A reviewer handed it on; where it is was forgotten here."""

    hand_off: HandOffId
