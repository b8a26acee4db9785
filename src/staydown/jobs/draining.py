"""One round: every effect that is due, every hold that is over, what is left of destroyed keys, and
one page of looking back; and the platform is told of its commands.

An effect that fails is named in the log and tried again later; the others go on. Nothing is given
up, and nothing personal is logged: effects are named by number, errors by kind.
"""

from typing import TYPE_CHECKING

import structlog

from staydown.errors import NotFetched, TooBusy

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
    _tell(house)
    _look_back(house)
    return done


def _tell(house: "House") -> None:
    try:
        house.telling.tell()
    except Exception as error:  # the platform's side must stop nothing of ours
        log.error("telling failed", error=type(error).__name__)


def _look_back(house: "House") -> None:
    """A page that cannot be had comes again later, and stops nothing else."""
    try:
        house.looking_back.look()
    except (NotFetched, TooBusy) as error:
        log.error("looking back failed", error=type(error).__name__, why=str(error))


def _try(house: "House", number: int) -> bool:
    try:
        house.performing.perform(number)
    except Exception as error:  # whatever it is, the effect must stay and the next one must run
        log.error("effect failed", effect=number, error=type(error).__name__)
        house.performing.postpone(number)
        return False
    return True
