"""Short codes of local features: 128 bits that say how a patch looks, and the cell of patches that
it belongs to.

The bits are signs of a learned rotation of RootSIFT ("iterative quantization": Gong and Lazebnik,
CVPR 2011); cells are pairs of two small code books, one for each half of its principal components
("inverted multi-index": Babenko and Lempitsky, CVPR 2012). Both were learned from pictures under
CC0 only, by bench/learn/learn_codes.py, and ship as data.

A code is not a secret: whoever has it can tell roughly how the patch looked. It is sealed at rest.
"""

import hashlib
import io
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt

from staydown.engine.features import BINS, Descriptors, Features, Floats

DATA = "codes.npz"
SHA256 = "d0ed871c1284963f63be7cd1dc41d8cc6bda2f1ff234f22873efa74027426934"
BOOK = 256
"""Entries of each of the two code books."""
CELLS = BOOK * BOOK
NEAR = 6
"""How many entries of each book are considered for a descriptor's nearest cells."""

type Words = npt.NDArray[np.uint64]
"""(n, 2)."""
type Cells = npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """The codes of n features of a registered photograph, with where and how large each is."""

    words: Words
    cells: Cells
    """(n,)"""
    places: npt.NDArray[np.uint16]
    """(n, 2): x and y in eighths of a pixel."""
    shapes: npt.NDArray[np.uint8]
    """(n, 2): the size in sixteenths of an octave, the angle in 256ths of a turn."""

    def __len__(self) -> int:
        return len(self.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coder:
    """What was learned."""

    mean: Floats
    """(128,)"""
    rotation: Floats
    """(128, 128): its signs are the code."""
    parts: Floats
    """(128, 128): principal components, those of the first book first."""
    books: tuple[Floats, Floats]
    """(256, 64) each."""

    def embed(self, descriptors: Descriptors) -> tuple[Words, Floats]:
        """The codes of (n, 128) descriptors, and (n, 128) coordinates to find their cells by."""
        centred = descriptors.astype(np.float32) / np.float32(255) - self.mean
        bits = np.packbits(centred @ self.rotation > 0, axis=1)
        return np.ascontiguousarray(bits).view(np.uint64), np.asarray(centred @ self.parts)

    def nearest_cells(self, placed: Floats, count: int) -> Cells:
        """(n, count): the cells nearest to each of (n, 128) coordinates, in no order."""
        half = BINS // 2
        first, second = (
            (book**2).sum(axis=1) - 2 * places @ book.T
            for book, places in zip(self.books, (placed[:, :half], placed[:, half:]), strict=True)
        )
        if count == 1:
            return np.asarray(first.argmin(axis=1) * BOOK + second.argmin(axis=1), np.int32)[
                :, None
            ]
        rows, columns = (np.argpartition(one, NEAR, axis=1)[:, :NEAR] for one in (first, second))
        sums = (
            np.take_along_axis(first, rows, 1)[:, :, None]
            + np.take_along_axis(second, columns, 1)[:, None, :]
        ).reshape(len(placed), -1)
        best = np.argpartition(sums, count - 1, axis=1)[:, :count]
        chosen = np.take_along_axis(rows, best // NEAR, 1) * BOOK
        return np.asarray(chosen + np.take_along_axis(columns, best % NEAR, 1), np.int32)


@lru_cache(maxsize=1)
def coder() -> Coder:
    """What ships with this version. Raises ValueError if the file was changed."""
    data = files("staydown.engine").joinpath("data", DATA).read_bytes()
    if hashlib.sha256(data).hexdigest() != SHA256:
        raise ValueError(f"{DATA} is not the file that this version was built with")
    with np.load(io.BytesIO(data), allow_pickle=False) as arrays:
        return Coder(
            mean=arrays["mean"],
            rotation=arrays["rotation"],
            parts=arrays["parts"],
            books=(arrays["first"], arrays["second"]),
        )


def encode(features: Features, limit: int) -> Codes:
    """The codes of the first `limit` features: they are in the order of their worth."""
    few = features.only(np.arange(min(limit, len(features))))
    words, placed = coder().embed(few.descriptors)
    sizes = np.rint(16 * np.log2(np.maximum(few.sizes, 1)))
    angles = np.rint(few.angles * (128 / np.pi)) % 256
    return Codes(
        words=words,
        cells=coder().nearest_cells(placed, 1)[:, 0],
        places=np.clip(np.rint(few.points * 8), 0, 65535).astype(np.uint16),
        shapes=np.column_stack([np.clip(sizes, 0, 255), angles]).astype(np.uint8),
    )
