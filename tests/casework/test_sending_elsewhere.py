"""A case in which somebody under 18 may be shown: what stays hidden, and what is destroyed."""

import pytest

from staydown.audit.duties import CaseSentElsewhere
from staydown.casework.cases import State
from staydown.casework.changes import ForgetEntry, ForgetNotice, ForgetOriginals, ForgetPicture
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.decisions import Decision, decide_copy, withdraw
from staydown.casework.handing_on import places_of, send_elsewhere
from staydown.errors import NotAllowed
from staydown.ids import CopyId, HandOffId
from tests.casework.making import (
    CASE,
    COPY,
    ORIGINAL,
    REASON,
    REMOVED,
    choose,
    copy,
    dossier,
    occasion,
    orders,
    others,
    states,
)

ELSEWHERE = HandOffId("handoff_1")
EVERYTHING = dossier(
    copy(CopyState.HELD),
    copy(CopyState.BLOCKED, id=CopyId("copy_blocked")),
    copy(CopyState.EXPIRED, id=CopyId("copy_expired")),
    copy(CopyState.UNHELD, id=CopyId("copy_unheld")),
    copy(CopyState.REMOVED, id=CopyId("copy_removed"), remembered_as=REMOVED),
    copy(CopyState.RELEASED, id=CopyId("copy_released")),
)


def sent() -> Decision:
    return send_elsewhere(EVERYTHING, ELSEWHERE, REASON, occasion())


def test_what_is_visible_is_hidden_and_nothing_is_shown_again() -> None:
    decision = sent()

    assert decision.case.state is State.SENT_ELSEWHERE
    assert orders(decision) == [
        (CommandKind.HIDE, "post/copy_expired"),
        (CommandKind.HIDE, "post/copy_unheld"),
    ]
    assert set(states(decision).values()) <= {CopyState.HELD, CopyState.REMOVED}
    assert all(one.held_until is None for one in decision.follows.copies)


def test_pictures_and_what_recognises_them_are_destroyed_and_the_notice_is_kept() -> None:
    decision = sent()

    assert others(decision) >= {
        ForgetEntry(entry=ORIGINAL),
        ForgetOriginals(case=CASE),
        ForgetPicture(copy=COPY),
        ForgetPicture(copy=CopyId("copy_blocked")),
        ForgetPicture(copy=CopyId("copy_expired")),
        ForgetPicture(copy=CopyId("copy_unheld")),
    }
    assert not any(isinstance(change, ForgetNotice) for change in decision.follows.changes)
    fact = CaseSentElsewhere(case=CASE, hand_off=ELSEWHERE, reason=REASON.commitment)
    assert fact in decision.follows.facts


def test_where_it_is_is_what_was_named_and_what_was_found_but_not_what_was_released() -> None:
    found = dossier(copy(CopyState.HELD), copy(CopyState.RELEASED, id=CopyId("copy_released")))

    places = places_of(found, ("https://forum.example/1", "post/copy_1"))

    assert places == ("https://forum.example/1", "post/copy_1")


def test_taking_the_notice_back_afterwards_shows_nothing_again() -> None:
    closed = EVERYTHING.holding(*sent().follows.copies)
    elsewhere = dossier(*closed.copies, state=State.SENT_ELSEWHERE)

    assert orders(withdraw(elsewhere, occasion())) == []


@pytest.mark.parametrize("state", [State.DECLINED, State.SENT_ELSEWHERE, State.WITHDRAWN])
def test_a_closed_case_is_not_closed_again(state: State) -> None:
    with pytest.raises(NotAllowed):
        send_elsewhere(dossier(state=state), ELSEWHERE, REASON, occasion())


@pytest.mark.parametrize("state", [State.SENT_ELSEWHERE, State.WITHDRAWN])
@pytest.mark.parametrize("move", [CopyMove.RELEASE, CopyMove.REMOVE])
@pytest.mark.parametrize("of", [CopyState.HELD, CopyState.BLOCKED])
def test_nothing_of_it_is_decided_here_afterwards(
    state: State, move: CopyMove, of: CopyState
) -> None:
    left = dossier(copy(of), state=state)

    with pytest.raises(NotAllowed, match="sent elsewhere"):
        decide_copy(left, choose(move), occasion())


def test_what_was_removed_before_is_not_released_either() -> None:
    left = dossier(copy(CopyState.REMOVED), state=State.SENT_ELSEWHERE)

    with pytest.raises(NotAllowed, match="sent elsewhere"):
        decide_copy(left, choose(CopyMove.RELEASE), occasion())
