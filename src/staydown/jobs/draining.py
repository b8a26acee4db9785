"""One round: every effect that is due, every hold that is over, and what is left of destroyed keys.

An effect that fails is named in the log and tried again later; the others go on. Nothing is given
up, and nothing personal is logged: effects are named by number, errors by kind.
"""

from typing import TYPE_CHECKING

import structlog

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
    house.traces.erase()
    return done


def _try(house: "House", number: int) -> bool:
    try:
        house.performing.perform(number)
    except Exception as error:  # whatever it is, the effect must stay and the next one must run
        log.error("effect failed", effect=number, error=type(error).__name__)
        house.performing.postpone(number)
        return False
    return True
