"""Takes the file system, TCP, and other processes' signals away from this process, for good.

Linux Landlock (Documentation/userspace-api/landlock.rst) without a single exception: no file is
opened, made, removed or run any more by its name. What is open already stays open, and looking at
a file's metadata is not covered; the filter on system calls covers that.
"""

import ctypes
import errno
import os
from typing import Final

CREATE_RULESET: Final = 444
RESTRICT_SELF: Final = 446
"""System call numbers, the same on every architecture."""
VERSION_FLAG: Final = 1
SET_NO_NEW_PRIVS: Final = 38
"""linux/prctl.h"""

FILE_ACCESS: Final = {1: 13, 2: 14, 3: 15, 5: 16}
"""ABI → how many access rights to files it knows, each a bit (linux/landlock.h)."""
TCP_ACCESS: Final = {4: 2}
SCOPES: Final = {6: 2}

_libc = ctypes.CDLL(None, use_errno=True)


class RulesetAttributes(ctypes.Structure):
    """struct landlock_ruleset_attr: what is denied unless a rule allows it."""

    _fields_ = (
        ("handled_access_fs", ctypes.c_uint64),
        ("handled_access_net", ctypes.c_uint64),
        ("scoped", ctypes.c_uint64),
    )


def landlock_abi() -> int:
    """The version of Landlock that this kernel speaks; 0 if it does not, or may not."""
    try:
        return _call(CREATE_RULESET, None, 0, VERSION_FLAG)
    except OSError as error:
        if error.errno in {errno.ENOSYS, errno.EOPNOTSUPP, errno.EPERM}:
            return 0
        raise


def shut_files_and_network(abi: int) -> None:
    """Deny everything that Landlock of this version can deny, to this process and its children.

    Raises OSError. Files are denied from version 1 on, TCP from 4, signals and abstract sockets of
    others from 6.
    """
    attributes = RulesetAttributes(
        handled_access_fs=_bits(FILE_ACCESS, abi),
        handled_access_net=_bits(TCP_ACCESS, abi),
        scoped=_bits(SCOPES, abi),
    )
    size = 24 if abi >= 6 else 16 if abi >= 4 else 8
    ruleset = _call(CREATE_RULESET, ctypes.byref(attributes), size, 0)
    try:
        forbid_new_privileges()
        _call(RESTRICT_SELF, ruleset, 0)
    finally:
        os.close(ruleset)


def forbid_new_privileges() -> None:
    """No program that is run from here gains anything by being run (prctl(2)). Raises OSError."""
    if _libc.prctl(SET_NO_NEW_PRIVS, 1, 0, 0, 0):
        raise OSError(ctypes.get_errno(), "no_new_privs")


def _bits(known: dict[int, int], abi: int) -> int:
    counts = [count for version, count in known.items() if version <= abi]
    return (1 << max(counts)) - 1 if counts else 0


def _call(number: int, *arguments: object) -> int:
    result = int(_libc.syscall(ctypes.c_long(number), *arguments))
    if result < 0:
        raise OSError(ctypes.get_errno(), f"system call {number}")
    return result
