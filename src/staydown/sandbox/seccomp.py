"""Lets this process call on the kernel for little else than memory: a list of what is allowed.

Whatever is not in the list fails as not permitted (seccomp(2), through libseccomp). New processes,
sockets, opening, looking at or changing files, tracing, and memory that can be both filled and run
are not in it. A thread is: it may do no more than the process that it is part of, and the decoder
of HEIC pictures works in one (docs/adr/0012).
"""

import errno
import mmap
from typing import Final, Protocol

from staydown.errors import Misconfigured

ALLOWED: Final = (
    *(
        "read",
        "readv",
        "pread64",
        "preadv",
        "preadv2",
        "write",
        "writev",
        "close",
        "lseek",
        "ftruncate",
    ),
    *("recvmsg", "sendmsg"),  # on the one socket that is open; none can be made
    *("memfd_create", "munmap", "mremap", "madvise", "brk"),
    *("futex", "sched_yield", "restart_syscall", "rt_sigreturn", "rt_sigprocmask"),
    *("set_robust_list", "rseq"),  # what a thread begins with
    *("clock_gettime", "gettimeofday", "time", "getpid", "gettid", "getrandom", "getrusage"),
    *("exit", "exit_group"),
)
SEALING: Final = (1033, 1034, 1030)
"""fcntl(2): F_ADD_SEALS, F_GET_SEALS, F_DUPFD_CLOEXEC."""
ITSELF: Final = 0
A_THREAD: Final = 0x3D0F00
"""clone(2): the flags that pthread_create(3) has, and nothing else; without CLONE_THREAD among them
it would be a process.
"""


class Filter(Protocol):
    """The part of pyseccomp.SyscallFilter that is used here."""

    def add_rule(self, action: int, name: str, *arguments: object) -> None: ...

    def load(self) -> None: ...


def can_filter() -> bool:
    """Whether this machine has libseccomp, and its kernel takes filters."""
    try:
        _build()
    except Misconfigured:
        return False
    return True


def allow_little() -> None:
    """Have this process do from now on only what is in the list. Raises Misconfigured, OSError."""
    _build().load()


def _build() -> Filter:
    """A filter that is not loaded yet. Raises Misconfigured where there is no libseccomp."""
    try:
        import pyseccomp as lib  # noqa: PLC0415 -- fails where the system library is missing
    except (ImportError, RuntimeError) as error:
        raise Misconfigured("libseccomp is missing: apt-get install libseccomp2") from error
    rules: Filter = lib.SyscallFilter(defaction=lib.ERRNO(errno.EPERM))
    for name in ALLOWED:
        rules.add_rule(lib.ALLOW, name)
    for command in SEALING:
        rules.add_rule(lib.ALLOW, "fcntl", lib.Arg(1, lib.EQ, command))
    rules.add_rule(lib.ALLOW, "clone", lib.Arg(0, lib.EQ, A_THREAD))
    rules.add_rule(lib.ERRNO(errno.ENOSYS), "clone3")  # flags lie in memory, unseen: ask by clone
    rules.add_rule(lib.ALLOW, "prlimit64", lib.Arg(0, lib.EQ, ITSELF))
    for name in ("mmap", "mprotect"):
        rules.add_rule(lib.ALLOW, name, lib.Arg(2, lib.MASKED_EQ, mmap.PROT_EXEC, 0))
    return rules
