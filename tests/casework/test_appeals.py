"""The life of an appeal, and until when one may be made."""

from datetime import UTC, datetime
from itertools import product

import pytest

from staydown.casework.appeals import (
    APPEAL_MOVES,
    Appeal,
    AppealMove,
    AppealState,
    open_until,
)
from staydown.errors import NotAllowed
from staydown.ids import ActorId, AppealId, CommandId
from staydown.policy.library import shipped
from staydown.policy.packs import RegimeId, Side
from tests.casework.making import BOB, CASE, NOON

EU = RegimeId("eu-dsa")


def appeal(state: AppealState = AppealState.OPEN) -> Appeal:
    return Appeal(
        id=AppealId("appeal_1"),
        case=CASE,
        side=Side.POSTER,
        command=CommandId("command_1"),
        against=ActorId("reviewer_kim"),
        state=state,
        filed_at=NOON,
    )


@pytest.mark.parametrize(("state", "move"), list(product(AppealState, AppealMove)))
def test_every_move_from_every_state(state: AppealState, move: AppealMove) -> None:
    if (state, move) in APPEAL_MOVES:
        after = appeal(state).after(move, BOB.id, NOON)
        assert (after.state, after.decided_by) == (APPEAL_MOVES[state, move], BOB.id)
    else:
        with pytest.raises(NotAllowed, match=f"^an appeal that is {state} cannot {move}$"):
            appeal(state).after(move, BOB.id, NOON)


def test_the_longer_window_counts_that_of_the_law_or_that_of_the_operator() -> None:
    packs = shipped().applying([EU], NOON)
    at = datetime(2026, 6, 3, 12, tzinfo=UTC)

    assert open_until(packs, Side.POSTER, at, 1) == datetime(2026, 12, 3, 23, tzinfo=UTC)
    assert open_until(packs, Side.POSTER, at, 12) == datetime(2027, 6, 4, tzinfo=UTC)
    assert open_until([], Side.POSTER, at, 6) == datetime(2026, 12, 4, tzinfo=UTC)
