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

from staydown.engine.features import Features, Floats, Points
from staydown.engine.fits import (
    Array,
    Matrix,
    anisotropy_of,
    compose,
    fit_affine,
    fit_similarity,
    typical_miss,
)
from staydown.engine.matching import (
    MAX_SCALE_RATIO,
    MAX_TURN,
    Likely,
    Pairs,
    Rows,
    compare_descriptors,
    guided_pairs,
    list_likely,
    list_near,
    pair_up,
)
from staydown.engine.verdict import Transform
from staydown.engine.votes import RoughFit

HYPOTHESES = 300
"""How many of the most distinctive pairs are tried, each as a whole hypothesis."""
REACH = 4.0
"""How far a keypoint may lie from where the map puts it, in pixels of a picture whose longest side
is REACH_SIDE.
"""
REACH_SIDE = 800
NEAR_ROUGH = 3.0
"""How many times that a rough fit may be off."""
MIN_INLIERS = 5
STEPS = ((1.5, fit_similarity), (1.0, fit_affine), (0.75, fit_affine), (0.75, fit_affine))
"""How close pairs have to be in each step, as a multiple of the reach, and what is fitted to them.
"""
SLACK = 0.1
"""Pixels by which the simpler model may miss more than the other and still be preferred."""


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


def align_from(
    rough: RoughFit,
    known: Features,
    found: Features,
    *,
    known_size: tuple[int, int],
    found_size: tuple[int, int],
) -> Alignment | None:
    """The fit that follows from a rough one: only pairs near it are looked at. None if too few are
    there.
    """
    if not rough.is_mirrored:
        return follow(rough.matrix, known, found, known_size, found_size)
    ends = known_size[0] - 1.0, found_size[0] - 1.0
    here, there = (np.array([[-1.0, 0.0, end], [0.0, 1.0, 0.0]]) for end in ends)
    matrix = compose(there, compose(rough.matrix, here))
    flipped = follow(matrix, known.mirrored(known_size[0]), found, known_size, found_size)
    return None if flipped is None else mirror_back(flipped, known_size[0])


def follow(
    matrix: Matrix,
    known: Features,
    found: Features,
    known_size: tuple[int, int],
    found_size: tuple[int, int],
) -> Alignment | None:
    """The fit near `matrix`, without mirroring."""
    reach = reach_in(found_size)
    return tighten(known, found, list_near(known, found, matrix, NEAR_ROUGH * reach), matrix, reach)


def reach_in(found_size: tuple[int, int]) -> float:
    """REACH in pixels of a picture of that size."""
    return REACH * max(1.0, max(found_size) / REACH_SIDE)


def align_one_way(
    known: Features, found: Features, known_size: tuple[int, int], found_size: tuple[int, int]
) -> Alignment | None:
    """The best fit without mirroring."""
    if min(len(known), len(found)) < MIN_INLIERS:
        return None
    reach = reach_in(found_size)
    likeness = compare_descriptors(known, found)
    matrix = best_hypothesis(known, found, pair_up(likeness), reach)
    return None if matrix is None else tighten(known, found, list_likely(likeness), matrix, reach)


def tighten(
    known: Features, found: Features, likely: Likely, matrix: Matrix, reach: float
) -> Alignment | None:
    """The fit on ever closer pairs, from `matrix` on. None if too few are left."""
    for shrink, model in STEPS:
        near = guided_pairs(known, found, likely, matrix, reach * shrink)
        if len(near.known) < MIN_INLIERS:
            return None
        matrix = model(
            known.points[near.known].astype(float), found.points[near.found].astype(float)
        )
    near = guided_pairs(known, found, likely, matrix, reach * STEPS[-1][0])
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
