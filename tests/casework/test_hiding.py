"""What is visible although nobody decided is hidden again; what is stopped twice stays hidden."""

from dataclasses import replace

import pytest

from staydown.audit.entries import CopyHeld
from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.cases import State
from staydown.casework.changes import ForgetPicture
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.decisions import confirm_entry, decide_copy, decline, expire, withdraw
from staydown.casework.dossiers import Dossier
from staydown.ids import CopyId
from tests.casework.making import (
    BOB,
    CASE,
    COPY,
    KIM,
    ORIGINAL,
    REASON,
    REMOVED,
    case,
    choose,
    copy,
    dossier,
    entry,
    occasion,
    orders,
    others,
    states,
)

SECOND, THIRD = CopyId("copy_2"), CopyId("copy_3")
CONFIRMED = EntryStatus.CONFIRMED
LET_GO = (CopyState.EXPIRED, CopyState.UNHELD)
HIDE, REMOVE, RESTORE = CommandKind.HIDE, CommandKind.REMOVE, CommandKind.RESTORE


class TestConfirmingTheOriginal:
    """A reviewer removes one copy, and so vouches for the photograph it was made of."""

    @pytest.mark.parametrize("state", LET_GO)
    def test_hides_what_is_visible_until_decided(self, state: CopyState) -> None:
        visible = copy(state, id=SECOND)

        decision = decide_copy(dossier(copy(), visible), choose(CopyMove.REMOVE), occasion())

        [_, hidden] = decision.follows.copies
        assert orders(decision) == [(REMOVE, "post/copy_1"), (HIDE, "post/copy_2")]
        assert (hidden.state, hidden.held_until) == (CopyState.HELD, None)
        assert CopyHeld(case=CASE, copy=SECOND, entry=ORIGINAL) in decision.follows.facts

    def test_the_case_then_still_waits_for_a_reviewer(self) -> None:
        decision = decide_copy(
            dossier(copy(), copy(CopyState.EXPIRED, id=SECOND)),
            choose(CopyMove.REMOVE),
            occasion(),
        )

        assert decision.case.state is State.TO_REVIEW

    def test_hides_nothing_that_was_released_or_found_by_another_entry(self) -> None:
        found = dossier(
            copy(),
            copy(CopyState.RELEASED, id=SECOND),
            copy(CopyState.EXPIRED, id=THIRD, entry=REMOVED),
        )

        decision = decide_copy(found, choose(CopyMove.REMOVE), occasion())

        assert orders(decision) == [(REMOVE, "post/copy_1")]
        assert states(decision) == {COPY: CopyState.REMOVED}

    @pytest.mark.parametrize("state", LET_GO)
    def test_by_removing_what_is_visible_hides_the_others(self, state: CopyState) -> None:
        visible = dossier(copy(state), copy(state, id=SECOND))

        decision = decide_copy(visible, choose(CopyMove.REMOVE), occasion())

        assert orders(decision) == [(REMOVE, "post/copy_1"), (HIDE, "post/copy_2")]


def test_confirming_a_removed_picture_hides_its_copies_that_are_visible() -> None:
    known = Dossier(
        case=case(),
        copies=(
            copy(CopyState.REMOVED, remembered_as=REMOVED),
            copy(CopyState.EXPIRED, id=SECOND, entry=REMOVED),
            copy(CopyState.UNHELD, id=THIRD, entry=REMOVED),
        ),
        entries=(entry(EntryRole.REMOVED, added_by=KIM.id),),
    )

    decision = confirm_entry(known, REMOVED, occasion(BOB.id))

    assert orders(decision) == [(HIDE, "post/copy_2"), (HIDE, "post/copy_3")]
    assert set(states(decision).values()) == {CopyState.HELD}


@pytest.mark.parametrize("state", LET_GO)
def test_what_is_visible_already_is_released_without_a_command(state: CopyState) -> None:
    decision = decide_copy(dossier(copy(state)), choose(CopyMove.RELEASE), occasion())

    assert orders(decision) == []
    assert states(decision) == {COPY: CopyState.RELEASED}


class TestWhatAnotherCaseStopsToo:
    """Two people's notices concern one upload: neither case shows what the other hides."""

    shared = replace(dossier(), stopped_elsewhere=frozenset({"post/copy_1"}))

    def test_is_not_restored_by_a_release(self) -> None:
        decision = decide_copy(self.shared, choose(CopyMove.RELEASE), occasion())

        assert orders(decision) == []
        assert states(decision) == {COPY: CopyState.RELEASED}

    def test_is_not_restored_when_its_hold_ends(self) -> None:
        decision = expire(self.shared, COPY, occasion())

        assert orders(decision) == []
        assert states(decision) == {COPY: CopyState.EXPIRED}

    def test_is_not_restored_when_the_notice_is_taken_back_or_declined(self) -> None:
        assert orders(withdraw(self.shared, occasion())) == []
        assert orders(decline(self.shared, REASON, occasion())) == []

    def test_is_removed_all_the_same(self) -> None:
        decision = decide_copy(self.shared, choose(CopyMove.REMOVE), occasion())

        assert orders(decision) == [(REMOVE, "post/copy_1")]


class TestTwoPicturesOfOnePost:
    """The platform names both by the post: what restores one restores the other."""

    both = dossier(copy(), replace(copy(id=SECOND), content_ref="post/copy_1"))

    def test_are_restored_with_the_last_of_them(self) -> None:
        first = decide_copy(self.both, choose(CopyMove.RELEASE), occasion())
        after = self.both.holding(*first.follows.copies)
        second = decide_copy(after, choose(CopyMove.RELEASE, id=SECOND), occasion())

        assert (orders(first), orders(second)) == ([], [(RESTORE, "post/copy_1")])

    def test_are_restored_once_when_the_notice_is_declined(self) -> None:
        assert orders(decline(self.both, REASON, occasion())) == [(RESTORE, "post/copy_1")]


class TestOnePictureOfSeveralCopies:
    """The same pixels under many names: the picture is sealed once, under the first one's id."""

    twin = copy(id=SECOND, picture=COPY)

    def test_stays_as_long_as_one_of_them_waits(self) -> None:
        first = decide_copy(dossier(copy(), self.twin), choose(CopyMove.RELEASE), occasion())
        left = dossier(copy(), self.twin).holding(*first.follows.copies)
        last = decide_copy(left, choose(CopyMove.RELEASE, id=SECOND), occasion())

        assert ForgetPicture(copy=COPY) not in others(first)
        assert ForgetPicture(copy=COPY) in others(last)

    def test_is_remembered_once(self) -> None:
        first = decide_copy(dossier(copy(), self.twin), choose(CopyMove.REMOVE), occasion())
        left = dossier(copy(), self.twin).holding(*first.follows.copies)

        second = decide_copy(left, choose(CopyMove.REMOVE, id=SECOND), occasion())

        assert (len(first.follows.effects), second.follows.effects) == (1, ())
        assert ForgetPicture(copy=COPY) not in others(second)  # the second person has to see it

    def test_goes_once_the_second_person_agreed_and_nobody_waits_for_it(self) -> None:
        made = entry(EntryRole.REMOVED, added_by=KIM.id)
        removed = copy(CopyState.REMOVED, remembered_as=REMOVED)
        known = Dossier(
            case=case(), copies=(removed, self.twin), entries=(made, entry(status=CONFIRMED))
        )

        confirmed = confirm_entry(known, REMOVED, occasion(BOB.id))
        left = known.confirming(REMOVED)
        last = decide_copy(left, choose(CopyMove.REMOVE, id=SECOND), occasion())

        assert ForgetPicture(copy=COPY) not in others(confirmed)
        assert ForgetPicture(copy=COPY) in others(last)

    def test_is_destroyed_once_with_the_notice(self) -> None:
        decision = withdraw(dossier(copy(), self.twin), occasion())

        pictures = [c for c in decision.follows.changes if isinstance(c, ForgetPicture)]
        assert pictures == [ForgetPicture(copy=COPY)]
