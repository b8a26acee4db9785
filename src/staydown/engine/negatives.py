"""The fixed layout in which a locked worker hands back what it made of a picture.

Numbers in a table, then arrays whose types are known beforehand, little-endian. The reader believes
nothing: a worker that was taken over can say that a picture looks like another one, but not make
the reader do anything. Arrays are views of the memory that came; nothing is copied.
"""

import struct
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

from staydown.digests import Digest
from staydown.engine.features import BINS, Features
from staydown.engine.fingerprints import Fingerprint
from staydown.engine.pdq import DihedralHashes, NoHash, PdqHash
from staydown.engine.pictures import Picture
from staydown.engine.verdict import WhyNot
from staydown.engine.views import GROUNDS, View

type Buffer = bytes | bytearray | memoryview

PICTURE: Final = struct.Struct("<8sIIIIIB32s32s")
"""Format; width, height; the same in the file; frame and ground of the view; digest of the file, of
the pixels; then the pixels.
"""
FINGERPRINT: Final = struct.Struct("<32s32sIIBBB256sI")
"""Digests; width, height; whether only text; reason for no hash, quality, the eight hashes; number
of features; then these.
"""
FEATURES: Final = {
    "points": ("<f4", (2,)),
    "sizes": ("<f4", ()),
    "angles": ("<f4", ()),
    "descriptors": ("|u1", (BINS,)),
}
"""Every field of Features: its type, and the shape of one row."""
MAX_FEATURES: Final = 100_000
HAS_HASH: Final = 0
REASONS: Final = tuple(WhyNot)
VARIANTS: Final = 8
HASH_BYTES: Final = 32


class Spoiled(Exception):
    """Not in the layout: whoever wrote it is not to be believed."""


class Taken(NamedTuple):
    """A part of some memory, and the rest of it."""

    part: memoryview
    rest: memoryview


def take(data: memoryview, size: int) -> Taken:
    """The first `size` bytes. Raises Spoiled if there are fewer."""
    if len(data) < size:
        raise Spoiled("cut short")
    return Taken(data[:size], data[size:])


def write_picture(picture: Picture) -> tuple[Buffer, ...]:
    """The parts of a picture."""
    head = PICTURE.pack(
        picture.format.encode("ascii"),
        picture.width,
        picture.height,
        *picture.full_size,
        picture.view.frame,
        GROUNDS.index(picture.view.ground),
        bytes.fromhex(picture.file_digest),
        bytes.fromhex(picture.pixel_digest),
    )
    return head, memoryview(picture.pixels).cast("B")


def read_picture(data: memoryview) -> tuple[Picture, memoryview]:
    """The picture, its pixels read-only, and what comes after it. Raises Spoiled."""
    head, rest = take(data, PICTURE.size)
    kind, width, height, *full_size, frame, ground, file_digest, pixel_digest = PICTURE.unpack(head)
    if not (width and height and min(full_size)) or ground >= len(GROUNDS):
        raise Spoiled("a picture of no pixels, or of no view")
    pixels, rest = take(rest, width * height * 3)
    picture = Picture(
        pixels=np.frombuffer(pixels, np.uint8).reshape(height, width, 3),
        format=_word(kind),
        file_digest=Digest(file_digest.hex()),
        pixel_digest=Digest(pixel_digest.hex()),
        view=View(frame=frame, ground=GROUNDS[ground]),
        full_size=(full_size[0], full_size[1]),
    )
    return picture, rest


def write_fingerprint(one: Fingerprint) -> tuple[Buffer, ...]:
    """The parts of a fingerprint."""
    why, quality, hashes = _write_pdq(one.pdq)
    head = FINGERPRINT.pack(
        bytes.fromhex(one.file_digest),
        bytes.fromhex(one.pixel_digest),
        one.width,
        one.height,
        one.is_only_text,
        why,
        quality,
        hashes,
        len(one.features),
    )
    arrays = (
        np.ascontiguousarray(getattr(one.features, name), dtype=kind).tobytes()
        for name, (kind, _) in FEATURES.items()
    )
    return head, *arrays


def read_fingerprint(data: memoryview) -> tuple[Fingerprint, memoryview]:
    """The fingerprint, and what comes after it. Raises Spoiled."""
    head, rest = take(data, FINGERPRINT.size)
    (file_digest, pixel_digest, width, height, is_only_text, why, quality, hashes, count) = (
        FINGERPRINT.unpack(head)
    )
    if not width or not height or is_only_text > 1:
        raise Spoiled("numbers that no picture has")
    features, rest = _read_features(rest, count)
    fingerprint = Fingerprint(
        file_digest=Digest(file_digest.hex()),
        pixel_digest=Digest(pixel_digest.hex()),
        pdq=_read_pdq(why, quality, hashes),
        features=features,
        width=width,
        height=height,
        is_only_text=bool(is_only_text),
    )
    return fingerprint, rest


def _write_pdq(pdq: DihedralHashes | NoHash) -> tuple[int, int, bytes]:
    if isinstance(pdq, NoHash):
        return REASONS.index(pdq.why) + 1, 0, b""
    return HAS_HASH, pdq.upright.quality, b"".join(one.bits for one in pdq.variants)


def _read_pdq(why: int, quality: int, hashes: bytes) -> DihedralHashes | NoHash:
    if why > len(REASONS) or quality > 100:
        raise Spoiled("a hash that cannot be")
    if why != HAS_HASH:
        return NoHash(why=REASONS[why - 1])
    starts = range(0, VARIANTS * HASH_BYTES, HASH_BYTES)
    variants = (
        PdqHash(bits=hashes[start : start + HASH_BYTES], quality=quality) for start in starts
    )
    return DihedralHashes(variants=tuple(variants))


def _read_features(data: memoryview, count: int) -> tuple[Features, memoryview]:
    if count > MAX_FEATURES:
        raise Spoiled("more features than there can be")
    arrays: dict[str, npt.NDArray[np.generic]] = {}
    for name, (kind, row) in FEATURES.items():
        dtype = np.dtype(kind)
        part, data = take(data, count * int(np.prod(row, dtype=int)) * dtype.itemsize)
        array = np.frombuffer(part, dtype).reshape(count, *row)
        if dtype.kind == "f" and not np.isfinite(array).all():
            raise Spoiled("a place that is no number")
        arrays[name] = array
    return Features(**arrays), data  # type: ignore[arg-type]  # the table is that of its fields


def _word(raw: bytes) -> str:
    text = raw.rstrip(b"\0")
    if not text.isalnum():
        raise Spoiled("no name of a format")
    return text.decode("ascii")
