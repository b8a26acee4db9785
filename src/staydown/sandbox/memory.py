"""Shared memory that nobody can change any more: how bytes go in and out without being copied on
the way.

Whoever gets some checks the seals first: otherwise the other side could change what was already
checked, or cut it off under the reader's feet (memfd_create(2)).
"""

import fcntl
import mmap
import os
from collections.abc import Iterable, Sequence
from typing import Final

SEALS: Final = fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_GROW | fcntl.F_SEAL_WRITE

type Buffer = bytes | bytearray | memoryview


class NotSealed(Exception):
    """The memory is not what was announced, or could still be changed."""


def share(parts: Iterable[Buffer]) -> tuple[int, int]:
    """The parts one after the other in sealed memory: its file descriptor, and how many bytes.

    The caller closes it. Raises OSError, also where the limit on file sizes is reached.
    """
    file = os.memfd_create("shared", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    try:
        size = sum(_write(file, memoryview(part).cast("B")) for part in parts)
        fcntl.fcntl(file, fcntl.F_ADD_SEALS, SEALS | fcntl.F_SEAL_SEAL)
    except BaseException:
        os.close(file)
        raise
    return file, size


def _write(file: int, part: memoryview) -> int:
    written = 0
    while written < len(part):
        written += os.write(file, part[written:])
    return written


def read_shared(file: int, size: int) -> bytearray:
    """A copy of `size` bytes of shared memory. Raises NotSealed if there are fewer."""
    data = bytearray(size)
    read = 0
    while read < size:
        count = os.preadv(file, [memoryview(data)[read:]], read)
        if count == 0:
            raise NotSealed(f"there are {read} bytes, not {size}")
        read += count
    return data


def look_into(file: int, size: int, *, max_bytes: int) -> memoryview:
    """The shared memory itself, read-only, for as long as the view lives. Closes the file.

    Raises NotSealed unless it is sealed, has exactly `size` bytes, and not more than `max_bytes`.
    """
    try:
        sealed = fcntl.fcntl(file, fcntl.F_GET_SEALS) & SEALS == SEALS
        if not sealed or size > max_bytes or os.fstat(file).st_size != size:
            raise NotSealed(f"not {size} sealed bytes")
        return memoryview(mmap.mmap(file, size, prot=mmap.PROT_READ)) if size else memoryview(b"")
    except OSError as error:
        raise NotSealed("no shared memory") from error
    finally:
        os.close(file)


def close_all(files: Sequence[int]) -> None:
    """Close descriptors that came along."""
    for file in files:
        os.close(file)
