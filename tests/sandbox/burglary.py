"""`python -m tests.sandbox.burglary ADDRESS WORKERS SECONDS`: workers that do what none should.

What they are asked for by name is what code does that took a decoder over. Each answers with what
came of it.
"""

import ctypes
import mmap
import os
import signal
import socket
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Lock, Thread

from staydown.assembly.keeping import listening
from staydown.errors import BadPicture
from staydown.sandbox.bounds import MEGABYTE, Bounds
from staydown.sandbox.keeper import Keeper
from staydown.sandbox.worker import used_ms

PTRACE_ATTACH = 16
BOUNDS = Bounds(
    cpu_seconds=1,
    memory_bytes=256 * MEGABYTE,
    answer_bytes=8 * MEGABYTE,
    works=5,
    waiting=2,
)


def connect(family: socket.AddressFamily, address: tuple[str, int] | str) -> None:
    socket.socket(family, socket.SOCK_STREAM).connect(address)


def fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def run_written_memory() -> None:
    memory = mmap.mmap(-1, mmap.PAGESIZE, prot=mmap.PROT_READ | mmap.PROT_WRITE | mmap.PROT_EXEC)
    memory.close()


def make_runnable() -> None:
    memory = mmap.mmap(-1, mmap.PAGESIZE)
    place = ctypes.addressof(ctypes.c_char.from_buffer(memory))
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.mprotect(ctypes.c_void_p(place), mmap.PAGESIZE, 5):
        raise OSError(ctypes.get_errno(), "mprotect")


def trace() -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(PTRACE_ATTACH, os.getppid(), None, None):
        raise OSError(ctypes.get_errno(), "ptrace")


def leave_a_file_behind() -> None:
    with open("/tmp/staydown-was-here", "w") as file:  # noqa: S108 -- it never opens
        file.write("x")


def open_in_thread() -> bytes:
    came: list[bytes] = []

    def attempt() -> None:
        try:
            Path("/etc/hostname").read_text()
        except OSError as error:
            came.append(type(error).__name__.encode())

    thread = Thread(target=attempt)
    thread.start()
    thread.join()
    return b" ".join(came)


def wait(seconds: float = -1) -> None:
    """For so long, or for ever; sleeping is not permitted, waiting for a lock is."""
    lock = Lock()
    lock.acquire()
    lock.acquire(timeout=seconds)


def toil(seconds: float) -> None:
    """Use so many seconds of the processor."""
    end = used_ms() + 1_000 * seconds
    while used_ms() < end:
        pass


def spin() -> None:
    while True:
        pass


ATTACKS: dict[str, Callable[[], object]] = {
    "open a file": lambda: Path("/etc/hostname").read_text(),
    "write a file": leave_a_file_behind,
    "look at a file": lambda: os.stat("/etc/hostname"),
    "list a folder": lambda: os.listdir("/"),
    "remove a folder": lambda: os.rmdir("/etc"),
    "open a socket": lambda: connect(socket.AF_INET, ("127.0.0.1", 80)),
    "open a local socket": lambda: connect(socket.AF_UNIX, sys.argv[1]),
    "start a process": fork,
    "open a file in a thread": open_in_thread,
    "start a thread": lambda: Thread(target=int).start(),
    "run a program": lambda: os.execv(sys.executable, [sys.executable, "-V"]),  # noqa: S606 -- the point
    "signal another process": lambda: os.kill(os.getppid(), signal.SIGTERM),
    "trace another process": trace,
    "become somebody else": lambda: os.setuid(0),
    "run memory it wrote": run_written_memory,
    "make memory runnable": make_runnable,
    "take more memory": lambda: bytearray(300 * MEGABYTE),
    "give back too much": lambda: bytes(9 * MEGABYTE),
    "spin": spin,
    "wait for ever": wait,
    "crash": lambda: ctypes.string_at(0),
    "leave": lambda: os._exit(7),
}


def work(data: bytearray, order: bytes) -> tuple[bytes, ...]:
    """Do what was ordered, and say what came of it."""
    name = order.decode()
    if name == "nap":
        wait(1.1)
        return ()
    if name == "toil":
        toil(BOUNDS.quick_seconds + 0.2)
        return ()
    if name == "echo":
        return (bytes(data), b"!")
    if name == "refuse":
        raise BadPicture("not\x1b[31m today")
    if name == "who":
        return (str(os.getpid()).encode(),)
    came = ATTACKS[name]()
    return (came if isinstance(came, bytes) else b"it worked",)


def main(address: Path, workers: int, seconds: float) -> None:
    """Keep such workers until the parent is gone."""
    parent = os.getppid()
    bounds = replace(BOUNDS, workers=workers, wall_seconds=seconds)
    with listening(address) as listener:
        Keeper(listener=listener, work=work, bounds=bounds).keep(lambda: os.getppid() != parent)


if __name__ == "__main__":
    main(Path(sys.argv[1]), workers=int(sys.argv[2]), seconds=float(sys.argv[3]))
