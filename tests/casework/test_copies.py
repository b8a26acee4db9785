"""Every move from every state of a found copy."""

from itertools import product

import pytest

from staydown.casework.copies import COPY_MOVES, UNDECIDED, CopyMove, CopyState
from staydown.errors import NotAllowed
from tests.casework.making import copy


@pytest.mark.parametrize(("state", "move"), list(product(CopyState, CopyMove)))
def test_every_move_from_every_state(state: CopyState, move: CopyMove) -> None:
    found = copy(state)

    assert found.may(move) is ((state, move) in COPY_MOVES)
    if found.may(move):
        assert found.after(move).state is COPY_MOVES[state, move]
    else:
        with pytest.raises(NotAllowed, match=f"^a copy that is {state} cannot {move}$"):
            found.after(move)


def test_only_a_hold_ends_by_itself() -> None:
    assert {state for state, move in COPY_MOVES if move is CopyMove.EXPIRE} == {CopyState.HELD}


def test_whatever_waits_for_a_reviewer_may_be_removed_and_released() -> None:
    for state in UNDECIDED:
        assert copy(state).may(CopyMove.REMOVE)
        assert copy(state).may(CopyMove.RELEASE)
