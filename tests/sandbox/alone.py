"""`python -m tests.sandbox.alone LOCK ATTACK`: closes one lock, tries one thing, prints what came.

Each lock has attacks that it alone must stop, whatever the others would have done.
"""

import os
import socket
import sys
from collections.abc import Callable
from tempfile import TemporaryFile

from staydown.sandbox.bounds import MEGABYTE, Bounds
from staydown.sandbox.landlock import landlock_abi, shut_files_and_network
from staydown.sandbox.limits import (
    allow_seconds,
    drop_rights,
    limit_this_process,
    refuse_processes,
)
from staydown.sandbox.locks import Lock
from staydown.sandbox.seccomp import allow_little
from tests.sandbox.burglary import ATTACKS, connect

BOUNDS = Bounds(memory_bytes=256 * MEGABYTE, answer_bytes=MEGABYTE)


def close_limits() -> None:
    drop_rights()
    limit_this_process(BOUNDS)
    refuse_processes()
    allow_seconds(1)


def close_landlock() -> None:
    shut_files_and_network(landlock_abi())


CLOSE: dict[str, Callable[[], None]] = {
    "none": lambda: None,
    Lock.LIMITS: close_limits,
    Lock.FILES: close_landlock,
    Lock.TCP: close_landlock,
    Lock.SIGNALS: close_landlock,
    Lock.CALLS: allow_little,
}


def open_many_files() -> None:
    kept = [os.dup(0) for _ in range(100)]
    os.closerange(kept[0], kept[-1])


def write_much() -> None:
    with TemporaryFile() as file:
        file.write(bytes(2 * MEGABYTE))


def offer_tcp() -> None:
    socket.create_server(("127.0.0.1", 0))


def reach_hidden_socket() -> None:
    connect(socket.AF_UNIX, f"\0staydown-{os.getppid()}")


OWN: dict[str, Callable[[], object]] = {
    "open many files": open_many_files,
    "write much": write_much,
    "offer a TCP port": offer_tcp,
    "reach a hidden socket of another process": reach_hidden_socket,
}


def main(lock: str, attack: str) -> str:
    """What came of it."""
    CLOSE[lock]()
    try:
        {**ATTACKS, **OWN}[attack]()
    except Exception as error:
        return type(error).__name__
    return "it worked"


if __name__ == "__main__":
    print(main(sys.argv[1], sys.argv[2]), flush=True)
    os._exit(0)
