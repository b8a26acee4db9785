"""The locks of a worker: which of them this machine has, and closing them all.

What a machine lacks is not made up for by another lock: `staydown doctor` says what is missing. A
test proves each one that is claimed.
"""

import ctypes
import os
import signal
from enum import StrEnum
from typing import Final

from staydown.sandbox.bounds import Bounds
from staydown.sandbox.landlock import landlock_abi, shut_files_and_network
from staydown.sandbox.limits import drop_rights, limit_this_process, refuse_processes
from staydown.sandbox.seccomp import allow_little, can_filter

SET_PARENT_DEATH_SIGNAL: Final = 1
SET_DUMPABLE: Final = 4
"""linux/prctl.h"""

_libc = ctypes.CDLL(None, use_errno=True)


class Lock(StrEnum):
    """One lock, by what it keeps a worker from."""

    LIMITS = "limits"  # time, memory, files, processes (setrlimit)
    FILES = "files"  # Landlock, from version 1
    TCP = "tcp"  # Landlock, from version 4
    SIGNALS = "signals"  # Landlock, from version 6: other processes and their abstract sockets
    CALLS = "calls"  # seccomp: everything but a short list of system calls


LANDLOCK_SINCE: Final = {Lock.FILES: 1, Lock.TCP: 4, Lock.SIGNALS: 6}


def locks_here() -> frozenset[Lock]:
    """The locks that this machine has."""
    abi = landlock_abi()
    found = {Lock.LIMITS, *(lock for lock, since in LANDLOCK_SINCE.items() if abi >= since)}
    return frozenset(found | ({Lock.CALLS} if can_filter() else set()))


def lock_down(bounds: Bounds) -> None:
    """Close every lock that this machine has on this process, for good. Raises OSError.

    Everything the work needs must have been imported and opened before.
    """
    locks = locks_here()
    drop_rights()
    die_with_parent()
    limit_this_process(bounds)
    if Lock.FILES in locks:
        shut_files_and_network(landlock_abi())
    if Lock.CALLS in locks:
        allow_little()  # last: it takes away what the others need
    else:
        refuse_processes()  # nothing else does; what decodes in a thread is refused then


def die_with_parent() -> None:
    """End when the keeper ends, and let nobody look into this process's memory (prctl(2))."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the keeper's matter
    parent = os.getppid()
    _libc.prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
    _libc.prctl(SET_DUMPABLE, 0, 0, 0, 0)
    if os.getppid() != parent:
        os._exit(1)
