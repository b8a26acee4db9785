"""Where untrusted files are developed: file in, picture and fingerprint out.

Casework asks for a `Darkroom` and is handed one. In production its work is done in a locked-down
process elsewhere (`develop`, and `assembly.darkroom`); `InThisProcess` does the same without any
lock, for files that are ours.
"""

import struct
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from typing import Final, Protocol

from staydown.engine.negatives import (
    Buffer,
    Spoiled,
    read_fingerprint,
    read_picture,
    write_fingerprint,
    write_picture,
)
from staydown.engine.pictures import LIMITS, Limits, Picture, open_picture
from staydown.engine.subjects import Known, Proxy, Seen, know, look_at


class Darkroom(Protocol):
    """Opens files that somebody sent, within its limits. Raises BadPicture, and TooBusy."""

    def open(self, data: bytes) -> Picture:
        """The upright sRGB picture."""
        ...

    def look_at(self, data: bytes) -> Seen:
        """Everything that is needed to look the picture up."""
        ...

    def know(self, data: bytes) -> Known:
        """What is kept of the picture to find it again."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InThisProcess:
    """The same without any lock: for files that are ours, and inside the locked process."""

    limits: Limits = LIMITS

    def open(self, data: bytes) -> Picture:
        """Raises BadPicture."""
        return open_picture(data, self.limits)

    def look_at(self, data: bytes) -> Seen:
        """Raises BadPicture."""
        return look_at(open_picture(data, self.limits))

    def know(self, data: bytes) -> Known:
        """Raises BadPicture."""
        return know(open_picture(data, self.limits))


class Task(IntEnum):
    """What a locked process is asked to make of a file."""

    OPEN = 1
    LOOK_AT = 2
    KNOW = 3


ORDER: Final = struct.Struct("<BQQI")
"""Task; most bytes, most pixels, least side."""


def write_order(task: Task, limits: Limits) -> bytes:
    """What to do, under which limits."""
    return ORDER.pack(task, limits.max_bytes, limits.max_pixels, limits.min_side)


def develop(data: bytearray, order: bytes) -> tuple[Buffer, ...]:
    """Do what was ordered; the result in the layout of `negatives`. Raises BadPicture."""
    task, max_bytes, max_pixels, min_side = ORDER.unpack(order)
    limits = Limits(max_bytes=max_bytes, max_pixels=max_pixels, min_side=min_side)
    return DEVELOPED[Task(task)](open_picture(bytes(data), limits))


def _write_seen(picture: Picture) -> tuple[Buffer, ...]:
    return *write_picture(picture), *write_fingerprint(look_at(picture).fingerprint)


def _write_known(picture: Picture) -> tuple[Buffer, ...]:
    known = know(picture)
    proxy = () if known.proxy is None else write_picture(known.proxy.open())
    return *write_fingerprint(known.fingerprint), *proxy


DEVELOPED: Final[dict[Task, Callable[[Picture], tuple[Buffer, ...]]]] = {
    Task.OPEN: write_picture,
    Task.LOOK_AT: _write_seen,
    Task.KNOW: _write_known,
}


def read_opened(data: memoryview) -> Picture:
    """What OPEN gave. Raises Spoiled."""
    picture, rest = read_picture(data)
    _refuse_more(rest)
    return picture


def read_seen(data: memoryview) -> Seen:
    """What LOOK_AT gave. Raises Spoiled."""
    picture, rest = read_picture(data)
    fingerprint, rest = read_fingerprint(rest)
    _refuse_more(rest)
    if fingerprint.size != (picture.width, picture.height):
        raise Spoiled("a fingerprint of another picture")
    return Seen(picture=picture, fingerprint=fingerprint)


def read_known(data: memoryview) -> Known:
    """What KNOW gave. Raises Spoiled."""
    fingerprint, rest = read_fingerprint(data)
    proxy, rest = read_picture(rest)
    _refuse_more(rest)
    return Known(fingerprint=fingerprint, proxy=Proxy.of(proxy))


def _refuse_more(rest: memoryview) -> None:
    if len(rest):
        raise Spoiled("more than was ordered")
