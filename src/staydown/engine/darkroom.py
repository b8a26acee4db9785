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
from staydown.engine.pictures import LIMITS, Limits, Picture, open_picture, open_views
from staydown.engine.subjects import Known, Proxy, Seen, know, look_at
from staydown.engine.views import FIRST, GROUNDS, MAX_VIEWS, View


class Darkroom(Protocol):
    """Opens files that somebody sent, within its limits. Raises BadPicture, and TooBusy."""

    def open(self, data: bytes, view: View = FIRST) -> Picture:
        """One upright sRGB picture: the first view, or one that was looked at before."""
        ...

    def views(self, data: bytes) -> tuple[Picture, ...]:
        """All that is to be looked at: one picture; of what is animated or transparent, several."""
        ...

    def look_at(self, data: bytes) -> tuple[Seen, ...]:
        """Everything that is needed to look each of the views up."""
        ...

    def know(self, data: bytes) -> Known:
        """What is kept of the picture to find it again; of an animation, of its first frame."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class InThisProcess:
    """The same without any lock: for files that are ours, and inside the locked process."""

    limits: Limits = LIMITS

    def open(self, data: bytes, view: View = FIRST) -> Picture:
        """Raises BadPicture."""
        return open_picture(data, self.limits, view)

    def views(self, data: bytes) -> tuple[Picture, ...]:
        """Raises BadPicture."""
        return open_views(data, self.limits)

    def look_at(self, data: bytes) -> tuple[Seen, ...]:
        """Raises BadPicture."""
        return tuple(look_at(picture) for picture in self.views(data))

    def know(self, data: bytes) -> Known:
        """Raises BadPicture."""
        return know(self.open(data))


class Task(IntEnum):
    """What a locked process is asked to make of a file."""

    OPEN = 1
    LOOK_AT = 2
    KNOW = 3
    VIEWS = 4


ORDER: Final = struct.Struct("<BQQIIB")
"""Task; most bytes, most pixels, least side; frame and ground of the view."""


def write_order(task: Task, limits: Limits, view: View = FIRST) -> bytes:
    """What to do, under which limits; `view` counts for OPEN."""
    bounds = (limits.max_bytes, limits.max_pixels, limits.min_side)
    return ORDER.pack(task, *bounds, view.frame, GROUNDS.index(view.ground))


def develop(data: bytearray, order: bytes) -> tuple[Buffer, ...]:
    """Do what was ordered; the result in the layout of `negatives`. Raises BadPicture."""
    task, max_bytes, max_pixels, min_side, frame, ground = ORDER.unpack(order)
    limits = Limits(max_bytes=max_bytes, max_pixels=max_pixels, min_side=min_side)
    view = View(frame=frame, ground=GROUNDS[ground])
    return DEVELOPED[Task(task)](InThisProcess(limits=limits), bytes(data), view)


def _write_opened(room: Darkroom, data: bytes, view: View) -> tuple[Buffer, ...]:
    return write_picture(room.open(data, view))


def _write_views(room: Darkroom, data: bytes, _: View) -> tuple[Buffer, ...]:
    return tuple(part for picture in room.views(data) for part in write_picture(picture))


def _write_seen(room: Darkroom, data: bytes, _: View) -> tuple[Buffer, ...]:
    return tuple(
        part
        for seen in room.look_at(data)
        for part in (*write_picture(seen.picture), *write_fingerprint(seen.fingerprint))
    )


def _write_known(room: Darkroom, data: bytes, _: View) -> tuple[Buffer, ...]:
    known = room.know(data)
    proxy = () if known.proxy is None else write_picture(known.proxy.open())
    return *write_fingerprint(known.fingerprint), *proxy


DEVELOPED: Final[dict[Task, Callable[[Darkroom, bytes, View], tuple[Buffer, ...]]]] = {
    Task.OPEN: _write_opened,
    Task.VIEWS: _write_views,
    Task.LOOK_AT: _write_seen,
    Task.KNOW: _write_known,
}


def read_opened(data: memoryview) -> Picture:
    """What OPEN gave. Raises Spoiled."""
    picture, rest = read_picture(data)
    _refuse_more(rest)
    return picture


def read_views(data: memoryview) -> tuple[Picture, ...]:
    """What VIEWS gave. Raises Spoiled."""
    return _read_some(data, read_picture)


def read_seen(data: memoryview) -> tuple[Seen, ...]:
    """What LOOK_AT gave. Raises Spoiled."""
    return _read_some(data, _read_one_seen)


def _read_one_seen(data: memoryview) -> tuple[Seen, memoryview]:
    picture, rest = read_picture(data)
    fingerprint, rest = read_fingerprint(rest)
    if fingerprint.size != (picture.width, picture.height):
        raise Spoiled("a fingerprint of another picture")
    return Seen(picture=picture, fingerprint=fingerprint), rest


def _read_some[T](
    data: memoryview, read: Callable[[memoryview], tuple[T, memoryview]]
) -> tuple[T, ...]:
    """As many as there are: at least one, at most MAX_VIEWS. Raises Spoiled."""
    first, rest = read(data)
    found = [first]
    while len(rest):
        if len(found) == MAX_VIEWS:
            raise Spoiled("more views than there can be")
        one, rest = read(rest)
        found.append(one)
    return tuple(found)


def read_known(data: memoryview) -> Known:
    """What KNOW gave. Raises Spoiled."""
    fingerprint, rest = read_fingerprint(data)
    proxy, rest = read_picture(rest)
    _refuse_more(rest)
    return Known(fingerprint=fingerprint, proxy=Proxy.of(proxy))


def _refuse_more(rest: memoryview) -> None:
    if len(rest):
        raise Spoiled("more than was ordered")
