"""Lays a registered photograph onto a found picture by the geometry of their local features.

One matched pair of keypoints, with its size and angle, is a whole hypothesis (Lowe 2004 §7.3;
"1-point similarity"). The best is refined on those that agree with it, guides a second, looser
matching, and ends as an affine map. A copy fits an exact similarity: the ratio of the map's two
stretches (`anisotropy`) stays near 1, where a second photograph of the same wall does not. Inliers
alone are no proof; `evidence` looks at the pixels.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staydown.engine.features import WORKING_SIDE, Features, Floats, Points
from staydown.engine.fits import (
    Array,
    Matrix,
    anisotropy_of,
    fit_affine,
    fit_similarity,
    typical_miss,
)
from staydown.engine.verdict import Transform

type Rows = npt.NDArray[np.intp]

HYPOTHESES = 300
"""How many of the most distinctive pairs are tried, each as a whole hypothesis."""
VOTERS = 1000
"""How many of the most distinctive pairs are asked about each hypothesis."""
REACH = 4.0
"""How far a keypoint may lie from where the map puts it, in pixels of a picture whose longest side
is WORKING_SIDE.
"""
MAX_SCALE_RATIO = 1.5
MAX_TURN = 0.4
"""Radians by which a pair's own angle may differ from the map's."""
MIN_LIKENESS = 0.80
"""Least RootSIFT dot product of a pair (1.0: the same patch) in guided matching."""
MIN_INLIERS = 5
SLACK = 0.1
"""Pixels by which the simpler model may miss more than the other and still be preferred."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """How a known photograph lies on a found picture. `matrix` includes the mirroring."""

    matrix: Matrix
    inliers: int
    anisotropy: float
    is_mirrored: bool
    known_points: Array
    """(inliers, 2), in pixels of the known photograph as registered."""
    found_points: Array

    @property
    def scale(self) -> float:
        """Found pixels per known pixel."""
        return float(np.sqrt(abs(np.linalg.det(self.matrix[:, :2]))))

    @property
    def transform(self) -> Transform:
        """The matrix as plain numbers."""
        (a, b, c), (d, e, f) = self.matrix.tolist()
        return (a, b, c), (d, e, f)


def align(
    known: Features, found: Features, *, known_size: tuple[int, int], found_size: tuple[int, int]
) -> Alignment | None:
    """The better of the upright and the mirrored fit; sizes are (width, height). None if nothing
    fits at all.
    """
    upright = align_one_way(known, found, known_size, found_size)
    flipped = align_one_way(known.mirrored(known_size[0]), found, known_size, found_size)
    if flipped is None or (upright is not None and upright.inliers >= flipped.inliers):
        return upright
    return mirror_back(flipped, known_size[0])


def mirror_back(flipped: Alignment, width: int) -> Alignment:
    """A fit of the mirrored photograph, told in the coordinates of the photograph as registered."""
    flip = np.array([[-1.0, 0.0, width - 1.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]])
    points = flipped.known_points.copy()
    points[:, 0] = width - 1 - points[:, 0]
    return Alignment(
        matrix=flipped.matrix @ flip,
        inliers=flipped.inliers,
        anisotropy=flipped.anisotropy,
        is_mirrored=True,
        known_points=points,
        found_points=flipped.found_points,
    )


def align_one_way(
    known: Features, found: Features, known_size: tuple[int, int], found_size: tuple[int, int]
) -> Alignment | None:
    """The best fit without mirroring."""
    if min(len(known), len(found)) < MIN_INLIERS:
        return None
    reach = REACH * max(1.0, max(found_size) / WORKING_SIDE)
    likeness = compare_descriptors(known, found)
    pairs = pair_up(likeness)
    matrix = best_hypothesis(known, found, pairs, reach)
    if matrix is None:
        return None
    likely = list_likely(likeness)
    for shrink, model in (
        (1.5, fit_similarity),
        (1.0, fit_affine),
        (0.75, fit_affine),
        (0.75, fit_affine),
    ):
        near = guided_pairs(known, found, likely, matrix, reach * shrink)
        if len(near.known) < MIN_INLIERS:
            return None
        matrix = model(
            known.points[near.known].astype(float), found.points[near.found].astype(float)
        )
    near = guided_pairs(known, found, likely, matrix, reach * 0.75)
    if len(near.known) < MIN_INLIERS:
        return None
    return settle(
        known.points[near.known].astype(float), found.points[near.found].astype(float), matrix
    )


def settle(here: Array, there: Array, affine: Matrix) -> Alignment:
    """The simpler model wherever it explains the pairs about as well: few pairs in one corner bend
    an affine map.
    """
    similarity = fit_similarity(here, there)
    is_simple = (
        typical_miss(similarity, here, there) < 1.25 * typical_miss(affine, here, there) + SLACK
    )
    return Alignment(
        matrix=similarity if is_simple else affine,
        inliers=len(here),
        anisotropy=anisotropy_of(affine),
        is_mirrored=False,
        known_points=here,
        found_points=there,
    )


def compare_descriptors(known: Features, found: Features) -> npt.NDArray[np.float32]:
    """(n, m) dot products of RootSIFT vectors, 0 to 1."""
    left = known.descriptors.astype(np.float32)
    right = found.descriptors.astype(np.float32)
    return np.asarray(left @ right.T / np.float32(255 * 255))


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


def best_hypothesis(known: Features, found: Features, pairs: Pairs, reach: float) -> Matrix | None:
    """The similarity that most pairs agree with, fitted to those that do. None if fewer than
    MIN_INLIERS agree.
    """
    here, there = known.points[pairs.known], found.points[pairs.found]
    scale = found.sizes[pairs.found] / known.sizes[pairs.known]
    turn = found.angles[pairs.found] - known.angles[pairs.known]
    agrees = agreeing(
        here, there, np.log(scale), np.column_stack([np.cos(turn), np.sin(turn)]), 3 * reach
    )
    votes = count_distinct(agrees, pairs.known)
    best = int(votes.argmax())
    if votes[best] < MIN_INLIERS:
        return None
    return fit_similarity(here[agrees[best]].astype(float), there[agrees[best]].astype(float))


def agreeing(
    here: Points, there: Points, grows: Floats, turns: Points, reach: float
) -> npt.NDArray[np.bool_]:
    """(hypotheses, pairs): which pairs agree with each of the first HYPOTHESES pairs in place, size
    and angle.
    """
    seeds = slice(0, HYPOTHESES)
    cosine, sine = (np.exp(grows)[:, None] * turns)[seeds].T[:, :, None]
    x, y = here[:, 0], here[:, 1]
    across = (
        there[seeds, :1] - there[:, 0] - cosine * (x[seeds, None] - x) + sine * (y[seeds, None] - y)
    )
    down = (
        there[seeds, 1:] - there[:, 1] - sine * (x[seeds, None] - x) - cosine * (y[seeds, None] - y)
    )
    agrees = across**2 + down**2 < reach**2
    agrees &= np.abs(grows - grows[seeds, None]) < np.log(MAX_SCALE_RATIO)
    agrees &= turns[seeds] @ turns.T > np.cos(MAX_TURN)
    return np.asarray(agrees)


def count_distinct(agrees: npt.NDArray[np.bool_], known: Rows) -> Rows:
    """How many different known keypoints agree with each hypothesis: many found ones on one known
    one are no proof.
    """
    order = np.argsort(known, kind="stable")
    starts = np.flatnonzero(np.diff(known[order], prepend=-1))
    return np.asarray(np.logical_or.reduceat(agrees[:, order], starts, axis=1).sum(axis=1))


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
