"""What a decision says and what follows from it, for each thing that can be decided."""

from dataclasses import replace

import pytest

from staydown.audit.entries import (
    CommandIssued,
    CopyDecided,
    EntryConfirmed,
    EntryForgotten,
    HoldExpired,
)
from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.cases import State
from staydown.casework.changes import (
    ConfirmEntry,
    ForgetEntry,
    ForgetOriginals,
    ForgetPicture,
    RememberCopy,
    WriteToNotifier,
)
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.decisions import (
    confirm_entry,
    decide_copy,
    expire,
)
from staydown.casework.dossiers import Dossier
from staydown.casework.findings import Finding, Findings
from staydown.engine.verdict import Verdict
from staydown.errors import NotAllowed, NotFound
from staydown.ids import CopyId, EntryId
from tests.casework.making import (
    BOB,
    CASE,
    COPY,
    KIM,
    NOON,
    ORIGINAL,
    REASON,
    REMOVED,
    RULES,
    case,
    choose,
    copy,
    dossier,
    doubting,
    entry,
    occasion,
    orders,
    others,
    states,
)

SECOND = CopyId("copy_2")
CONFIRMED = entry(EntryRole.ORIGINAL, EntryStatus.CONFIRMED)


class TestRemoving:
    """A reviewer finds that a copy has to go."""

    def test_the_platform_is_told_and_the_picture_is_remembered(self) -> None:
        decision = decide_copy(dossier(), choose(CopyMove.REMOVE), occasion())

        [effect] = decision.follows.effects
        assert states(decision) == {COPY: CopyState.REMOVED}
        assert orders(decision) == [(CommandKind.REMOVE, "post/copy_1")]
        assert decision.follows.copies[0].remembered_as == effect.entry
        assert effect == RememberCopy(
            copy=COPY, entry=effect.entry, role=EntryRole.REMOVED, by=KIM.id, is_confirmed=False
        )

    def test_the_chain_says_who_decided_what_with_a_commitment_to_why(self) -> None:
        decision = decide_copy(dossier(), choose(CopyMove.REMOVE), occasion())

        [order, confirmed, decided] = decision.follows.facts
        assert isinstance(order, CommandIssued)
        assert confirmed == EntryConfirmed(entry=ORIGINAL)
        assert decided == CopyDecided(case=CASE, copy=COPY, move="remove", reason=REASON.commitment)
        assert REASON.text not in str(decision.follows.facts)

    def test_a_reviewer_has_now_vouched_for_the_original(self) -> None:
        decision = decide_copy(dossier(), choose(CopyMove.REMOVE), occasion())

        assert others(decision) >= {ConfirmEntry(entry=ORIGINAL)}
        assert decision.case.confirmed_at == NOON

    def test_other_copies_of_the_same_original_then_wait_until_decided(self) -> None:
        decision = decide_copy(
            dossier(copy(), copy(id=SECOND)), choose(CopyMove.REMOVE), occasion()
        )

        waiting = {copy.id: copy.held_until for copy in decision.follows.copies}
        assert waiting[SECOND] is None
        assert states(decision)[SECOND] is CopyState.HELD
        assert decision.case.state is State.TO_REVIEW

    def test_the_last_decision_settles_the_case_and_the_full_originals_go(self) -> None:
        decision = decide_copy(dossier(), choose(CopyMove.REMOVE), occasion())

        assert decision.case.state is State.SETTLED
        assert others(decision) >= {ForgetOriginals(case=CASE)}

    def test_the_picture_stays_sealed_until_a_second_person_looked(self) -> None:
        decision = decide_copy(dossier(), choose(CopyMove.REMOVE), occasion())

        assert ForgetPicture(copy=COPY) not in others(decision)

    def test_a_single_reviewer_confirms_their_own_removal_only_if_that_was_chosen(self) -> None:
        alone = replace(RULES, unsafe_single_reviewer=True)

        decision = decide_copy(dossier(), choose(CopyMove.REMOVE), occasion(rules=alone))

        assert [effect.is_confirmed for effect in decision.follows.effects] == [True]

    def test_the_first_removal_tells_the_notifier_and_later_ones_do_not(self) -> None:
        first = decide_copy(dossier(), choose(CopyMove.REMOVE), occasion())
        told = replace(dossier(), case=dossier().case.confirmed(NOON))
        later = decide_copy(told, choose(CopyMove.REMOVE), occasion())

        owed = WriteToNotifier(case=CASE, at=NOON)
        assert owed in first.follows.changes
        assert owed not in later.follows.changes

    def test_a_further_copy_of_what_was_removed_is_not_remembered_twice(self) -> None:
        again = copy(CopyState.BLOCKED, entry=REMOVED, verdict=Verdict.NEAR_COPY)
        before = case(State.SETTLED).confirmed(NOON)
        known = Dossier(case=before, copies=(again,), entries=(entry(EntryRole.REMOVED),))

        decision = decide_copy(known, choose(CopyMove.REMOVE), occasion())

        assert decision.follows.effects == ()
        assert others(decision) == {ForgetPicture(copy=COPY)}

    @pytest.mark.parametrize(
        "findings",
        [doubting(shows_this_person=Finding.NO), doubting(is_without_consent=Finding.NO)],
    )
    def test_nobody_removes_against_their_own_findings(self, findings: Findings) -> None:
        with pytest.raises(NotAllowed, match="against your own findings"):
            decide_copy(dossier(), choose(CopyMove.REMOVE, findings=findings), occasion())

    def test_what_is_removed_cannot_be_removed_again(self) -> None:
        with pytest.raises(NotAllowed, match="^a copy that is removed cannot remove$"):
            decide_copy(dossier(copy(CopyState.REMOVED)), choose(CopyMove.REMOVE), occasion())

    def test_a_copy_of_another_case_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            decide_copy(dossier(), choose(CopyMove.REMOVE, id=SECOND), occasion())

    def test_nobody_ends_a_hold_by_decision(self) -> None:
        with pytest.raises(NotAllowed, match="a hold ends by itself"):
            decide_copy(dossier(), choose(CopyMove.EXPIRE), occasion())


class TestReleasing:
    """A reviewer finds that a copy may be seen."""

    def test_the_platform_shows_it_again_and_nothing_of_it_is_kept(self) -> None:
        decision = decide_copy(dossier(), choose(CopyMove.RELEASE), occasion())

        assert states(decision) == {COPY: CopyState.RELEASED}
        assert orders(decision) == [(CommandKind.RESTORE, "post/copy_1")]
        assert others(decision) == {ForgetPicture(copy=COPY), ForgetOriginals(case=CASE)}
        assert decision.case.confirmed_at is None

    def test_what_is_visible_already_is_not_restored_twice(self) -> None:
        decision = decide_copy(
            dossier(copy(CopyState.EXPIRED)), choose(CopyMove.RELEASE), occasion()
        )

        assert orders(decision) == []

    def test_a_removal_that_was_a_mistake_is_undone_and_forgotten(self) -> None:
        removed = copy(CopyState.REMOVED, remembered_as=REMOVED)
        settled = dossier(removed, state=State.SETTLED)
        known = replace(settled, entries=(CONFIRMED, entry(EntryRole.REMOVED)))

        decision = decide_copy(known, choose(CopyMove.RELEASE), occasion())

        assert orders(decision) == [(CommandKind.RESTORE, "post/copy_1")]
        assert others(decision) == {ForgetPicture(copy=COPY), ForgetEntry(entry=REMOVED)}
        assert EntryForgotten(entry=REMOVED) in decision.follows.facts


class TestConfirming:
    """A second person vouches for the entry of a removed picture."""

    removed = entry(EntryRole.REMOVED, added_by=KIM.id)
    known = Dossier(
        case=case(State.SETTLED),
        copies=(copy(CopyState.REMOVED, remembered_as=REMOVED),),
        entries=(CONFIRMED, removed),
    )

    def test_a_second_person_confirms_and_the_picture_goes(self) -> None:
        decision = confirm_entry(self.known, REMOVED, occasion(BOB.id))

        assert others(decision) == {ConfirmEntry(entry=REMOVED), ForgetPicture(copy=COPY)}
        assert decision.follows.facts == (EntryConfirmed(entry=REMOVED),)

    def test_whoever_removed_it_may_not(self) -> None:
        with pytest.raises(NotAllowed, match="by a second person"):
            confirm_entry(self.known, REMOVED, occasion(KIM.id))

    def test_unless_that_was_chosen(self) -> None:
        alone = replace(RULES, unsafe_single_reviewer=True)

        assert confirm_entry(self.known, REMOVED, occasion(KIM.id, alone)).follows.changes

    def test_what_was_forgotten_is_not_found(self) -> None:
        with pytest.raises(NotFound):
            confirm_entry(self.known, EntryId("entry_gone"), occasion(BOB.id))


def test_a_hold_that_ends_is_restored_and_still_waits_for_a_reviewer() -> None:
    decision = expire(dossier(), COPY, occasion())

    assert states(decision) == {COPY: CopyState.EXPIRED}
    assert orders(decision) == [(CommandKind.RESTORE, "post/copy_1")]
    assert HoldExpired(case=CASE, copy=COPY) in decision.follows.facts
    assert decision.case.state is State.TO_REVIEW


def test_a_decided_copy_does_not_expire() -> None:
    with pytest.raises(NotAllowed):
        expire(dossier(copy(CopyState.REMOVED)), COPY, occasion())
