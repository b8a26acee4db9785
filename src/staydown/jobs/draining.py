"""One round: effects that are due, holds that are over, deadlines that are near, what is left of
destroyed keys, and what the ledger does not have yet.

An effect that fails is named in the log and tried again later; the others go on. Nothing is given
up, and nothing personal is logged: effects are named by number, errors by kind.
"""

from typing import TYPE_CHECKING

import structlog

from staydown.policy.clocks import MISSED

if TYPE_CHECKING:
    from staydown.assembly.house import House

log = structlog.get_logger()


def drain(house: "House") -> int:
    """Perform what is due until nothing is.

    Returns how many effects were performed and holds ended.
    """
    done = 0
    while due := house.performing.due():
        done += sum(_try(house, number) for number in due)
    done += house.performing.end_holds()
    _hear_of_deadlines(house)
    house.traces.erase()
    house.ledger.keep_up()
    return done


def _hear_of_deadlines(house: "House") -> None:
    """Said once for each step of each clock: in the chain, and in the log for the operator."""
    for near in house.timekeeping.escalate():
        say = log.error if near.percent == str(MISSED) else log.warning
        say("deadline", case=near.case, law=near.regime, percent=near.percent)


def _try(house: "House", number: int) -> bool:
    try:
        house.performing.perform(number)
    except Exception as error:  # whatever it is, the effect must stay and the next one must run
        log.error("effect failed", effect=number, error=type(error).__name__)
        house.performing.postpone(number)
        return False
    return True
