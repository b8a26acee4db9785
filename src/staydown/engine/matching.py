"""Which keypoints of a photograph and of a found picture look alike, and which of those lie where a
map puts them.

Likeness is the dot product of RootSIFT vectors. Nothing here knows what is a copy.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staydown.engine.features import Features, Floats, Points
from staydown.engine.fits import Matrix

VOTERS = 1000
"""How many of the most distinctive pairs are asked about each hypothesis."""

MAX_SCALE_RATIO = 1.5
MAX_TURN = 0.4
"""Radians by which a pair's own angle may differ from the map's."""
MIN_LIKENESS = 0.80
"""Least RootSIFT dot product of a pair (1.0: the same patch) in guided matching."""

type Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Rows of known and found keypoints that belong together, most distinctive first."""

    known: Rows
    found: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Likely:
    """Every pair that looks alike, in no order: rows of known and found keypoints, and how much
    alike they look.
    """

    known: Rows
    found: Rows
    likeness: Floats


def compare_descriptors(known: Features, found: Features) -> npt.NDArray[np.float32]:
    """(n, m) dot products of RootSIFT vectors, 0 to 1."""
    left = known.descriptors.astype(np.float32)
    right = found.descriptors.astype(np.float32)
    return np.asarray(left @ right.T / np.float32(255 * 255))


def list_near(known: Features, found: Features, matrix: Matrix, reach: float) -> Likely:
    """The pairs that look alike among those near where `matrix` puts them, in pixels of the
    found picture.
    """
    put = known.points @ matrix[:, :2].T.astype(np.float32) + matrix[:, 2].astype(np.float32)
    rows, columns = pair_within(put, found.points, reach)
    likeness = np.einsum(
        "ij,ij->i",
        known.descriptors[rows].astype(np.float32),
        found.descriptors[columns].astype(np.float32),
    ) / np.float32(255 * 255)
    like = likeness > MIN_LIKENESS
    return Likely(known=rows[like], found=columns[like], likeness=likeness[like])


def pair_within(here: Points, there: Points, reach: float) -> tuple[Rows, Rows]:
    """Rows of (n, 2) `here` and (m, 2) `there` less than `reach` apart, across as well as down."""
    order = np.argsort(there[:, 0], kind="stable")
    across = there[order, 0]
    first = np.searchsorted(across, here[:, 0] - reach, side="right")
    last = np.searchsorted(across, here[:, 0] + reach, side="left")
    lengths = np.maximum(last - first, 0)
    ends = np.cumsum(lengths)
    rows = np.repeat(np.arange(len(here)), lengths)
    columns = order[np.repeat(first - (ends - lengths), lengths) + np.arange(len(rows))]
    near = np.abs(here[rows, 1] - there[columns, 1]) < reach
    return rows[near], columns[near]


def list_likely(likeness: npt.NDArray[np.float32]) -> Likely:
    """All pairs that look alike."""
    rows, columns = np.nonzero(likeness > MIN_LIKENESS)
    return Likely(known=rows, found=columns, likeness=likeness[rows, columns])


def pair_up(likeness: npt.NDArray[np.float32]) -> Pairs:
    """Each found keypoint with the known one most like it, those that are most unlike any second
    choice first.
    """
    best = likeness.argmax(axis=0)
    found = np.arange(likeness.shape[1])
    first = likeness[best, found]
    mutual = likeness.argmax(axis=1)[best] == found
    others = likeness.copy()
    others[best, found] = 0
    second = others.max(axis=0)
    ratio = np.sqrt(np.maximum(1 - first, 1e-9) / np.maximum(1 - second, 1e-9))
    order = np.argsort(ratio - 0.15 * mutual, kind="stable")
    order = order[:VOTERS]
    return Pairs(known=best[order], found=found[order])


def guided_pairs(
    known: Features, found: Features, likely: Likely, matrix: Matrix, reach: float
) -> Pairs:
    """One found keypoint at most for each known one, near where `matrix` puts it, of like size,
    angle and look.
    """
    put = known.points @ matrix[:, :2].T.astype(np.float32) + matrix[:, 2].astype(np.float32)
    misses = np.abs(put[likely.known] - found.points[likely.found]).max(axis=1)
    near = np.flatnonzero(misses < reach)
    rows, columns = likely.known[near], likely.found[near]
    scale = np.sqrt(abs(np.linalg.det(matrix[:, :2])))
    turn = np.arctan2(matrix[1, 0] - matrix[0, 1], matrix[0, 0] + matrix[1, 1])
    ratio = found.sizes[columns] / np.maximum(known.sizes[rows] * scale, 1e-9)
    agrees = np.abs(np.log(ratio)) < np.log(MAX_SCALE_RATIO)
    agrees &= np.cos(found.angles[columns] - known.angles[rows] - turn) > np.cos(MAX_TURN)
    order = near[agrees][np.argsort(-likely.likeness[near[agrees]], kind="stable")]
    rows, columns = keep_first(likely.known[order], likely.found[order])
    columns, rows = keep_first(columns, rows)
    return thin(known, Pairs(known=rows, found=columns))


def keep_first(key: Rows, other: Rows) -> tuple[Rows, Rows]:
    """The first occurrence of each value of `key`, in the order of appearance."""
    _, first = np.unique(key, return_index=True)
    first = np.sort(first)
    return key[first], other[first]


def thin(known: Features, pairs: Pairs) -> Pairs:
    """One pair for each place: a keypoint that SIFT reports with two angles is one proof."""
    cells = np.floor(known.points[pairs.known]).astype(np.int64)
    _, first = np.unique(cells[:, 0] * 1_000_003 + cells[:, 1], return_index=True)
    first = np.sort(first)
    return Pairs(known=pairs.known[first], found=pairs.found[first])
