"""Makes checkpoints of the audit chain, in a thread of its own: an authority that is slow to answer
delays nothing that people wait for.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from typing import Protocol

import structlog
from django.db import close_old_connections, connection

LOOK_SECONDS = 30.0

log = structlog.get_logger()


class Witness(Protocol):
    """What makes checkpoints when they are due."""

    def keep_up(self) -> None:
        """Make what is due."""
        ...


@contextmanager
def witnessing(witness: Witness) -> Iterator[None]:
    """Have checkpoints made meanwhile."""
    stop = Event()
    thread = Thread(target=keep_witnessing, args=(witness, stop), name="witnesses", daemon=True)
    thread.start()
    try:
        yield
    finally:
        stop.set()
        thread.join()


def keep_witnessing(witness: Witness, stop: Event) -> None:
    """Look at once and then twice a minute, until told to stop. No failure ends it."""
    while not stop.is_set():
        try:
            witness.keep_up()
        except Exception as error:  # whatever it is, the next look must come
            log.error("no checkpoint", error=type(error).__name__)
        close_old_connections()
        stop.wait(LOOK_SECONDS)
    connection.close()
