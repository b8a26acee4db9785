"""Deciding, as values: what becomes of a case, and what has to follow.

Nothing here writes. A decision names the case and the copies after it, the facts for the audit
chain, the changes that take place in the same transaction, and the effects that are performed
afterwards (`changes`).
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from staydown.audit.duties import NoticeLookedAt
from staydown.audit.entries import CaseDeclined, CaseWithdrawn, CopyDecided, HoldExpired
from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.casework.cases import Case, Move, State
from staydown.casework.changes import ForgetNotice, ForgetOriginals
from staydown.casework.commands import CommandKind
from staydown.casework.consequences import (
    Consequences,
    Occasion,
    confirm,
    differ,
    forget_entries,
    forget_pictures,
    hide_until_decided,
    order_named,
    release,
    remove,
    restore,
    set_apart,
    write_to,
)
from staydown.casework.copies import UNALTERED, CopyMove, CopyState, FoundCopy
from staydown.casework.deadlines import asks_to_take_down, stop_if_done
from staydown.casework.dossiers import Dossier
from staydown.casework.findings import Findings
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.looking import Look
from staydown.casework.reasons import Reason
from staydown.errors import NotAllowed
from staydown.ids import CopyId, EntryId

TWO_PERSON_ROLES = frozenset({EntryRole.REMOVED, EntryRole.NEGATIVE})
"""Roles of entries that one reviewer has made, and another confirms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reviewer chose about one copy: REMOVE or RELEASE.

    `is_false_match` says of a release that the copy is another photograph than the one it was
    found by: a fact about pictures, unlike the findings. Once a second person agrees it counts.
    """

    copy: CopyId
    move: CopyMove
    findings: Findings
    reason: Reason
    is_false_match: bool = False
    ground: Ground = Ground.ILLEGAL


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What was decided, and what follows. `case` is the case afterwards."""

    case: Case
    occasion: Occasion
    follows: Consequences
    choice: Choice | None = None
    look: Look | None = None
    reason: Reason | None = None
    refusal: Refusal | None = None


def conclude(
    dossier: Dossier,
    case: Case,
    follows: Consequences,
    occasion: Occasion,
    *,
    choice: Choice | None = None,
    look: Look | None = None,
    reason: Reason | None = None,
    refusal: Refusal | None = None,
) -> Decision:
    """The decision that these make together; where nothing is owed any more, the clock stops."""
    is_asked = dossier.is_asked or asks_to_take_down(follows.changes)
    case, facts = stop_if_done(case, occasion.at, is_asked=is_asked)
    return Decision(
        case=case,
        occasion=occasion,
        follows=follows + Consequences(facts=facts),
        choice=choice,
        look=look,
        reason=reason,
        refusal=refusal,
    )


def decide_copy(dossier: Dossier, choice: Choice, occasion: Occasion) -> Decision:
    """Remove or release one found copy.

    Raises NotFound, or NotAllowed where the table or the findings forbid it.
    """
    copy = dossier.copy(choice.copy)
    if not dossier.may_decide(copy):
        raise NotAllowed("this was sent elsewhere: nothing of it is decided here any more")
    if choice.move is CopyMove.EXPIRE:
        raise NotAllowed("a hold ends by itself, not by decision")
    if choice.move is CopyMove.REMOVE:
        follows = _removed(copy, choice, dossier, occasion)
        case = dossier.case.confirmed(occasion.at)
        if case != dossier.case:  # the first: later ones tell the notifier nothing new
            follows += write_to(case.id, occasion)
    else:
        follows = _released(copy, choice, dossier, occasion)
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
    if choice.is_false_match:
        raise NotAllowed("what is another photograph cannot be removed: release it instead")
    follows = remove(copy, dossier, occasion)
    if dossier.role_of(copy.entry) is EntryRole.ORIGINAL:
        after = dossier.holding(*follows.copies)
        follows += confirm(dossier.entry(copy.entry))
        follows += hide_until_decided(after, copy.entry, occasion)
    return follows


def _released(
    copy: FoundCopy, choice: Choice, dossier: Dossier, occasion: Occasion
) -> Consequences:
    """A release, after which a false match is remembered as one."""
    if not choice.is_false_match:
        return release(copy, dossier, occasion)
    if not (copy.is_undecided or copy.state is CopyState.BLOCKED):
        raise NotAllowed("only what was not decided before can be called another photograph")
    against = dossier.entry(copy.entry)
    if is_confirmed_removal(against) and copy.resemblance.verdict in UNALTERED:
        # else one removal would be undone by mistaking it for a false match
        raise NotAllowed("two people removed this very picture: it is not another photograph")
    return set_apart(copy, dossier, occasion)


def _settle(
    dossier: Dossier, case: Case, follows: Consequences, choice: Choice, occasion: Occasion
) -> Decision:
    """The last undecided copy settles the case, and the full originals go."""
    after = dossier.holding(*follows.copies)
    if case.state is State.TO_REVIEW and not after.has_undecided:
        case = case.after(Move.SETTLE)
        follows += Consequences(changes=(ForgetOriginals(case=case.id),))
    return conclude(dossier, case, follows, occasion, choice=choice, reason=choice.reason)


def look_at_places(dossier: Dossier, look: Look, occasion: Occasion) -> Decision:
    """A reviewer looked at what the notice names: what they found there is taken down.

    What is named so need not have been screened, and is not remembered. Raises NotAllowed where the
    table or their findings forbid it.
    """
    case = dossier.case.after(Move.LOOK).looked(occasion.at)
    follows = Consequences(facts=(NoticeLookedAt(case=case.id, reason=look.reason.commitment),))
    follows += write_to(case.id, occasion)
    if look.take_down:
        if look.findings is None or look.findings.contradicts_removal:
            raise NotAllowed("nothing can be taken down against your own findings")
        case = case.confirmed(occasion.at)
    for content_ref in look.take_down:
        follows += order_named(CommandKind.REMOVE, content_ref, case.id, occasion)
    if case.state is State.SETTLED and dossier.case.state is not State.SETTLED:
        follows += Consequences(changes=(ForgetOriginals(case=case.id),))
    return conclude(dossier, case, follows, occasion, look=look, reason=look.reason)


def confirm_entry(dossier: Dossier, entry_id: EntryId, occasion: Occasion) -> Decision:
    """A second person vouches for an entry.

    Raises NotFound, or NotAllowed for whoever put it there themselves.
    """
    entry = dossier.entry(entry_id)
    if entry.added_by == occasion.by and not occasion.rules.unsafe_single_reviewer:
        raise NotAllowed("an entry is confirmed by a second person, not by whoever added it")
    follows = confirm(entry) + hide_until_decided(dossier, entry_id, occasion)
    after = dossier.holding(*follows.copies).confirming(entry_id)
    follows += forget_pictures(dossier, after)
    return Decision(case=dossier.case, occasion=occasion, follows=follows)


def take_back(dossier: Dossier, entry_id: EntryId, occasion: Occasion) -> Decision:
    """A known false match is none: from now on it suppresses nothing.

    One person is enough: copies are then stopped again, and wait for a reviewer. Raises NotFound,
    or NotAllowed for an entry of another role.
    """
    if dossier.entry(entry_id).role is not EntryRole.NEGATIVE:
        raise NotAllowed("only a known false match is taken back like this")
    follows = differ(dossier, dossier.without([entry_id])) + forget_entries([entry_id])
    return Decision(case=dossier.case, occasion=occasion, follows=follows)


def decline(
    dossier: Dossier,
    reason: Reason,
    occasion: Occasion,
    refusal: Refusal = Refusal.NO_GROUND,
) -> Decision:
    """No ground: all that was stopped for this notice is released; nothing is watched for.

    Raises NotAllowed once a second person confirmed a removal: one person does not undo what two
    decided. A removal that was a mistake is taken back copy by copy.
    """
    case = dossier.case.after(Move.DECLINE)
    if any(is_confirmed_removal(entry) for entry in dossier.entries):
        raise NotAllowed("two people removed a copy in this case: release that copy instead")
    stopped = (copy for copy in dossier.copies if copy.may(CopyMove.RELEASE))
    follows = _let_go(dossier, case, stopped, occasion)
    follows += Consequences(facts=(CaseDeclined(case=case.id, reason=reason.commitment),))
    follows += write_to(case.id, occasion)
    return conclude(dossier, case, follows, occasion, reason=reason, refusal=refusal)


def is_confirmed_removal(entry: Entry) -> bool:
    """Whether the entry keeps a removed picture down, vouched for by a second person."""
    return entry.role is EntryRole.REMOVED and entry.status is EntryStatus.CONFIRMED


def withdraw(dossier: Dossier, occasion: Occasion) -> Decision:
    """The notifier takes it back, and every key kept for it is destroyed.

    What no person decided is released. What a reviewer removed stays removed on the platform, but
    is no longer recognised. Whether the law of a place wants it restored is for its profile. What
    was sent elsewhere stays hidden too: it is not for the notifier to have it shown again.
    """
    case = dossier.case.after(Move.WITHDRAW)
    stopped = (
        copy
        for copy in dossier.copies
        if copy.may(CopyMove.RELEASE) and copy.state is not CopyState.REMOVED
        if dossier.may_decide(copy)
    )
    follows = _let_go(dossier, case, stopped, occasion)
    follows += Consequences(
        facts=(CaseWithdrawn(case=case.id),), changes=(ForgetNotice(notice=case.notice),)
    )
    return conclude(dossier, case, follows, occasion)


def _let_go(
    dossier: Dossier, closed: Case, stopped: Iterable[FoundCopy], occasion: Occasion
) -> Consequences:
    """Release the copies; forget every entry of the case, its originals and its pictures."""
    follows = Consequences(changes=(ForgetOriginals(case=closed.id),))
    after = replace(dossier, case=closed)
    for copy in stopped:
        after = after.holding(copy.after(CopyMove.RELEASE))
        follows += restore(copy, after, occasion)
    gone = [entry.id for entry in dossier.entries]
    return follows + differ(dossier, after.without(gone)) + forget_entries(gone)


def expire(dossier: Dossier, copy_id: CopyId, occasion: Occasion) -> Decision:
    """A hold ended undecided: the platform shows the copy again. It still waits for a reviewer.

    Unless something else stops it. Raises NotAllowed.
    """
    copy = dossier.copy(copy_id)
    follows = restore(copy, dossier, occasion)
    follows += Consequences(
        copies=(copy.after(CopyMove.EXPIRE),),
        facts=(HoldExpired(case=copy.case, copy=copy.id),),
    )
    return Decision(case=dossier.case, occasion=occasion, follows=follows)
