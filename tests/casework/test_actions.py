"""What happens to an upload: the whole table, and each rule around it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from staydown.bank.entries import EntryRole, EntrySource, EntryStatus
from staydown.bank.search import Match
from staydown.casework.actions import act_on
from staydown.casework.outcomes import Circumstances, Outcome, Tally, Why
from staydown.casework.rules import Action, Rules
from staydown.engine.verdict import Verdict, WhyNot
from staydown.ids import EntryId
from staydown.policy.library import Law
from tests.casework.making import NOON, OTHER_CASE, RULES, entry, match
from tests.policy.making import library, pack

PUBLISH, HOLD, BLOCK = Action.PUBLISH, Action.HOLD, Action.BLOCK
ROLES = (EntryRole.ORIGINAL, EntryRole.REMOVED, EntryRole.LISTED)

# DESIGN.md, "Verdicts and what may happen by itself", for entries that are confirmed.
DESIGN = {
    Verdict.IDENTICAL: (PUBLISH, BLOCK, HOLD),
    Verdict.NEAR_COPY: (PUBLISH, BLOCK, HOLD),
    Verdict.PARTIAL_COPY: (PUBLISH, HOLD, HOLD),
    Verdict.DERIVED: (HOLD, HOLD, HOLD),
    Verdict.HASH_MATCH: (PUBLISH, HOLD, HOLD),
    Verdict.SAME_SESSION: (PUBLISH, PUBLISH, PUBLISH),
    Verdict.SAME_PLACE: (PUBLISH, PUBLISH, PUBLISH),
    Verdict.NONE: (PUBLISH, PUBLISH, PUBLISH),
    Verdict.CANNOT_TELL: (PUBLISH, PUBLISH, PUBLISH),
    Verdict.NEEDS_FULL: (PUBLISH, PUBLISH, PUBLISH),
}


def act(
    matches: Sequence[Match],
    *,
    rules: Rules = RULES,
    held: dict[EntryId, int] | None = None,
    cannot_tell: WhyNot | None = None,
) -> Outcome:
    tallies = {entry: Tally(pictures=count) for entry, count in (held or {}).items()}
    circumstances = Circumstances(at=NOON, tallies=tallies, cannot_tell=cannot_tell)
    return act_on(matches, rules, circumstances)[0]


def expected(verdict: Verdict, role: EntryRole) -> Action:
    return DESIGN[verdict][ROLES.index(role)]


@pytest.mark.parametrize(("verdict", "role"), list(product(Verdict, ROLES)))
def test_a_confirmed_entry_acts_as_the_design_says(verdict: Verdict, role: EntryRole) -> None:
    confirmed = entry(role, EntryStatus.CONFIRMED)

    outcome = act([match(verdict, confirmed)])

    assert outcome.action is expected(verdict, role)
    assert outcome.held_until is None


@pytest.mark.parametrize(("verdict", "role"), list(product(Verdict, ROLES)))
def test_an_unreviewed_entry_never_blocks_and_holds_for_a_time(
    verdict: Verdict, role: EntryRole
) -> None:
    outcome = act([match(verdict, entry(role))])

    stops = expected(verdict, role) is not PUBLISH
    assert outcome.action is (HOLD if stops else PUBLISH)
    assert outcome.held_until == (NOON + timedelta(hours=48) if stops else None)


@pytest.mark.parametrize(("verdict", "role"), list(product(Verdict, ROLES)))
def test_nothing_is_blocked_where_the_operator_does_not_allow_it(
    verdict: Verdict, role: EntryRole
) -> None:
    confirmed = entry(role, EntryStatus.CONFIRMED)

    outcome = act([match(verdict, confirmed)], rules=replace(RULES, blocks_removed=False))

    assert outcome.action is (PUBLISH if expected(verdict, role) is PUBLISH else HOLD)


@pytest.mark.parametrize(("verdict", "role"), list(product(Verdict, ROLES)))
def test_an_entry_that_is_retired_or_expired_stops_nothing(
    verdict: Verdict, role: EntryRole
) -> None:
    retired = match(verdict, entry(role, EntryStatus.RETIRED))
    expired = match(verdict, entry(role, EntryStatus.CONFIRMED, expires_at=NOON))

    assert act([retired, expired]).action is PUBLISH


def test_an_upload_that_resembles_nothing_is_published() -> None:
    assert act([]) == Outcome(action=PUBLISH, why=Why.NOTHING_FOUND)
    assert act([]).verdict is Verdict.NONE


UNALTERED = (Verdict.IDENTICAL, Verdict.NEAR_COPY, Verdict.PARTIAL_COPY)


@pytest.mark.parametrize(("whole", "other"), list(product(UNALTERED, Verdict)))
@pytest.mark.parametrize("status", [EntryStatus.UNREVIEWED, EntryStatus.CONFIRMED])
def test_the_innocent_original_publishes_whatever_was_removed_in_its_case(
    whole: Verdict, other: Verdict, status: EntryStatus
) -> None:
    removed = match(other, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))
    original = match(whole, entry(EntryRole.ORIGINAL, status))

    outcome = act([removed, original])

    assert (outcome.action, outcome.why) == (PUBLISH, Why.IS_THE_ORIGINAL)
    assert outcome.verdict is whole


def test_the_original_set_beside_a_removed_picture_does_not_cover_for_it() -> None:
    """Before and after side by side: the commonest form of the abuse."""
    removed = match(
        Verdict.PARTIAL_COPY, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED), is_beside_more=True
    )
    original = entry(EntryRole.ORIGINAL, EntryStatus.CONFIRMED)

    outcome = act([removed, match(Verdict.PARTIAL_COPY, original, is_beside_more=True)])

    assert outcome.action is HOLD


def test_a_part_of_a_confirmed_original_does_not_publish_what_was_removed_elsewhere() -> None:
    """Else one confirmed photo, pasted into a corner, would open every door."""
    foreign = entry(EntryRole.REMOVED, EntryStatus.CONFIRMED, case=OTHER_CASE)
    original = entry(EntryRole.ORIGINAL, EntryStatus.CONFIRMED)

    outcome = act([match(Verdict.DERIVED, foreign), match(Verdict.PARTIAL_COPY, original)])

    assert outcome.action is HOLD


def test_a_confirmed_original_publishes_whatever_it_resembles_elsewhere() -> None:
    foreign = entry(EntryRole.REMOVED, EntryStatus.CONFIRMED, case=OTHER_CASE)
    original = entry(EntryRole.ORIGINAL, EntryStatus.CONFIRMED)

    outcome = act([match(Verdict.IDENTICAL, foreign), match(Verdict.NEAR_COPY, original)])

    assert outcome.action is PUBLISH


def test_registering_a_doctored_picture_does_not_publish_it_past_the_person_shown() -> None:
    """Whoever made it files a notice with it as "their original" in another case."""
    hers = entry(EntryRole.ORIGINAL)
    his = entry(EntryRole.ORIGINAL, id=EntryId("entry_his"), case=OTHER_CASE)

    outcome = act([match(Verdict.IDENTICAL, his), match(Verdict.DERIVED, hers)])

    assert (outcome.action, outcome.match) == (HOLD, match(Verdict.DERIVED, hers))


def test_a_confirmed_entry_holds_as_often_as_it_must() -> None:
    original = entry(EntryRole.ORIGINAL, EntryStatus.CONFIRMED)

    outcome = act([match(Verdict.DERIVED, original)], held={original.id: 1000})

    assert outcome.action is HOLD


def test_the_strictest_of_several_matches_decides() -> None:
    held = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL))
    blocked = match(Verdict.NEAR_COPY, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))

    outcome = act([held, blocked])

    assert (outcome.action, outcome.match) == (BLOCK, blocked)


def test_a_hold_until_decided_outlasts_a_hold_for_a_time() -> None:
    unsure = match(Verdict.DERIVED, entry(EntryRole.REMOVED))
    sure = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL, EntryStatus.CONFIRMED))

    assert act([unsure, sure]).held_until is None


def test_an_entry_at_its_cap_does_not_hide_another_that_holds() -> None:
    full, free = entry(EntryRole.ORIGINAL), entry(EntryRole.REMOVED)

    outcome = act([match(Verdict.DERIVED, full), match(Verdict.DERIVED, free)], held={full.id: 99})

    assert (outcome.action, outcome.why) == (HOLD, Why.WAS_REMOVED)


@pytest.mark.parametrize("chosen", [Action.UNSCREENED, Action.PUBLISH])
def test_what_cannot_be_compared_gets_the_operators_answer(chosen: Action) -> None:
    outcome = act([], rules=replace(RULES, on_unscreened=chosen), cannot_tell=WhyNot.TOO_FLAT)

    assert (outcome.action, outcome.verdict) == (chosen, Verdict.CANNOT_TELL)


def test_a_registered_picture_that_cannot_be_compared_leaves_other_uploads_alone() -> None:
    """Else one flat grey notice would make every upload unscreened."""
    flat = match(Verdict.CANNOT_TELL, entry(EntryRole.ORIGINAL))

    assert act([flat]) == Outcome(action=PUBLISH, why=Why.NOTHING_FOUND)


def test_a_flat_upload_that_is_known_byte_for_byte_is_not_called_unscreened() -> None:
    same = match(Verdict.IDENTICAL, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))

    assert act([same], cannot_tell=WhyNot.TOO_FLAT).action is BLOCK


def test_the_same_place_is_context_and_no_reason_to_stop() -> None:
    outcome = act([match(Verdict.SAME_PLACE, entry(EntryRole.ORIGINAL))])

    assert (outcome.action, outcome.verdict) == (PUBLISH, Verdict.SAME_PLACE)


def test_a_law_that_lets_a_machine_only_hold_is_obeyed() -> None:
    cautious = pack(('identical = { value = "block"', 'identical = { value = "hold"'))
    law = Law(regimes=(cautious.regime,), library=library(cautious))
    rules = replace(RULES, law=law)
    confirmed = entry(EntryRole.REMOVED, EntryStatus.CONFIRMED)

    assert act([match(Verdict.IDENTICAL, confirmed)], rules=rules).action is HOLD
    assert act([match(Verdict.NEAR_COPY, confirmed)], rules=rules).action is BLOCK


@pytest.mark.parametrize(
    ("accounts", "action"), [(0, HOLD), (9, HOLD), (10, PUBLISH), (50, PUBLISH)]
)
def test_a_photograph_that_hits_many_accounts_holds_nothing_until_confirmed(
    accounts: int, action: Action
) -> None:
    doctored = match(Verdict.DERIVED, entry())
    sure = match(Verdict.DERIVED, entry(status=EntryStatus.CONFIRMED))

    assert hit([doctored], accounts).action is action
    assert hit([sure], accounts).action is HOLD


def test_what_a_reviewer_removed_is_not_quarantined_however_many_post_it() -> None:
    removed = replace(entry(EntryRole.REMOVED), source=EntrySource.DECISION)

    assert hit([match(Verdict.NEAR_COPY, removed)], accounts=1000).action is HOLD


def test_what_is_in_quarantine_is_recorded_and_published() -> None:
    outcome = act([match(Verdict.DERIVED, entry(status=EntryStatus.QUARANTINED))])

    assert (outcome.action, outcome.why) == (PUBLISH, Why.QUARANTINED)
    assert outcome.is_recorded


def hit(matches: Sequence[Match], accounts: int) -> Outcome:
    """What happens once the entries have held the uploads of so many accounts."""
    tallies = {each.entry.id: Tally(accounts=accounts) for each in matches}
    return act_on(matches, RULES, Circumstances(at=NOON, tallies=tallies))[0]
