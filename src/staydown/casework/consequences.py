"""The pieces that decisions are put together from: what follows from one step. Nothing writes."""

from dataclasses import dataclass, replace
from datetime import datetime

from staydown.audit.entries import CommandIssued, EntryConfirmed, EntryForgotten, Fact
from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.casework.changes import (
    Change,
    ConfirmEntry,
    Effect,
    ForgetEntry,
    ForgetPicture,
    IssueCommand,
    RememberRemoved,
)
from staydown.casework.commands import Command, CommandKind
from staydown.casework.copies import UNALTERED, CopyMove, CopyState, FoundCopy
from staydown.casework.dossiers import Dossier
from staydown.casework.rules import Rules
from staydown.ids import ActorId, CommandId, EntryId, Randomness, new_id


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """Who decides, when, under which rules, and where fresh ids come from."""

    by: ActorId
    at: datetime
    rules: Rules
    randomness: Randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequences:
    """Copies that change, facts for the chain, changes at once, effects afterwards. They add up."""

    copies: tuple[FoundCopy, ...] = ()
    facts: tuple[Fact, ...] = ()
    changes: tuple[Change, ...] = ()
    effects: tuple[Effect, ...] = ()

    def __add__(self, other: "Consequences") -> "Consequences":
        return Consequences(
            copies=self.copies + other.copies,
            facts=self.facts + other.facts,
            changes=self.changes + other.changes,
            effects=self.effects + other.effects,
        )


NOTHING = Consequences()


def order(kind: CommandKind, copy: FoundCopy, occasion: Occasion) -> Consequences:
    """Ask the platform to do `kind` with the content of `copy`."""
    command = Command(
        id=CommandId(new_id("command", occasion.randomness)),
        kind=kind,
        content_ref=copy.content_ref,
        case=copy.case,
        issued_at=occasion.at,
    )
    issued = CommandIssued(command=command.id, kind=kind, case=copy.case)
    return Consequences(facts=(issued,), changes=(IssueCommand(command=command),))


def confirm(entry: Entry) -> Consequences:
    """Vouch for `entry`; nothing, if somebody did before."""
    if entry.status is EntryStatus.CONFIRMED:
        return NOTHING
    confirmed = EntryConfirmed(entry=entry.id)
    return Consequences(facts=(confirmed,), changes=(ConfirmEntry(entry=entry.id),))


def forget_entries(*entries: EntryId) -> Consequences:
    """Destroy the keys of `entries`."""
    return Consequences(
        facts=tuple(EntryForgotten(entry=entry) for entry in entries),
        changes=tuple(ForgetEntry(entry=entry) for entry in entries),
    )


def hold_until_decided(dossier: Dossier, confirmed: EntryId) -> Consequences:
    """Copies held because of an entry wait without limit once it is confirmed."""
    waiting = (
        copy
        for copy in dossier.copies
        if copy.state is CopyState.HELD and copy.entry == confirmed and copy.held_until
    )
    return Consequences(copies=tuple(replace(copy, held_until=None) for copy in waiting))


def remove(copy: FoundCopy, dossier: Dossier, occasion: Occasion) -> Consequences:
    """Take `copy` down, and see to it that it stays down."""
    removed = copy.after(CopyMove.REMOVE)
    ordered = order(CommandKind.REMOVE, copy, occasion)
    if _is_remembered_already(copy, dossier):
        return ordered + Consequences(copies=(removed,), changes=(ForgetPicture(copy=copy.id),))
    entry = EntryId(new_id("entry", occasion.randomness))
    remember = RememberRemoved(
        copy=copy.id,
        entry=entry,
        by=occasion.by,
        is_confirmed=occasion.rules.unsafe_single_reviewer,
    )
    return ordered + Consequences(copies=(removed.remembered(entry),), effects=(remember,))


def _is_remembered_already(copy: FoundCopy, dossier: Dossier) -> bool:
    """Whether it is an unaltered copy of what was removed before: an entry says so already."""
    is_of_removed = dossier.role_of(copy.entry) is EntryRole.REMOVED
    return is_of_removed and copy.resemblance.verdict in UNALTERED


def release(copy: FoundCopy, dossier: Dossier, occasion: Occasion) -> Consequences:
    """Let `copy` be seen again, and keep nothing of it."""
    forgotten = Consequences(
        copies=(copy.after(CopyMove.RELEASE),), changes=(ForgetPicture(copy=copy.id),)
    )
    if copy.remembered_as and dossier.role_of(copy.remembered_as):
        forgotten += forget_entries(copy.remembered_as)
    if copy.state is CopyState.EXPIRED:  # it was restored when the hold ended
        return forgotten
    return forgotten + order(CommandKind.RESTORE, copy, occasion)
