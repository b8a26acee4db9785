"""What leaves the machine: the platform is told of its commands, what it shows is looked through.

Done beside the draining, in a thread of its own: however slow the other side is, decisions have
their effects, and holds end. What fails is named in the log, and comes again later.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

import structlog

if TYPE_CHECKING:
    from staydown.assembly.house import House

log = structlog.get_logger()


def reach_out(house: "House") -> None:
    """Tell and write what is due, and look through one page, if that is owed."""
    _try("telling", house.telling.tell)
    _try("writing", house.writing.write)
    _try("looking back", house.looking_back.look)


def _try(what: str, do: Callable[[], object]) -> None:
    try:
        do()
    except Exception as error:  # whatever it is, the other one must go on, and this one come again
        log.error(f"{what} failed", error=type(error).__name__)
