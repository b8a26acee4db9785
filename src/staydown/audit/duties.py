"""Facts about what is owed: notices answered and completed, clocks, appeals, handing on and over.

The vocabulary of the chain is in `entries`; these are part of it.
"""

from dataclasses import dataclass

from staydown.digests import Digest
from staydown.ids import AppealId, CaseFileId, CaseId, CopyId, HandOffId, NoticeId


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
class NotifierRestrained:
    """Whoever filed a case was warned, or suspended for a time, or that was lifted."""

    case: CaseId
    move: str
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureRevealed:
    """A reviewer was allowed one look at a found copy without its cover; `why` is one of a list."""

    case: CaseId
    copy: CopyId
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOffReceived:
    """Where something is that may show somebody under 18 was kept, to be handed on."""

    hand_off: HandOffId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseSentElsewhere:
    """A reviewer found that somebody under 18 may be shown: where it is waits to be handed on."""

    case: CaseId
    hand_off: HandOffId
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOffViewed:
    """A reviewer was shown where it is."""

    hand_off: HandOffId


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOn:
    """A reviewer handed it on; where it is was forgotten here."""

    hand_off: HandOffId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileAsked:
    """A lead asked for a file of a case, for a court; `names_notifier` is `yes` or `no`."""

    case: CaseId
    file: CaseFileId
    names_notifier: str
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileAgreed:
    """A second person agreed to it: it may be made, for a time."""

    case: CaseId
    file: CaseFileId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileRefused:
    """Somebody refused it, or took back that it may be made."""

    case: CaseId
    file: CaseFileId


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFileMade:
    """It is about to be written; `digest` is the SHA-256 of its list of digests."""

    case: CaseId
    file: CaseFileId
    digest: Digest
