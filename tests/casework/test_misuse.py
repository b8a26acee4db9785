"""Every state × move of what can be done about somebody who files notices without ground."""

from datetime import timedelta
from itertools import product

import pytest

from staydown.casework.misuse import (
    LASTS,
    MEASURE_MOVES,
    Measure,
    MeasureMove,
    MeasureState,
    after,
    moves_from,
)
from staydown.digests import Digest
from staydown.errors import NotAllowed
from tests.casework.making import CASE, KIM, NOON

BY_HAND = {
    (None, MeasureMove.WARN): MeasureState.WARNED,
    (MeasureState.WARNED, MeasureMove.SUSPEND): MeasureState.SUSPENDED,
    (MeasureState.WARNED, MeasureMove.LIFT): None,
    (MeasureState.SUSPENDED, MeasureMove.LIFT): None,
}


def measure(state: MeasureState | None) -> Measure | None:
    if state is None:
        return None
    return Measure(
        mark=Digest("d" * 64),
        state=state,
        case=CASE,
        since=NOON,
        until=NOON + timedelta(days=1),
        by=KIM.id,
    )


@pytest.mark.parametrize(
    ("state", "move"), list(product([None, *MeasureState], MeasureMove)), ids=str
)
def test_every_state_and_move(state: MeasureState | None, move: MeasureMove) -> None:
    if (state, move) in BY_HAND:
        assert after(measure(state), move) is BY_HAND[state, move]
        assert move in moves_from(measure(state))
        return
    with pytest.raises(NotAllowed, match=f"cannot be: {move}"):
        after(measure(state), move)
    assert move not in moves_from(measure(state))


def test_nobody_is_suspended_who_was_not_warned_and_nothing_holds_for_ever() -> None:
    suspending = [at for at, move in MEASURE_MOVES if move is MeasureMove.SUSPEND]

    assert suspending == [MeasureState.WARNED]
    assert set(LASTS) == set(MeasureState)
    assert max(LASTS.values()) <= timedelta(days=180)
