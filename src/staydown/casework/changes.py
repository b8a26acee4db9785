"""What follows from a decision.

A *change* takes place in the same transaction as the decision: when the transaction is durable, it
has happened. An *effect* is slow or leaves the database, so jobs perform it afterwards, at least
once, until it succeeds.
"""

from dataclasses import dataclass
from datetime import datetime

from staydown.bank.entries import EntryRole
from staydown.casework.commands import Command
from staydown.ids import ActorId, CaseId, CopyId, EntryId, NoticeId


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueCommand:
    """Ask the platform to do something."""

    command: Command


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteToNotifier:
    """Have the notifier written to that there is something new to read, if that is safe."""

    case: CaseId
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ConfirmEntry:
    """From now on the entry counts as vouched for."""

    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class QuarantineEntry:
    """From now on the entry holds nothing, until a reviewer confirms it."""

    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetEntry:
    """Destroy the entry's key; a tombstone stays."""

    entry: EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetPicture:
    """Destroy the key of a found picture and its map, by the copy under whose id they lie."""

    copy: CopyId


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetOriginals:
    """Destroy the key of the full originals of a case; its entries keep what they need."""

    case: CaseId


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetNotice:
    """Destroy the key of what the notifier wrote and of the reasons given about it.

    The marks by which its found copies are recognised again go too.
    """

    notice: NoticeId


type Forgetting = ForgetEntry | ForgetPicture | ForgetOriginals | ForgetNotice

type Change = IssueCommand | WriteToNotifier | ConfirmEntry | QuarantineEntry | Forgetting


@dataclass(frozen=True, slots=True, kw_only=True)
class RememberCopy:
    """Make an entry of a decided copy: `removed`, so that it stays down, or `negative`.

    A `negative` one is filed against the entry that the copy was mistaken for. Nothing happens if
    the decision was taken back meanwhile.
    """

    copy: CopyId
    entry: EntryId
    role: EntryRole
    by: ActorId
    is_confirmed: bool


type Effect = RememberCopy
