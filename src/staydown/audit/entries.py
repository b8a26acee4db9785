"""What can happen, one dataclass each: the vocabulary of the audit chain.

Facts hold ids and salted commitments only, never a link, a name, a fingerprint or anybody's words,
so that forgetting something else forgets it here too. Every field is text, or None; a commitment
opens only with its salt, which is sealed elsewhere and destroyed with what it commits to.
"""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import get_args

from staydown.audit.duties import (
    AppealDecided,
    AppealFiled,
    CaseFileAgreed,
    CaseFileAsked,
    CaseFileMade,
    CaseFileRefused,
    CaseHandedOver,
    CaseSentElsewhere,
    CaseTaken,
    ClockStarted,
    ClockStopped,
    DeadlineNear,
    HandedOn,
    HandOffReceived,
    HandOffViewed,
    NoticeCompleted,
    NoticeLookedAt,
    NotifierRestrained,
    PictureRevealed,
)
from staydown.audit.keeping import (
    AuditExported,
    AuditRead,
    AuthenticatorSet,
    BackupMade,
    BackupRestored,
    KeyMade,
    KeyRevoked,
    LinkMade,
    MasterKeyRotated,
    PasswordSet,
    PersonAdded,
    PersonRemoved,
    SignedIn,
)
from staydown.digests import Digest, Json
from staydown.ids import CaseId, CommandId, CopyId, EntryId, NoticeId


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeReceived:
    """A notice was filed, and its receipt may be given."""

    case: CaseId
    notice: NoticeId
    content: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSentElsewhere:
    """Somebody under 18 may be shown: nothing was kept or compared."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAdded:
    """An entry joined the bank."""

    entry: EntryId
    role: str
    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryConfirmed:
    """A second person vouched for an entry."""

    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryQuarantined:
    """An unreviewed entry holds nothing any more: it came in a flood, or hit too many accounts."""

    entry: EntryId
    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryForgotten:
    """An entry's key was destroyed."""

    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyHeld:
    """An upload was held for review."""

    case: CaseId
    copy: CopyId
    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyBlocked:
    """An upload was stopped by itself."""

    case: CaseId
    copy: CopyId
    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyUnheld:
    """An upload was published though it would have been held: its entry had held its share."""

    case: CaseId
    copy: CopyId
    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldExpired:
    """Nobody decided in time, and the upload is to be visible again."""

    case: CaseId
    copy: CopyId


@dataclass(frozen=True, slots=True, kw_only=True)
class CopyDecided:
    """A reviewer decided about a found copy."""

    case: CaseId
    copy: CopyId
    move: str
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseDeclined:
    """A reviewer found no ground in a notice."""

    case: CaseId
    reason: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseWithdrawn:
    """A notice was taken back."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandIssued:
    """The platform was asked to do something."""

    command: CommandId
    kind: str
    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class CommandAcknowledged:
    """The platform said that it did."""

    command: CommandId


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueViewed:
    """A reviewer was shown which cases, or entries, wait for somebody."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOpened:
    """A reviewer, or the platform by one of its keys, was shown a case."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusViewed:
    """Whoever holds a case's secret was shown how it stands."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactViewed:
    """A reviewer was shown who signed a notice, and how to reach them."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureViewed:
    """A reviewer was shown a picture, of which `kind` says `original` or `covered`.

    `entry` is the original, or what the covered copy resembles.
    """

    case: CaseId
    kind: str
    entry: EntryId
    copy: CopyId | None = None


type Fact = (
    NoticeReceived
    | NoticeCompleted
    | NoticeSentElsewhere
    | CaseSentElsewhere
    | HandOffReceived
    | HandOffViewed
    | HandedOn
    | EntryAdded
    | EntryConfirmed
    | EntryQuarantined
    | EntryForgotten
    | CopyHeld
    | CopyBlocked
    | CopyUnheld
    | HoldExpired
    | CopyDecided
    | CaseDeclined
    | CaseWithdrawn
    | NoticeLookedAt
    | AppealFiled
    | AppealDecided
    | CaseTaken
    | CaseHandedOver
    | NotifierRestrained
    | CaseFileAsked
    | CaseFileAgreed
    | CaseFileRefused
    | CaseFileMade
    | ClockStarted
    | ClockStopped
    | DeadlineNear
    | CommandIssued
    | CommandAcknowledged
    | QueueViewed
    | CaseOpened
    | StatusViewed
    | ContactViewed
    | PictureViewed
    | PictureRevealed
    | PersonAdded
    | PersonRemoved
    | LinkMade
    | PasswordSet
    | AuthenticatorSet
    | SignedIn
    | KeyMade
    | KeyRevoked
    | AuditExported
    | AuditRead
    | MasterKeyRotated
    | BackupMade
    | BackupRestored
)

FACTS: tuple[type[Fact], ...] = get_args(Fact.__value__)
"""Every kind of fact."""

_BY_NAME: dict[str, Callable[..., Fact]] = {kind.__name__: kind for kind in FACTS}


def as_json(fact: Fact) -> dict[str, Json]:
    """The fact with the name of its kind, as it is digested and stored."""
    return {"fact": type(fact).__name__, **asdict(fact)}


def from_json(stored: dict[str, str]) -> Fact:
    """The fact that `as_json` wrote.

    Raises ValueError if no such kind, or not with these fields, exists.
    """
    fields = dict(stored)
    try:
        return _BY_NAME[fields.pop("fact")](**fields)
    except (KeyError, TypeError) as error:
        raise ValueError("a fact of no known kind") from error
