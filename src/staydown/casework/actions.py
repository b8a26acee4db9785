"""Verdict × role of the entry → what happens to an upload: DESIGN.md's table and its rules.

The original wins: nobody silences an ordinary photograph by registering it, and nothing that was
removed takes the innocent original with it. A machine alone never removes; it holds, reversibly,
and blocks only what a second person confirmed as removed before.

Each case that an upload concerns gets an outcome of its own: one person's notice must not stand in
for another's, since its notifier may take it back, and a reviewer decline it.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType

from staydown.bank.entries import EntryRole, EntrySource, EntryStatus
from staydown.bank.search import Match
from staydown.casework.copies import CopyState
from staydown.casework.outcomes import Circumstances, Outcome, Why
from staydown.casework.precedence import (
    is_the_original,
    outranks,
    was_released,
    without_false_matches,
)
from staydown.casework.rules import Action, Rules
from staydown.engine.verdict import Verdict
from staydown.ids import CaseId
from staydown.policy.packs import ByItself, Likeness
from staydown.policy.strictness import allowed_by_itself

_ORIGINAL, _REMOVED, _LISTED = EntryRole.ORIGINAL, EntryRole.REMOVED, EntryRole.LISTED
_PUBLISH, _HOLD, _BLOCK = Action.PUBLISH, Action.HOLD, Action.BLOCK
STOPS = frozenset({_HOLD, _BLOCK})

# What is not in the table publishes: same_session, same_place and none are at most context.
TABLE: Mapping[tuple[Verdict, EntryRole], Action] = MappingProxyType(
    {
        (Verdict.IDENTICAL, _ORIGINAL): _PUBLISH,
        (Verdict.NEAR_COPY, _ORIGINAL): _PUBLISH,
        (Verdict.PARTIAL_COPY, _ORIGINAL): _PUBLISH,
        (Verdict.DERIVED, _ORIGINAL): _HOLD,
        (Verdict.IDENTICAL, _REMOVED): _BLOCK,
        (Verdict.NEAR_COPY, _REMOVED): _BLOCK,
        (Verdict.PARTIAL_COPY, _REMOVED): _HOLD,
        (Verdict.DERIVED, _REMOVED): _HOLD,
        (Verdict.HASH_MATCH, _REMOVED): _HOLD,
        (Verdict.IDENTICAL, _LISTED): _HOLD,
        (Verdict.NEAR_COPY, _LISTED): _HOLD,
        (Verdict.PARTIAL_COPY, _LISTED): _HOLD,
        (Verdict.DERIVED, _LISTED): _HOLD,
        (Verdict.HASH_MATCH, _LISTED): _HOLD,
    }
)

_WHY = {_ORIGINAL: Why.IS_ALTERED, _REMOVED: Why.WAS_REMOVED, _LISTED: Why.IS_LISTED}


def act_on(
    matches: Sequence[Match], rules: Rules, circumstances: Circumstances
) -> tuple[Outcome, ...]:
    """What happens to the upload that has these matches, strongest first.

    The first outcome is the answer. Where entries would stop the upload there is one for each of
    their cases, strictest first.
    """
    standing = without_false_matches([one for one in matches if _counts(one, circumstances.at)])
    originals = [match for match in standing if is_the_original(match)]
    stopping = [
        match
        for match in standing
        if _asks(match) in STOPS
        and not any(outranks(original, match.entry) for original in originals)
    ]
    if stopping:
        return _by_case([_stop(match, rules, circumstances) for match in stopping])
    if originals:
        return (Outcome(action=_PUBLISH, why=Why.IS_THE_ORIGINAL, match=originals[0]),)
    if circumstances.cannot_tell and not standing:
        return (Outcome(action=rules.on_unscreened, why=Why.NOT_COMPARABLE),)
    return (Outcome(action=_PUBLISH, why=Why.NOTHING_FOUND, match=next(iter(standing), None)),)


def _counts(match: Match, at: datetime) -> bool:
    """Whether the entry is live, and what it says is a fact about the upload."""
    return match.entry.is_live(at) and match.comparison.verdict is not Verdict.CANNOT_TELL


def _asks(match: Match) -> Action:
    return TABLE.get((match.comparison.verdict, match.entry.role), _PUBLISH)


def _stop(match: Match, rules: Rules, circumstances: Circumstances) -> Outcome:
    why = _WHY[match.entry.role]
    if was_released(match, circumstances):
        return Outcome(action=_PUBLISH, why=Why.WAS_RELEASED, match=match)
    if match.entry.status is EntryStatus.CONFIRMED:
        action = _BLOCK if _may_block(match, rules, circumstances.at) else _HOLD
        return Outcome(action=action, why=why, match=match, is_recorded=True)
    if circumstances.earlier(match.entry.case, CopyState.EXPIRED):
        return Outcome(action=_PUBLISH, why=Why.WAS_HELD, match=match)
    if _is_quarantined(match, rules, circumstances):
        return _let_by(match, Why.QUARANTINED, rules, circumstances)
    if not circumstances.tally(match.entry.id).has_room(rules.hold_cap):
        return _let_by(match, Why.CAP_REACHED, rules, circumstances)
    held_until = circumstances.at + rules.hold_for
    return Outcome(action=_HOLD, why=why, match=match, held_until=held_until, is_recorded=True)


def _is_quarantined(match: Match, rules: Rules, circumstances: Circumstances) -> bool:
    """Whether a notice's photograph holds nothing by itself: what it hits may be anybody's.

    What a reviewer's own decision made an entry of is never quarantined.
    """
    if match.entry.status is EntryStatus.QUARANTINED:
        return True
    hits = circumstances.tally(match.entry.id).accounts
    return match.entry.source is EntrySource.NOTICE and hits >= rules.accounts_cap


def _may_block(match: Match, rules: Rules, at: datetime) -> bool:
    """Only if the table, the operator and every law that binds them let a machine do so."""
    if _asks(match) is not _BLOCK or not rules.blocks_removed:
        return False
    likeness = Likeness(match.comparison.verdict)
    return allowed_by_itself(rules.law.applying(at), likeness) is ByItself.BLOCK


def _let_by(match: Match, why: Why, rules: Rules, circumstances: Circumstances) -> Outcome:
    """It publishes, and is recorded, once, as long as there is room for that."""
    is_new = circumstances.earlier(match.entry.case, CopyState.UNHELD) is None
    has_room = circumstances.tally(match.entry.id).unheld < rules.unheld_cap
    return Outcome(action=_PUBLISH, why=why, match=match, is_recorded=is_new and has_room)


def _by_case(outcomes: Sequence[Outcome]) -> tuple[Outcome, ...]:
    """The strictest outcome of each case, the strictest of all first."""
    first: dict[CaseId | None, Outcome] = {}
    for outcome in sorted(outcomes, key=severity, reverse=True):
        first.setdefault(outcome.case, outcome)
    return tuple(first.values())


_STRICTNESS = list(Action)


def severity(outcome: Outcome) -> tuple[int, bool, bool]:
    """Block before hold before publish; then until decided; then what is recorded.

    Of outcomes that are alike the stronger match goes first: sorting keeps their order.
    """
    strictness = _STRICTNESS.index(outcome.action)
    return strictness, outcome.held_until is None, outcome.is_recorded
