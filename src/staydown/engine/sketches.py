"""The little that is held in memory of every registered photograph, to find which ones a picture
may be made from: digests, the upright PDQ hash, codes of local features. At most 12 kB in memory,
where places are held coarsely.

A sketch is sealed at rest like all else; its packed form is a plain layout of numbers, and nothing
is unpickled.
"""

import struct
from dataclasses import dataclass

import numpy as np

from staydown.digests import Digest
from staydown.engine.codes import Codes, encode
from staydown.engine.fingerprints import Fingerprint
from staydown.engine.pdq import DihedralHashes, PdqHash
from staydown.errors import SealBroken

CODES = 540
"""Features of a registered photograph that are held as codes: 22 bytes each in memory."""
MAGIC = b"SDS1"
HEAD = struct.Struct("<4sHb32s32s32s")
NO_HASH = -1
EACH = 16 + 2 + 4 + 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """What a search is made on."""

    file_digest: Digest
    pixel_digest: Digest
    pdq: PdqHash | None
    codes: Codes


def sketch(one: Fingerprint) -> Sketch:
    """The sketch of a registered photograph."""
    pdq = one.pdq.upright if isinstance(one.pdq, DihedralHashes) else None
    return Sketch(
        file_digest=one.file_digest,
        pixel_digest=one.pixel_digest,
        pdq=pdq,
        codes=encode(one.features, CODES),
    )


def pack_sketch(one: Sketch) -> bytes:
    """A header, then the codes' arrays one after the other, little-endian."""
    codes = one.codes
    head = HEAD.pack(
        MAGIC,
        len(codes),
        NO_HASH if one.pdq is None else one.pdq.quality,
        bytes.fromhex(one.file_digest),
        bytes.fromhex(one.pixel_digest),
        bytes(32) if one.pdq is None else one.pdq.bits,
    )
    arrays = (codes.words, codes.cells.astype("<u2"), codes.places, codes.shapes)
    return head + b"".join(np.ascontiguousarray(array).tobytes() for array in arrays)


def unpack_sketch(data: bytes) -> Sketch:
    """The sketch again. Raises SealBroken if `data` is not a packed one."""
    try:
        magic, count, quality, file_digest, pixel_digest, bits = HEAD.unpack_from(data)
    except struct.error as error:
        raise SealBroken("a stored sketch is cut short") from error
    if magic != MAGIC or len(data) != HEAD.size + count * EACH:
        raise SealBroken("a stored sketch is damaged")
    return Sketch(
        file_digest=Digest(file_digest.hex()),
        pixel_digest=Digest(pixel_digest.hex()),
        pdq=None if quality == NO_HASH else PdqHash(bits=bits, quality=quality),
        codes=read_codes(data[HEAD.size :], count),
    )


def read_codes(data: bytes, count: int) -> Codes:
    """The arrays of `count` codes, as `pack_sketch` writes them."""
    words, cells, places, _ = (size * count for size in (16, 18, 22, 24))
    return Codes(
        words=np.frombuffer(data[:words], "<u8").reshape(count, 2),
        cells=np.frombuffer(data[words:cells], "<u2").astype(np.int32),
        places=np.frombuffer(data[cells:places], "<u2").reshape(count, 2),
        shapes=np.frombuffer(data[places:], np.uint8).reshape(count, 2),
    )
