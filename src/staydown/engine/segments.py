"""Codes of many photographs in memory, sorted by their cell: 22 bytes each.

A segment is never changed but to wipe what was dropped: adding makes a small one, and small ones
are merged as they gather (O'Neil et al., "The log-structured merge-tree", 1996).
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staydown.engine.codes import CELLS, Cells, Codes, Words
from staydown.engine.features import Floats, Points
from staydown.engine.votes import Pairs

MAX_BITS = 26
"""Codes further apart than this are not the same patch: 85 in 100 true pairs are nearer."""
MOST_PHOTOGRAPHS = 65_535
"""Of one segment: its codes name theirs by sixteen bits."""
GONE = np.uint16(65_535)
"""The owner of a code that was wiped."""
PLACE_BITS, SIZE_BITS, ANGLE_BITS = 10, 5, 7
"""Of a pose: x and y in pixels of the proxy, the size in quarters of an octave, the angle in 128ths
of a turn.
"""

type Poses = npt.NDArray[np.uint32]
type Owners = npt.NDArray[np.uint16]


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Codes of some photographs, sorted by cell."""

    words: Words
    owners: Owners
    """(n,): the place of the photograph in `numbers`; GONE once it was dropped."""
    poses: Poses
    """(n,): where the feature is, how large and how turned."""
    starts: npt.NDArray[np.uint32]
    """(CELLS + 1,): where each cell's codes begin."""
    numbers: npt.NDArray[np.int32]
    """(photographs,): the numbers that the index knows them by."""

    def __len__(self) -> int:
        return len(self.words)

    @property
    def bytes_used(self) -> int:
        """Memory of the codes and of their photographs' numbers."""
        return sum(one.nbytes for one in (self.words, self.owners, self.poses, self.numbers))

    def wipe(self, number: int) -> None:
        """Forget the codes of one photograph; nothing happens if it has none here."""
        for owner in np.flatnonzero(self.numbers == number):
            rows = self.owners == owner
            self.words[rows] = 0
            self.poses[rows] = 0
            self.owners[rows] = GONE

    def read(self, words: Words, cells: Cells) -> Pairs:
        """Every code in the (m, k) `cells` that is near the one of the (m, 2) `words` that asks."""
        first = self.starts[cells].astype(np.int64)
        lengths = self.starts[cells + 1] - first
        flat = lengths.ravel()
        ends = np.cumsum(flat)
        rows = np.repeat(first.ravel() - (ends - flat), flat) + np.arange(flat.sum())
        asked = np.repeat(np.arange(len(words)), lengths.sum(axis=1))
        bits = np.bitwise_count(self.words[rows] ^ words[asked]).sum(axis=1, dtype=np.uint8)
        owners = self.owners[rows]  # read once: another thread may be wiping some
        near = np.flatnonzero((bits <= MAX_BITS) & (owners != GONE))
        rows = rows[near]
        points, sizes, angles = unpack_poses(self.poses[rows])
        return Pairs(
            asked=asked[near],
            bits=bits[near],
            owners=self.numbers[owners[near]],
            points=points,
            sizes=sizes,
            angles=angles,
        )


def pack_poses(codes: Codes) -> Poses:
    """(n,) the places and shapes of codes, coarsely: a rough fit needs no more."""
    across, down = np.minimum(codes.places // 8, (1 << PLACE_BITS) - 1).astype(np.uint32).T
    size, angle = codes.shapes.astype(np.uint32).T
    size = np.minimum(size >> 2, (1 << SIZE_BITS) - 1)
    poses = (across << np.uint32(PLACE_BITS)) | down
    poses = (poses << np.uint32(SIZE_BITS)) | size
    return np.asarray((poses << np.uint32(ANGLE_BITS)) | (angle >> 1), np.uint32)


def unpack_poses(poses: Poses) -> tuple[Points, Floats, Floats]:
    """(n, 2) places in pixels, (n,) sizes in octaves, (n,) angles in radians: the middles of what
    the bits say.
    """
    angles = (poses & np.uint32((1 << ANGLE_BITS) - 1)).astype(np.float32)
    rest = poses >> np.uint32(ANGLE_BITS)
    sizes = (rest & np.uint32((1 << SIZE_BITS) - 1)).astype(np.float32)
    rest >>= np.uint32(SIZE_BITS)
    down = rest & np.uint32((1 << PLACE_BITS) - 1)
    across = rest >> np.uint32(PLACE_BITS)
    half = np.float32(0.5)
    return (
        np.column_stack([across, down]).astype(np.float32) + half,
        (sizes + half) / np.float32(4),
        (angles + half) * np.float32(2 * np.pi / (1 << ANGLE_BITS)),
    )


def segment_of(numbered: Iterable[tuple[int, Codes]]) -> Segment:
    """The codes of at most MOST_PHOTOGRAPHS photographs, sorted."""
    pairs = list(numbered)
    cells = np.concatenate([codes.cells for _, codes in pairs])
    owners = np.repeat(np.arange(len(pairs)), [len(codes) for _, codes in pairs])
    order = np.argsort(cells, kind="stable")
    return Segment(
        words=np.concatenate([codes.words for _, codes in pairs])[order],
        owners=owners[order].astype(np.uint16),
        poses=np.concatenate([pack_poses(codes) for _, codes in pairs])[order],
        starts=starts_of(cells[order]),
        numbers=np.array([number for number, _ in pairs], np.int32),
    )


def starts_of(cells: Cells) -> npt.NDArray[np.uint32]:
    """Where each cell begins among sorted `cells`."""
    return np.searchsorted(cells, np.arange(CELLS + 1)).astype(np.uint32)


def merge_small(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Merge the last segments while they are no smaller than a half of the one before, and their
    photographs can still be named.
    """
    while len(segments) > 1 and 2 * len(segments[-1]) >= len(segments[-2]):
        if len(segments[-1].numbers) + len(segments[-2].numbers) > MOST_PHOTOGRAPHS:
            return segments
        segments = (*segments[:-2], merge(segments[-2], segments[-1]))
    return segments


def merge(left: Segment, right: Segment) -> Segment:
    """One segment of two, without what was dropped."""
    both = (left, right)
    cells = np.concatenate([np.repeat(np.arange(CELLS), np.diff(one.starts)) for one in both])
    later = np.where(right.owners == GONE, GONE, right.owners + np.uint16(len(left.numbers)))
    owners = np.concatenate([left.owners, later])
    order = np.argsort(cells, kind="stable")
    order = order[owners[order] != GONE]
    numbers = np.concatenate([one.numbers for one in both])
    kept, named = np.unique(owners[order], return_inverse=True)
    return Segment(
        words=np.concatenate([one.words for one in both])[order],
        owners=named.astype(np.uint16),
        poses=np.concatenate([one.poses for one in both])[order],
        starts=starts_of(cells[order]),
        numbers=numbers[kept],
    )
