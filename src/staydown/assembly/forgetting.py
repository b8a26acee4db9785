"""Forgets in memory what was withdrawn: within a second, also where nobody searches.

Letting go of a value gives its memory back; it does not overwrite it. A search that is under way
keeps what it compares until it ends.
"""

import atexit
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from threading import Event, Thread
from typing import Protocol

import structlog
from django.db import close_old_connections, connection

TICK_SECONDS = 0.5

log = structlog.get_logger()


class Forgetful(Protocol):
    """What keeps secrets in memory, and lets go of them when asked."""

    def drop_forgotten(self) -> None:
        """Let go of what was forgotten since."""
        ...


@contextmanager
def forgetting(bank: Forgetful) -> Iterator[None]:
    """Have `bank` drop what was forgotten, meanwhile, in a thread that ends with it."""
    stop = Event()
    thread = Thread(target=keep_forgetting, args=(bank, stop), name="forgets", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def forget_from_now_on(bank: Forgetful) -> None:
    """The same until this process ends, for one that a server runs."""
    running = ExitStack()
    running.enter_context(forgetting(bank))
    atexit.register(running.close)


def keep_forgetting(bank: Forgetful, stop: Event) -> None:
    """Look twice a second, until told to stop. A database that is away for a while ends nothing."""
    while not stop.wait(TICK_SECONDS):
        try:
            bank.drop_forgotten()
        except Exception as error:  # whatever it is, the next look must come
            log.error("could not look for what was withdrawn", error=type(error).__name__)
        close_old_connections()
    connection.close()
