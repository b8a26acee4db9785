"""PDQ, the 256-bit picture hash that the rest of the world exchanges, in all eight orientations.

Source: "The TMK+PDQF Video-Hashing Algorithm and the PDQ Image-Hashing Algorithm" (Facebook, 2019):
luma, two passes of a box filter in each direction, 64×64 samples, a 16×16 discrete cosine
transform, each coefficient against their median. Filter, sampling and transform are linear, so all
of it is two matrices of 16 rows around the luma.

A hash finds plain copies. It finds no crop and no copy of which a tenth was replaced; distance
alone proves nothing.
"""

from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels
from staydown.engine.verdict import WhyNot

BITS = 256
SIDE = 64
STRIP = 128
LUMA = np.array([[0.299, 0.587, 0.114]], dtype=np.float32)
MIN_QUALITY = 50
"""Below this the reference implementation advises against any use of the hash."""
MIN_PIXELS = 5
"""The reference refuses pictures with a shorter side."""

type Floats = npt.NDArray[np.float64]
type Words = npt.NDArray[np.uint64]
"""(4,) or (n, 4): 256 bits as four words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdqHash:
    """256 bits; `quality` is 0 to 100 and counts how much there is to see."""

    bits: bytes
    quality: int

    def distance_bits(self, other: "PdqHash") -> int:
        """The Hamming distance, 0 to 256."""
        return (int.from_bytes(self.bits) ^ int.from_bytes(other.bits)).bit_count()

    def __str__(self) -> str:
        """64 hexadecimal characters, as it is exchanged."""
        return self.bits.hex()


FEWEST_ONES, MOST_ONES = 96, 160
"""Each bit says whether a coefficient is above the median: about half of them are."""


def read_hash(text: str) -> PdqHash:
    """A hash that somebody else computed, as 64 hexadecimal characters. Raises ValueError.

    One with far more or fewer than 128 ones is no PDQ: nothing is above its own median so often.
    """
    bits = bytes.fromhex(text.strip())
    if len(bits) != 32 or len(text.strip()) != 64:
        raise ValueError("a PDQ is 64 hexadecimal characters")
    if not FEWEST_ONES <= int.from_bytes(bits).bit_count() <= MOST_ONES:
        raise ValueError("no PDQ has so few or so many ones")
    return PdqHash(bits=bits, quality=100)


@dataclass(frozen=True, slots=True, kw_only=True)
class NoHash:
    """We looked, and there is nothing to compare. Never an empty string."""

    why: WhyNot


@dataclass(frozen=True, slots=True, kw_only=True)
class DihedralHashes:
    """The hash of a picture, its own first, and of its seven rotations and mirror images."""

    variants: tuple[PdqHash, ...]

    @property
    def upright(self) -> PdqHash:
        """The hash of the picture as it stands: the one that is exchanged."""
        return self.variants[0]

    def distance_bits(self, other: "DihedralHashes") -> int:
        """The least Hamming distance between `other` as it stands and this one however turned."""
        return min(variant.distance_bits(other.upright) for variant in self.variants)


def hash_pixels(pixels: Pixels) -> DihedralHashes | NoHash:
    """The eight hashes of (h, w, 3) `pixels`, or the reason why there are none."""
    if min(pixels.shape[:2]) < MIN_PIXELS:
        return NoHash(why=WhyNot.TOO_SMALL)
    small = shrink(pixels)
    quality = quality_of(small)
    if quality < MIN_QUALITY:
        return NoHash(why=WhyNot.TOO_FLAT)
    cosines = cosine_rows()
    spectrum = cosines @ small @ cosines.T
    variants = tuple(PdqHash(bits=pack(one), quality=quality) for one in turned(spectrum))
    return DihedralHashes(variants=variants)


def shrink(pixels: Pixels) -> Floats:
    """The 64×64 luma, box-filtered twice in each direction (ITU-R BT.601 weights, as the reference
    has them).
    """
    luma = np.empty(pixels.shape[:2], np.float32)
    for top in range(0, len(luma), STRIP):  # a large picture need not lie in memory as floats
        strip = pixels[top : top + STRIP].astype(np.float32)
        luma[top : top + STRIP] = cv2.transform(strip, LUMA)
    rows = filter_rows(luma.shape[0]).astype(np.float32)
    columns = filter_rows(luma.shape[1]).astype(np.float32)
    return np.asarray(rows @ (luma @ columns.T), dtype=np.float64)


@lru_cache(maxsize=64)
def filter_rows(length: int) -> Floats:
    """(64, length): two passes of the box filter, then 64 samples at the middles of equal parts.

    Only the sampled rows are made: a long picture must not cost its length squared.
    """
    window = (length + 2 * SIDE - 1) // (2 * SIDE)
    right = (window + 2) // 2 - 1
    places = np.arange(length)
    starts = np.maximum(places - (window - 1 - right), 0)
    ends = np.minimum(places + right, length - 1) + 1
    rows = np.zeros((SIDE, length + 1))
    for row, middle in enumerate(((np.arange(SIDE) + 0.5) * length / SIDE).astype(int)):
        near = slice(starts[middle], ends[middle])
        share = 1 / ((ends[middle] - starts[middle]) * (ends[near] - starts[near]))
        np.add.at(rows[row], starts[near], share)
        np.subtract.at(rows[row], ends[near], share)
    return np.cumsum(rows, axis=1)[:, :-1]


@lru_cache(maxsize=1)
def cosine_rows() -> Floats:
    """(16, 64): rows 1 to 16 of the orthonormal DCT-II; the constant row is left out."""
    row = np.arange(1, 17)[:, None]
    column = np.arange(SIDE)[None, :]
    return np.asarray(np.sqrt(2.0 / SIDE) * np.cos(np.pi / (2 * SIDE) * row * (2 * column + 1)))


def quality_of(small: Floats) -> int:
    """The sum of steps between neighbours, in percent of full scale cut to whole numbers, over 90;
    at most 100.
    """
    down = np.trunc((small[:-1] - small[1:]) * 100 / 255)
    across = np.trunc((small[:, :-1] - small[:, 1:]) * 100 / 255)
    return min(100, int((np.abs(down).sum() + np.abs(across).sum()) / 90))


def turned(spectrum: Floats) -> tuple[Floats, ...]:
    """The spectra of the eight orientations: turning a picture transposes its spectrum and flips
    signs of odd terms.
    """
    sign = np.where(np.arange(1, 17) % 2 == 1, -1.0, 1.0)
    both = []
    for base in (spectrum, spectrum.T):
        both += [base, base * sign[None, :], base * sign[:, None], base * np.outer(sign, sign)]
    return tuple(both)


def pack(spectrum: Floats) -> bytes:
    """Bits that are above the (lower) median, the last coefficient first, as the reference writes
    them.
    """
    flat = spectrum.ravel()
    median = np.partition(flat, BITS // 2 - 1)[BITS // 2 - 1]
    return np.packbits((flat > median)[::-1]).tobytes()


def words_of(hashes: list[PdqHash]) -> Words:
    """(n, 4) words for a Hamming search."""
    joined = b"".join(one.bits for one in hashes)
    return np.frombuffer(joined, dtype=np.uint64).reshape(-1, BITS // 64)


def search_within(needle: PdqHash, haystack: Words, radius_bits: int) -> list[tuple[int, int]]:
    """Every (row, distance) of `haystack` within `radius_bits` of `needle`, nearest first: exact,
    by looking at all.
    """
    distances = np.bitwise_count(haystack ^ words_of([needle])).sum(axis=1, dtype=np.int64)
    rows = np.flatnonzero(distances <= radius_bits)
    return sorted(
        ((int(row), int(distances[row])) for row in rows), key=lambda found: (found[1], found[0])
    )
