"""Deciding, as values: what becomes of a case, and what has to follow.

Nothing here writes. A decision names the case and the copies after it, the facts for the audit
chain, the changes that take place in the same transaction, and the effects that are performed
afterwards (`changes`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from staydown.audit.entries import CaseDeclined, CaseWithdrawn, CopyDecided, HoldExpired
from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.casework.cases import Case, Move, State
from staydown.casework.changes import ForgetNotice, ForgetOriginals, ForgetPicture
from staydown.casework.commands import CommandKind
from staydown.casework.consequences import (
    Consequences,
    Occasion,
    confirm,
    forget_entries,
    hold_until_decided,
    order,
    release,
    remove,
)
from staydown.casework.copies import CopyMove, CopyState, FoundCopy
from staydown.casework.dossiers import Dossier
from staydown.casework.findings import Findings
from staydown.casework.reasons import Reason
from staydown.errors import NotAllowed
from staydown.ids import CopyId, EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reviewer chose about one copy: REMOVE or RELEASE."""

    copy: CopyId
    move: CopyMove
    findings: Findings
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, and what follows. `case` is the case afterwards."""

    case: Case
    occasion: Occasion
    follows: Consequences
    choice: Choice | None = None
    reason: Reason | None = None


def decide_copy(dossier: Dossier, choice: Choice, occasion: Occasion) -> Decision:
    """Remove or release one found copy.

    Raises NotFound, or NotAllowed where the table or the findings forbid it.
    """
    copy = dossier.copy(choice.copy)
    if choice.move is CopyMove.EXPIRE:
        raise NotAllowed("a hold ends by itself, not by decision")
    if choice.move is CopyMove.REMOVE:
        follows = _removed(copy, choice, dossier, occasion)
        case = dossier.case.confirmed(occasion.at)
    else:
        follows = release(copy, dossier, occasion)
        case = dossier.case
    decided = CopyDecided(
        case=case.id, copy=copy.id, move=choice.move, reason=choice.reason.commitment
    )
    follows += Consequences(facts=(decided,))
    return _settle(dossier, case, follows, choice, occasion)


def _removed(copy: FoundCopy, choice: Choice, dossier: Dossier, occasion: Occasion) -> Consequences:
    """A removal also vouches for the original it derives from: a reviewer has looked at both."""
    if choice.findings.contradicts_removal:
        raise NotAllowed("a copy cannot be removed against your own findings: release it instead")
    follows = remove(copy, dossier, occasion)
    if dossier.role_of(copy.entry) is EntryRole.ORIGINAL:
        follows += confirm(dossier.entry(copy.entry))
        follows += hold_until_decided(dossier.holding(follows.copies[0]), copy.entry)
    return follows


def _settle(
    dossier: Dossier, case: Case, follows: Consequences, choice: Choice, occasion: Occasion
) -> Decision:
    """The last undecided copy settles the case, and the full originals go."""
    after = dossier
    for copy in follows.copies:
        after = after.holding(copy)
    if case.state is State.TO_REVIEW and not after.has_undecided:
        case = case.after(Move.SETTLE)
        follows += Consequences(changes=(ForgetOriginals(case=case.id),))
    return Decision(
        case=case, occasion=occasion, follows=follows, choice=choice, reason=choice.reason
    )


def confirm_entry(dossier: Dossier, entry_id: EntryId, occasion: Occasion) -> Decision:
    """A second person vouches for an entry.

    Raises NotFound, or NotAllowed for whoever put it there themselves.
    """
    entry = dossier.entry(entry_id)
    if entry.added_by == occasion.by and not occasion.rules.unsafe_single_reviewer:
        raise NotAllowed("an entry is confirmed by a second person, not by whoever added it")
    shown = (copy.id for copy in dossier.copies if copy.remembered_as == entry_id)
    follows = confirm(entry) + hold_until_decided(dossier, entry_id)
    follows += Consequences(changes=tuple(ForgetPicture(copy=copy) for copy in shown))
    return Decision(case=dossier.case, occasion=occasion, follows=follows)


def decline(dossier: Dossier, reason: Reason, occasion: Occasion) -> Decision:
    """No ground: all that was stopped for this notice is released; nothing is watched for.

    Raises NotAllowed once a second person confirmed a removal: one person does not undo what two
    decided. A removal that was a mistake is taken back copy by copy.
    """
    case = dossier.case.after(Move.DECLINE)
    if any(is_confirmed_removal(entry) for entry in dossier.entries):
        raise NotAllowed("two people removed a copy in this case: release that copy instead")
    stopped = (copy for copy in dossier.copies if copy.may(CopyMove.RELEASE))
    follows = _let_go(dossier, stopped, occasion)
    follows += Consequences(facts=(CaseDeclined(case=case.id, reason=reason.commitment),))
    return Decision(case=case, occasion=occasion, follows=follows, reason=reason)


def is_confirmed_removal(entry: Entry) -> bool:
    """Whether the entry keeps a removed picture down, vouched for by a second person."""
    return entry.role is EntryRole.REMOVED and entry.status is EntryStatus.CONFIRMED


def withdraw(dossier: Dossier, occasion: Occasion) -> Decision:
    """The notifier takes it back, and every key kept for it is destroyed.

    What no person decided is released. What a reviewer removed stays removed on the platform, but
    is no longer recognised. Whether the law of a place wants it restored is for its profile.
    """
    case = dossier.case.after(Move.WITHDRAW)
    stopped = (
        copy
        for copy in dossier.copies
        if copy.may(CopyMove.RELEASE) and copy.state is not CopyState.REMOVED
    )
    follows = _let_go(dossier, stopped, occasion)
    removed = (copy.id for copy in dossier.copies if copy.state is CopyState.REMOVED)
    follows += Consequences(
        facts=(CaseWithdrawn(case=case.id),),
        changes=(
            *(ForgetPicture(copy=copy) for copy in removed),
            ForgetNotice(notice=case.notice),
        ),
    )
    return Decision(case=case, occasion=occasion, follows=follows)


def _let_go(dossier: Dossier, stopped: Iterable[FoundCopy], occasion: Occasion) -> Consequences:
    """Release the copies, forget every entry of the case and its originals."""
    follows = Consequences(changes=(ForgetOriginals(case=dossier.case.id),))
    for copy in stopped:
        follows += release(replace(copy, remembered_as=None), dossier, occasion)
    return follows + forget_entries(*(entry.id for entry in dossier.entries))


def expire(dossier: Dossier, copy_id: CopyId, occasion: Occasion) -> Decision:
    """A hold ended undecided: the platform shows the copy again. It still waits for a reviewer.

    Raises NotAllowed.
    """
    copy = dossier.copy(copy_id)
    follows = order(CommandKind.RESTORE, copy, occasion)
    follows += Consequences(
        copies=(copy.after(CopyMove.EXPIRE),),
        facts=(HoldExpired(case=copy.case, copy=copy.id),),
    )
    return Decision(case=dossier.case, occasion=occasion, follows=follows)
