"""A bank as its users see it, wherever it keeps things: entries with what is known of their
pictures.

Every entry is sealed under a key of its own; forgetting it destroys the key and leaves a tombstone.
"""

import io
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from staydown.bank.catalogue import Catalogue
from staydown.bank.entries import Entry
from staydown.digests import sha256
from staydown.engine.fingerprints import pack, unpack
from staydown.engine.pictures import Picture, encode_png, open_own, picture_of
from staydown.engine.subjects import Known, Proxy
from staydown.engine.verdict import AreaMap
from staydown.errors import BadPicture, SealBroken
from staydown.ids import EntryId

PARTS = struct.Struct(">4sIII")
MAGIC = b"SDK1"
PNG_SIZE, PNG_SIZE_AT = struct.Struct(">II"), 16
"""Width and height in the header of a PNG (W3C PNG §11.2.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An entry and what is known of its picture, opened."""

    entry: Entry
    known: Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """A bank ready to be searched: its live entries, and the catalogue of their sketches, which may
    hold others as well.
    """

    entries: Mapping[EntryId, Entry]
    catalogue: Catalogue
    open: Callable[[EntryId], Known | None]
    """What is known of an entry's picture, unsealed; None once it was forgotten."""


class Bank(Protocol):
    """Where entries are kept."""

    def add(self, entry: Entry, known: Known) -> None:
        """Keep `entry`: it is matchable, and safe from a crash, once this returns. Raises
        NotAllowed if its id is taken.
        """
        ...

    def shelf(self) -> Shelf:
        """Every live entry, ready to be searched; cheap where nothing has changed since the last
        call.
        """
        ...

    def open(self, entry: EntryId) -> Known | None:
        """What is known of an entry's picture; None if there is none such, or not any more."""
        ...

    def forget(self, entry: EntryId) -> None:
        """Destroy the entry's key and leave a tombstone. Raises NotFound if there was never such an
        entry.
        """
        ...


def open_all(shelf: Shelf) -> Iterator[Record]:
    """Every live entry with what is known of its picture: slow, and nothing for a search."""
    for key, entry in shelf.entries.items():
        if (known := shelf.open(key)) is not None:
            yield Record(entry=entry, known=known)


def pack_known(known: Known) -> bytes:
    """The fingerprint, the proxy as a PNG and the focus in one piece, to be sealed."""
    fingerprint = pack(known.fingerprint)
    proxy = b"" if known.proxy is None else encode_png(known.proxy.open().pixels)
    focus = b"" if known.focus is None else encode_png(known.focus)
    return PARTS.pack(MAGIC, len(fingerprint), len(proxy), len(focus)) + fingerprint + proxy + focus


def unpack_known(data: bytes) -> Known:
    """What was packed. Raises SealBroken if it was not."""
    try:
        magic, *lengths = PARTS.unpack_from(data)
    except struct.error as error:
        raise SealBroken("a stored entry is cut short") from error
    file = io.BytesIO(data[PARTS.size :])
    fingerprint, proxy, focus = (file.read(length) for length in lengths)
    if magic != MAGIC or len(data) != PARTS.size + sum(lengths):
        raise SealBroken("a stored entry is damaged")
    try:
        return Known(
            fingerprint=unpack(fingerprint),
            proxy=read_proxy(proxy) if proxy else None,
            focus=read_focus(focus),
        )
    except BadPicture as error:
        raise SealBroken("a stored map is damaged") from error


def read_proxy(data: bytes) -> Proxy:
    """A proxy that is decoded when it is opened. Raises SealBroken if it is no PNG, and when it is
    opened, if it is damaged.
    """
    try:
        width, height = PNG_SIZE.unpack_from(data, PNG_SIZE_AT)
    except struct.error as error:
        raise SealBroken("a stored proxy is cut short") from error
    return Proxy(width=width, height=height, open=partial(open_proxy, data))


def open_proxy(data: bytes) -> Picture:
    """Raises SealBroken."""
    try:
        return picture_of(open_own(data), "PNG", sha256(data))
    except BadPicture as error:
        raise SealBroken("a stored proxy is damaged") from error


def read_focus(data: bytes) -> AreaMap | None:
    """Raises BadPicture."""
    return np.ascontiguousarray(open_own(data)[:, :, 0]) if data else None
