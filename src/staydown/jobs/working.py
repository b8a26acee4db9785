"""The process that drains, and reaches out, for as long as the program runs: `python -m
staydown.jobs [PID]`.
"""

import os
import signal
from collections.abc import Callable
from functools import partial
from threading import Event, Thread
from typing import TYPE_CHECKING

import structlog
from django.db import close_old_connections

from staydown.assembly.forgetting import forgetting
from staydown.assembly.starting import enter
from staydown.jobs.draining import drain
from staydown.jobs.reaching import reach_out
from staydown.jobs.witnessing import witnessing
from staydown.settings import read_settings

if TYPE_CHECKING:
    from staydown.assembly.house import House

PAUSE_SECONDS = 0.5

log = structlog.get_logger()


def run(*, parent: int | None) -> None:
    """Both, until told to stop (SIGTERM, SIGINT), or until `parent` is not our parent any more."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    house = enter(read_settings())
    with forgetting(house.bank), witnessing(house.checkpoints):
        outside = partial(work, house, stop, reach_out, parent=parent)
        Thread(target=outside, name="reaches out", daemon=True).start()
        work(house, stop, drain, parent=parent)


def work(
    house: "House", stop: Event, do: "Callable[[House], object]", *, parent: int | None
) -> None:
    """Do it, pause, and again. A database that is away for a while does not end it."""
    while not stop.is_set() and parent in {None, os.getppid()}:
        try:
            do(house)
        except Exception as error:
            log.error("jobs interrupted", error=type(error).__name__)
        close_old_connections()
        stop.wait(PAUSE_SECONDS)
