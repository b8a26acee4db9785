"""The limits that every Unix has (setrlimit(2)): time, memory, files, processes; and a user of its
own.

They bound what one process takes. They do not keep it from a file or the network: the other locks
do that.
"""

import os
import resource
from pathlib import Path

from staydown.sandbox.bounds import Bounds

NOBODY = 65534
"""The user without rights (Linux Standard Base)."""
OPEN_FILES = 16


def drop_rights() -> None:
    """Who runs as root runs as nobody from now on. Otherwise nothing changes."""
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)


def limit_this_process(bounds: Bounds) -> None:
    """Bound memory, files and their size; no picture in a core dump."""
    memory = taken_bytes() + bounds.memory_bytes
    for what, most in (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_FSIZE, bounds.answer_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))


def refuse_processes() -> None:
    """No more processes, and no threads either, which count as such here (setrlimit(2))."""
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def allow_seconds(seconds: int) -> None:
    """From now on so many seconds of the processor, and then the end (SIGXCPU)."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    most = int(used.ru_utime + used.ru_stime) + seconds
    hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
    resource.setrlimit(resource.RLIMIT_CPU, (most, hard))


def taken_bytes() -> int:
    """The address space of this process (proc(5), statm)."""
    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
