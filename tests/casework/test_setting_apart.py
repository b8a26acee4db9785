"""A copy turns out to be another photograph: who may say so, what follows, and how it ends."""

from dataclasses import replace

import pytest

from staydown.audit.entries import EntryForgotten
from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.changes import ConfirmEntry, ForgetEntry, ForgetPicture, RememberCopy
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState, FoundCopy
from staydown.casework.decisions import (
    Choice,
    confirm_entry,
    decide_copy,
    decline,
    take_back,
    withdraw,
)
from staydown.casework.dossiers import Dossier
from staydown.engine.verdict import Verdict
from staydown.errors import NotAllowed, NotFound
from staydown.ids import CopyId, EntryId
from tests.casework.making import (
    BOB,
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

APART = EntryId("entry_negative")
SECOND = CopyId("copy_2")
ANOTHER_PHOTO = replace(choose(CopyMove.RELEASE), is_false_match=True)


def apart(status: EntryStatus = EntryStatus.UNREVIEWED) -> Dossier:
    """A case in which a copy was set apart by one reviewer."""
    negative = entry(EntryRole.NEGATIVE, status, against=ORIGINAL, added_by=KIM.id)
    released = copy(CopyState.RELEASED, remembered_as=APART)
    return Dossier(case=case(), copies=(released,), entries=(entry(), negative))


def test_it_is_shown_again_and_an_entry_is_asked_for() -> None:
    decision = decide_copy(dossier(), ANOTHER_PHOTO, occasion())

    [released] = decision.follows.copies
    [effect] = decision.follows.effects
    assert orders(decision) == [(CommandKind.RESTORE, "post/copy_1")]
    assert (released.state, released.remembered_as) == (CopyState.RELEASED, effect.entry)
    assert effect == RememberCopy(
        copy=COPY, entry=effect.entry, role=EntryRole.NEGATIVE, by=KIM.id, is_confirmed=False
    )


def test_its_picture_stays_until_a_second_person_looked() -> None:
    decision = decide_copy(dossier(), ANOTHER_PHOTO, occasion())

    assert ForgetPicture(copy=COPY) not in others(decision)


def test_a_second_person_confirms_it_and_the_picture_goes() -> None:
    decision = confirm_entry(apart(), APART, occasion(BOB.id))

    assert others(decision) == {ConfirmEntry(entry=APART), ForgetPicture(copy=COPY)}


def test_whoever_set_it_apart_does_not_confirm_it() -> None:
    with pytest.raises(NotAllowed, match="by a second person"):
        confirm_entry(apart(), APART, occasion(KIM.id))


def test_the_same_pixels_are_set_apart_once() -> None:
    twins = dossier(copy(CopyState.RELEASED, remembered_as=APART), copy(id=SECOND, picture=COPY))

    decision = decide_copy(twins, replace(ANOTHER_PHOTO, copy=SECOND), occasion())

    assert states(decision) == {SECOND: CopyState.RELEASED}
    assert decision.follows.effects == ()


@pytest.mark.parametrize("verdict", [Verdict.IDENTICAL, Verdict.NEAR_COPY, Verdict.PARTIAL_COPY])
def test_what_two_people_removed_is_not_called_another_photograph(verdict: Verdict) -> None:
    found = copy(CopyState.BLOCKED, entry=REMOVED, verdict=verdict)
    known = Dossier(
        case=case(),
        copies=(found,),
        entries=(entry(EntryRole.REMOVED, EntryStatus.CONFIRMED),),
    )

    with pytest.raises(NotAllowed, match="two people removed this very picture"):
        decide_copy(known, ANOTHER_PHOTO, occasion())


UNFIT: dict[str, tuple[FoundCopy, Choice]] = {
    "a removal": (copy(), replace(choose(CopyMove.REMOVE), is_false_match=True)),
    "what was removed": (copy(CopyState.REMOVED), ANOTHER_PHOTO),
    "what was released": (copy(CopyState.RELEASED), ANOTHER_PHOTO),
}


@pytest.mark.parametrize("unfit", UNFIT)
def test_only_what_nobody_decided_can_be_set_apart(unfit: str) -> None:
    found, choice = UNFIT[unfit]

    with pytest.raises(NotAllowed):
        decide_copy(dossier(found), choice, occasion())


@pytest.mark.parametrize("status", EntryStatus)
def test_anybody_takes_it_back_alone(status: EntryStatus) -> None:
    """Then copies are held again, and somebody looks: the safe side."""
    decision = take_back(apart(status), APART, occasion(BOB.id))

    assert ForgetEntry(entry=APART) in others(decision)
    assert decision.follows.facts == (EntryForgotten(entry=APART),)
    assert [one.remembered_as for one in decision.follows.copies] == [None]


def test_before_anybody_confirmed_it_its_picture_goes_with_it() -> None:
    assert ForgetPicture(copy=COPY) in others(take_back(apart(), APART, occasion()))


def test_nothing_else_is_taken_back_like_this() -> None:
    with pytest.raises(NotAllowed):
        take_back(apart(), ORIGINAL, occasion())
    with pytest.raises(NotFound):
        take_back(apart(), EntryId("entry_gone"), occasion())


def test_it_goes_with_the_notice() -> None:
    for decision in (withdraw(apart(), occasion()), decline(apart(), REASON, occasion())):
        assert others(decision) >= {
            ForgetEntry(entry=APART),
            ForgetEntry(entry=ORIGINAL),
            ForgetPicture(copy=COPY),
        }


@pytest.mark.parametrize("is_made", [True, False])
def test_it_goes_with_the_entry_that_it_is_filed_against(is_made: bool) -> None:
    """Whether jobs have made it by then, or not yet."""
    made = entry(EntryRole.NEGATIVE, against=REMOVED)
    known = Dossier(
        case=case(),
        copies=(
            copy(CopyState.REMOVED, id=SECOND, remembered_as=REMOVED),
            copy(CopyState.RELEASED, entry=REMOVED, remembered_as=APART),
        ),
        entries=(entry(), entry(EntryRole.REMOVED), *([made] if is_made else [])),
    )

    decision = decide_copy(known, choose(CopyMove.RELEASE, id=SECOND), occasion())

    gone = {c.entry for c in decision.follows.changes if isinstance(c, ForgetEntry)}
    assert gone == ({REMOVED, APART} if is_made else {REMOVED})
    assert ForgetPicture(copy=COPY) in others(decision)
    assert [one.remembered_as for one in decision.follows.copies] == [None, None]
