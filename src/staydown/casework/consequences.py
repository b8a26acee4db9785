"""The pieces that decisions are put together from: what follows from one step. Nothing writes."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from staydown.audit.entries import (
    CommandIssued,
    CopyHeld,
    EntryConfirmed,
    EntryForgotten,
    EntryQuarantined,
    Fact,
)
from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.casework.changes import (
    Change,
    ConfirmEntry,
    Effect,
    ForgetEntry,
    ForgetPicture,
    IssueCommand,
    QuarantineEntry,
    RememberCopy,
    WriteToNotifier,
)
from staydown.casework.commands import Command, CommandKind
from staydown.casework.copies import UNALTERED, CopyMove, CopyState, FoundCopy
from staydown.casework.dossiers import Dossier
from staydown.casework.rules import Rules
from staydown.ids import ActorId, CaseId, CommandId, EntryId, Randomness, new_id


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
    return order_named(kind, copy.content_ref, copy.case, occasion)


def order_named(
    kind: CommandKind, content_ref: str, case: CaseId, occasion: Occasion
) -> Consequences:
    """Ask the platform to do `kind` with what it calls by that name."""
    command = Command(
        id=CommandId(new_id("command", occasion.randomness)),
        kind=kind,
        content_ref=content_ref,
        case=case,
        issued_at=occasion.at,
    )
    issued = CommandIssued(command=command.id, kind=kind, case=case)
    return Consequences(facts=(issued,), changes=(IssueCommand(command=command),))


def write_to(case: CaseId, occasion: Occasion) -> Consequences:
    """Have the notifier of a case written to."""
    return Consequences(changes=(WriteToNotifier(case=case, at=occasion.at),))


def confirm(entry: Entry) -> Consequences:
    """Vouch for `entry`; nothing, if somebody did before."""
    if entry.status is EntryStatus.CONFIRMED:
        return NOTHING
    confirmed = EntryConfirmed(entry=entry.id)
    return Consequences(facts=(confirmed,), changes=(ConfirmEntry(entry=entry.id),))


def quarantine(entry: Entry, case: CaseId) -> Consequences:
    """Let an unreviewed entry hold nothing; nothing, if it is so already or somebody vouched."""
    if entry.status is not EntryStatus.UNREVIEWED:
        return NOTHING
    found = EntryQuarantined(entry=entry.id, case=case)
    return Consequences(facts=(found,), changes=(QuarantineEntry(entry=entry.id),))


def forget_entries(entries: Iterable[EntryId]) -> Consequences:
    """Destroy the keys of `entries`."""
    gone = tuple(entries)
    return Consequences(
        facts=tuple(EntryForgotten(entry=entry) for entry in gone),
        changes=tuple(ForgetEntry(entry=entry) for entry in gone),
    )


def hide_until_decided(dossier: Dossier, confirmed: EntryId, occasion: Occasion) -> Consequences:
    """Copies found by an entry wait hidden, without limit, once it is confirmed.

    Those whose hold had ended, or that came when the entry had held its share, are visible: the
    platform is asked to hide them.
    """
    return hide((copy for copy in dossier.copies if copy.entry == confirmed), occasion)


def hide(copies: Iterable[FoundCopy], occasion: Occasion) -> Consequences:
    """Those of them that nobody decided are hidden, without limit."""
    follows = NOTHING
    for copy in copies:
        if copy.is_let_go:
            follows += _hide(copy, occasion)
        elif copy.state is CopyState.HELD and copy.held_until:
            follows += Consequences(copies=(replace(copy, held_until=None),))
    return follows


def _hide(copy: FoundCopy, occasion: Occasion) -> Consequences:
    held = CopyHeld(case=copy.case, copy=copy.id, entry=copy.entry)
    return order(CommandKind.HIDE, copy, occasion) + Consequences(
        copies=(copy.hidden(until=None),), facts=(held,)
    )


def restore(copy: FoundCopy, dossier: Dossier, occasion: Occasion) -> Consequences:
    """Have the platform show `copy` again; nothing where it does, or something else stops it."""
    if copy.is_let_go or dossier.is_stopped_besides(copy):
        return NOTHING
    return order(CommandKind.RESTORE, copy, occasion)


def remove(copy: FoundCopy, dossier: Dossier, occasion: Occasion) -> Consequences:
    """Take `copy` down, and see to it that it stays down."""
    ordered = order(CommandKind.REMOVE, copy, occasion)
    removed = copy.after(CopyMove.REMOVE)
    if _is_remembered_already(removed, dossier):
        return ordered + differ(dossier, dossier.holding(removed))
    return ordered + _remember(removed, EntryRole.REMOVED, dossier, occasion)


def _is_remembered_already(removed: FoundCopy, dossier: Dossier) -> bool:
    """Whether an entry says so already: it is what was removed before, or has the same pixels."""
    is_of_removed = dossier.role_of(removed.entry) is EntryRole.REMOVED
    if is_of_removed and removed.resemblance.verdict in UNALTERED:
        return True
    return _has_twin(removed, dossier)


def _has_twin(decided: FoundCopy, dossier: Dossier) -> bool:
    """Whether an entry is made of a copy of the same pixels that was decided the same way."""
    return any(
        other.picture == decided.picture
        and other.state is decided.state
        and other.remembered_as is not None
        for other in dossier.copies
    )


def _remember(
    decided: FoundCopy, role: EntryRole, dossier: Dossier, occasion: Occasion
) -> Consequences:
    """Have an entry of `role` made of it; until a second person looked, its picture stays."""
    entry = EntryId(new_id("entry", occasion.randomness))
    effect = RememberCopy(
        copy=decided.id,
        entry=entry,
        role=role,
        by=occasion.by,
        is_confirmed=occasion.rules.unsafe_single_reviewer,
    )
    after = dossier.holding(decided.remembered(entry))
    return differ(dossier, after) + Consequences(effects=(effect,))


def release(copy: FoundCopy, dossier: Dossier, occasion: Occasion) -> Consequences:
    """Let `copy` be seen again, and keep nothing of it."""
    released = copy.after(CopyMove.RELEASE).remembered(None)
    gone = [entry.id for entry in dossier.entries if entry.id == copy.remembered_as]
    gone += [entry.id for made in gone for entry in dossier.filed_against(made)]
    moot = dossier.waiting_to_be_filed_against(gone)
    after = dossier.holding(released).without([*gone, *moot])
    return differ(dossier, after) + forget_entries(gone) + restore(copy, dossier, occasion)


def set_apart(copy: FoundCopy, dossier: Dossier, occasion: Occasion) -> Consequences:
    """Let `copy` be seen again, and have it remembered as a known false match of its entry."""
    released = copy.after(CopyMove.RELEASE)
    restored = restore(copy, dossier, occasion)
    if _has_twin(released, dossier):
        return restored + differ(dossier, dossier.holding(released))
    return restored + _remember(released, EntryRole.NEGATIVE, dossier, occasion)


def differ(before: Dossier, after: Dossier) -> Consequences:
    """The copies that changed, and the pictures that nobody has to look at any more."""
    changed = (new for old, new in zip(before.copies, after.copies, strict=True) if new != old)
    return Consequences(copies=tuple(changed)) + forget_pictures(before, after)


def forget_pictures(before: Dossier, after: Dossier) -> Consequences:
    """Destroy the keys of pictures that somebody had to look at before, and nobody has to now."""
    kept = {copy.picture for copy in after.copies if after.has_picture(copy)}
    gone = dict.fromkeys(
        copy.picture
        for copy in before.copies
        if before.has_picture(copy) and copy.picture not in kept
    )
    return Consequences(changes=tuple(ForgetPicture(copy=picture) for picture in gone))
