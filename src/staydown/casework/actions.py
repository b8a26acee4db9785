"""Verdict × role of the entry → what happens to an upload: DESIGN.md's table and its rules.

The original wins: nobody silences an ordinary photograph by registering it, and nothing that was
removed takes the innocent original with it. A machine alone never removes; it holds, reversibly,
and blocks only what a second person confirmed as removed before.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.bank.search import Match
from staydown.casework.copies import UNALTERED
from staydown.casework.rules import Action, Rules
from staydown.engine.verdict import Verdict, WhyNot
from staydown.ids import EntryId


class Why(StrEnum):
    """Why an upload was treated as it was."""

    NOTHING_FOUND = "nothing_found"
    NOT_COMPARABLE = "not_comparable"
    IS_THE_ORIGINAL = "is_the_original"  # an unaltered copy of a registered photograph
    IS_ALTERED = "is_altered"
    WAS_REMOVED = "was_removed"
    IS_LISTED = "is_listed"
    CAP_REACHED = "cap_reached"  # the entry is unconfirmed and has held its share


_ORIGINAL, _REMOVED, _LISTED = EntryRole.ORIGINAL, EntryRole.REMOVED, EntryRole.LISTED
_PUBLISH, _HOLD, _BLOCK = Action.PUBLISH, Action.HOLD, Action.BLOCK

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Circumstances:
    """What the table needs to know beside the matches.

    `held` counts, for each entry, the copies it has held without a reviewer's decision;
    `cannot_tell` says why the upload itself can be compared with nothing.
    """

    at: datetime
    held: Mapping[EntryId, int]
    cannot_tell: WhyNot | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What happens, because of which match, and why.

    A hold without `held_until` lasts until decided.
    """

    action: Action
    why: Why
    match: Match | None = None
    held_until: datetime | None = None

    @property
    def verdict(self) -> Verdict:
        """The verdict that led to it."""
        if self.match:
            return self.match.comparison.verdict
        return Verdict.CANNOT_TELL if self.why is Why.NOT_COMPARABLE else Verdict.NONE


def act_on(matches: Sequence[Match], rules: Rules, circumstances: Circumstances) -> Outcome:
    """What happens to the upload that has these matches, strongest first."""
    standing = _unsuppressed([match for match in matches if _counts(match, circumstances.at)])
    stopping = [match for match in standing if _asks(match) in {Action.HOLD, Action.BLOCK}]
    for original in filter(_is_the_original, standing):
        if all(_outranks(original, other.entry) for other in stopping):
            return Outcome(action=Action.PUBLISH, why=Why.IS_THE_ORIGINAL, match=original)
    if stopping:
        return _strictest([_stop(match, rules, circumstances) for match in stopping])
    if circumstances.cannot_tell and not standing:
        return Outcome(action=rules.on_unscreened, why=Why.NOT_COMPARABLE)
    return Outcome(action=Action.PUBLISH, why=Why.NOTHING_FOUND, match=next(iter(standing), None))


def _counts(match: Match, at: datetime) -> bool:
    """Whether the entry is live, and what it says is a fact about the upload."""
    return match.entry.is_live(at) and match.comparison.verdict is not Verdict.CANNOT_TELL


def _asks(match: Match) -> Action:
    return TABLE.get((match.comparison.verdict, match.entry.role), Action.PUBLISH)


def _is_the_original(match: Match) -> bool:
    is_original = match.entry.role is EntryRole.ORIGINAL
    return is_original and match.comparison.verdict in UNALTERED


def _outranks(original: Match, other: Entry) -> bool:
    """Whether an unaltered copy of `original` publishes although `other` would stop it.

    Only where the photograph accounts for the whole upload: set beside a removed picture, or into
    it, it does not cover for that. Within one case always. Across cases only a whole copy of a
    photograph that a reviewer confirmed: else whoever made a doctored picture could register it as
    their own photograph, and so publish it past the person shown.
    """
    if not original.comparison.explains_found:
        return False
    if original.entry.case is not None and original.entry.case == other.case:
        return True
    is_whole = original.comparison.verdict is not Verdict.PARTIAL_COPY
    return is_whole and original.entry.status is EntryStatus.CONFIRMED


def _unsuppressed(matches: Sequence[Match]) -> list[Match]:
    """Without known false matches: those entries against which a picture is filed that this is."""
    suppressed = {
        match.entry.against
        for match in matches
        if match.entry.role is EntryRole.NEGATIVE and match.comparison.verdict in UNALTERED
    }
    return [
        match
        for match in matches
        if match.entry.role is not EntryRole.NEGATIVE and match.entry.id not in suppressed
    ]


def _stop(match: Match, rules: Rules, circumstances: Circumstances) -> Outcome:
    why = _WHY[match.entry.role]
    if match.entry.status is EntryStatus.CONFIRMED:
        may_block = _asks(match) is Action.BLOCK and rules.blocks_removed
        action = Action.BLOCK if may_block else Action.HOLD
        return Outcome(action=action, why=why, match=match)
    if circumstances.held.get(match.entry.id, 0) >= rules.hold_cap:
        return Outcome(action=Action.PUBLISH, why=Why.CAP_REACHED, match=match)
    held_until = circumstances.at + rules.hold_for
    return Outcome(action=Action.HOLD, why=why, match=match, held_until=held_until)


_STRICTNESS = list(Action)


def _strictest(outcomes: Sequence[Outcome]) -> Outcome:
    """Block before hold before publish; of two holds the one until decided, then the stronger."""
    return max(
        outcomes,
        key=lambda outcome: (_STRICTNESS.index(outcome.action), outcome.held_until is None),
    )
