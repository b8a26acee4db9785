"""What goes before what, and whose word counts: false matches, releases, holds that ended."""

from dataclasses import replace

import pytest

from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.bank.search import Match
from staydown.casework.actions import act_on
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.outcomes import Circumstances, Outcome, Why
from staydown.casework.rules import Action
from staydown.engine.verdict import Verdict
from staydown.ids import EntryId
from tests.casework.making import NOON, OTHER_CASE, RULES, copy, entry, match

PUBLISH, HOLD, BLOCK = Action.PUBLISH, Action.HOLD, Action.BLOCK
ROLES = (EntryRole.ORIGINAL, EntryRole.REMOVED, EntryRole.LISTED)
HERE = EntryId("entry_here")


def act(*matches: Match, before: tuple[FoundCopy, ...] = ()) -> tuple[Outcome, ...]:
    return act_on(matches, RULES, Circumstances(at=NOON, before=before))


def negative(status: EntryStatus = EntryStatus.CONFIRMED) -> Entry:
    """A picture that was set apart from the entry HERE."""
    return entry(EntryRole.NEGATIVE, status, against=HERE)


def derived(role: EntryRole = EntryRole.ORIGINAL) -> Match:
    return match(Verdict.DERIVED, entry(role, EntryStatus.CONFIRMED, id=HERE))


class TestAKnownFalseMatch:
    """Two people said that a picture is another photograph than the one it was found by."""

    @pytest.mark.parametrize("role", ROLES)
    @pytest.mark.parametrize("whole", [Verdict.IDENTICAL, Verdict.NEAR_COPY])
    def test_suppresses_the_entry_it_is_filed_against(
        self, role: EntryRole, whole: Verdict
    ) -> None:
        assert act(derived(role), match(whole, negative()))[0].action is PUBLISH

    def test_suppresses_no_other_entry(self) -> None:
        elsewhere = match(Verdict.DERIVED, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))

        [outcome] = act(derived(), elsewhere, match(Verdict.IDENTICAL, negative()))

        assert (outcome.action, outcome.match) == (HOLD, elsewhere)

    def test_counts_only_once_a_second_person_confirmed_it(self) -> None:
        alone = negative(EntryStatus.UNREVIEWED)

        assert act(derived(), match(Verdict.IDENTICAL, alone))[0].action is HOLD

    @pytest.mark.parametrize("verdict", [Verdict.PARTIAL_COPY, Verdict.DERIVED, Verdict.SAME_PLACE])
    def test_does_not_get_a_crop_or_a_variant_of_it_by(self, verdict: Verdict) -> None:
        """Else a doctored picture hidden in the corner of a harmless one would be set free."""
        assert act(derived(), match(verdict, negative()))[0].action is HOLD

    def test_does_not_get_a_picture_beside_it_by(self) -> None:
        beside = match(Verdict.NEAR_COPY, negative(), is_beside_more=True)

        assert act(derived(), beside)[0].action is HOLD

    @pytest.mark.parametrize(
        ("verdict", "action"),
        [(Verdict.IDENTICAL, BLOCK), (Verdict.NEAR_COPY, BLOCK), (Verdict.PARTIAL_COPY, HOLD)],
    )
    def test_never_suppresses_the_very_picture_that_two_people_removed(
        self, verdict: Verdict, action: Action
    ) -> None:
        removed = entry(EntryRole.REMOVED, EntryStatus.CONFIRMED, id=HERE)

        [outcome] = act(match(verdict, removed), match(Verdict.IDENTICAL, negative()))

        assert outcome.action is action


class TestARelease:
    """A reviewer let this very upload be seen."""

    released = copy(CopyState.RELEASED, entry=HERE)

    def test_silences_its_own_case(self) -> None:
        [outcome] = act(derived(), before=(self.released,))

        assert (outcome.action, outcome.why) == (PUBLISH, Why.WAS_RELEASED)
        assert not outcome.is_recorded

    def test_silences_other_originals_of_its_case_too(self) -> None:
        other = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL))

        assert act(other, before=(self.released,))[0].action is PUBLISH

    def test_silences_no_case_that_was_opened_later(self) -> None:
        later = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL, case=OTHER_CASE))

        first, second = act(derived(), later, before=(self.released,))

        assert (first.action, first.match, first.is_recorded) == (HOLD, later, True)
        assert second.why is Why.WAS_RELEASED

    def test_does_not_outlive_what_two_people_removed_in_the_case_later(self) -> None:
        removed = match(Verdict.NEAR_COPY, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))

        [outcome] = act(derived(), removed, before=(self.released,))

        assert (outcome.action, outcome.match) == (BLOCK, removed)

    def test_outlives_the_removal_that_it_was_released_from(self) -> None:
        removed = entry(EntryRole.REMOVED, EntryStatus.CONFIRMED, id=HERE)

        outcomes = act(match(Verdict.NEAR_COPY, removed), before=(self.released,))

        assert outcomes[0].action is PUBLISH


class TestAHoldThatEnded:
    """Nobody decided in time, and this very upload comes again."""

    expired = copy(CopyState.EXPIRED)
    unreviewed = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL))

    def test_is_not_begun_again_for_an_entry_that_nobody_confirmed(self) -> None:
        [outcome] = act(self.unreviewed, before=(self.expired,))

        assert (outcome.action, outcome.why) == (PUBLISH, Why.WAS_HELD)
        assert not outcome.is_recorded

    def test_is_begun_again_once_the_entry_is_confirmed(self) -> None:
        [outcome] = act(derived(), before=(self.expired,))

        assert (outcome.action, outcome.held_until, outcome.is_recorded) == (HOLD, None, True)

    def test_says_nothing_about_a_removed_picture_that_is_known_by_now(self) -> None:
        removed = match(Verdict.IDENTICAL, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))

        assert act(self.unreviewed, removed, before=(self.expired,))[0].action is BLOCK

    def test_says_nothing_about_another_case(self) -> None:
        elsewhere = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL, case=OTHER_CASE))

        outcomes = act(self.unreviewed, elsewhere, before=(self.expired,))

        assert [(one.action, one.why) for one in outcomes] == [
            (HOLD, Why.IS_ALTERED),
            (PUBLISH, Why.WAS_HELD),
        ]


def test_each_case_gets_an_outcome_of_its_own_the_strictest_first() -> None:
    mine = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL))
    known = match(Verdict.NEAR_COPY, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))
    hers = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL, case=OTHER_CASE))

    outcomes = act(mine, hers, known)

    assert [(one.action, one.match) for one in outcomes] == [(BLOCK, known), (HOLD, hers)]


def test_the_original_frees_an_upload_from_its_own_case_and_not_from_another() -> None:
    whole = match(Verdict.NEAR_COPY, entry(EntryRole.ORIGINAL))
    removed = match(Verdict.DERIVED, entry(EntryRole.REMOVED, EntryStatus.CONFIRMED))
    foreign = replace(removed, entry=replace(removed.entry, id=HERE, case=OTHER_CASE))

    assert act(whole, removed)[0].why is Why.IS_THE_ORIGINAL
    assert [(one.action, one.match) for one in act(whole, removed, foreign)] == [(HOLD, foreign)]
