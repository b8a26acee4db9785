"""The process that keeps the locked workers: `python -m staydown.assembly.keeping ADDRESS …`.

It is started with an empty environment and opens neither the database nor a key: what is not there
cannot be read out of a worker that was taken over. It ends with the process that started it.
"""

import os
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Final

from staydown.engine.darkroom import develop
from staydown.engine.rehearsal import rehearse
from staydown.errors import Misconfigured
from staydown.sandbox.bounds import Bounds
from staydown.sandbox.keeper import Keeper

WORKS: Final = Bounds().works
ONE_THREAD: Final = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Set before numpy is loaded: a process with threads must not fork."""


def command_for(address: Path, workers: int, *, parent: int, works: int = WORKS) -> list[str]:
    """The line that starts the keeper, which ends when `parent` does."""
    module = [sys.executable, "-I", "-m", "staydown.assembly.keeping"]
    return [*module, str(address), *(str(one) for one in (workers, parent, works))]


def environment() -> dict[str, str]:
    """All that the keeper and its workers see of ours."""
    return {"PATH": os.defpath, "LANG": "C.UTF-8", **ONE_THREAD}


def keep(address: Path, workers: int, parent: int, works: int) -> None:
    """Keep workers at that address, each for so many files, until told to stop, or until `parent`
    is not our parent.
    """
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    rehearse()
    refuse_threads()
    with listening(address) as listener:
        bounds = Bounds(workers=workers, works=works)
        keeper = Keeper(listener=listener, work=develop, bounds=bounds)
        keeper.keep(lambda: stop.is_set() or os.getppid() != parent)


def refuse_threads() -> None:
    """Raises Misconfigured if a library started threads: their locks would stay shut in a fork."""
    if len(os.listdir("/proc/self/task")) > 1:
        raise Misconfigured("a library started threads before the workers were forked")


@contextmanager
def listening(address: Path) -> Iterator[socket.socket]:
    """A socket that only this user reaches, gone at the end."""
    address.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as listener:
        listener.bind(str(address))
        address.chmod(0o600)
        listener.listen(socket.SOMAXCONN)
        try:
            yield listener
        finally:
            address.unlink(missing_ok=True)


if __name__ == "__main__":
    _, where, *numbers = sys.argv
    keep(Path(where), *(int(number) for number in numbers))
