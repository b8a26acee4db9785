"""Every move from every state of a case."""

from datetime import timedelta
from itertools import product

import pytest

from staydown.casework.cases import MOVES, Move, State
from staydown.errors import NotAllowed
from tests.casework.making import NOON, case


@pytest.mark.parametrize(("state", "move"), list(product(State, Move)))
def test_every_move_from_every_state(state: State, move: Move) -> None:
    if (state, move) in MOVES:
        assert case(state).after(move).state is MOVES[state, move]
    else:
        with pytest.raises(NotAllowed, match=f"^a case that is {state} cannot {move}$"):
            case(state).after(move)


def test_nothing_comes_after_a_withdrawal() -> None:
    assert [move for state, move in MOVES if state is State.WITHDRAWN] == []


def test_a_notice_may_be_taken_back_at_any_time() -> None:
    assert {state for state, move in MOVES if move is Move.WITHDRAW} == {*State} - {State.WITHDRAWN}


def test_the_first_confirmation_counts() -> None:
    once = case().confirmed(NOON)

    assert once.confirmed(NOON + timedelta(days=1)).confirmed_at == NOON
