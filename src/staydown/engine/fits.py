"""Affine maps of the plane as 2×3 matrices, and fitting them to points."""

import numpy as np
import numpy.typing as npt

type Array = npt.NDArray[np.float64]
type Matrix = npt.NDArray[np.float64]
"""(2, 3), in pixels."""
type Homography = npt.NDArray[np.float64]
"""(3, 3), in pixels: an affine map has (0, 0, 1) in its last row."""


def fit_similarity(here: Array, there: Array) -> Matrix:
    """Least squares over scale, turn and shift."""
    source, target = here[:, 0] + 1j * here[:, 1], there[:, 0] + 1j * there[:, 1]
    middle, goal = source.mean(), target.mean()
    spread = float(np.vdot(source - middle, source - middle).real)
    factor = np.vdot(source - middle, target - goal) / max(spread, 1e-9)
    shift = goal - factor * middle
    return np.array(
        [[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]]
    )


def fit_affine(here: Array, there: Array) -> Matrix:
    """Least squares over all six numbers, with one round in which the worst fifth counts for
    little.
    """
    columns = np.column_stack([here, np.ones(len(here))])
    weights = np.ones(len(here))
    matrix = fit_similarity(here, there)
    for _ in range(2):
        if len(here) < 6:
            return matrix
        rooted = np.sqrt(weights)[:, None]
        solved = np.linalg.lstsq(columns * rooted, there * rooted, rcond=None)[0].T
        matrix = np.asarray(solved)
        misses = np.linalg.norm(columns @ matrix.T - there, axis=1)
        typical = max(float(np.quantile(misses, 0.5)), 1e-6)
        weights = 1 / (1 + (misses / (2 * typical)) ** 2)
    return matrix


def anisotropy_of(matrix: Matrix) -> float:
    """The ratio of the greater to the lesser stretch, at least 1."""
    stretches = np.linalg.svd(matrix[:, :2], compute_uv=False)
    return float(stretches[0] / max(float(stretches[1]), 1e-9))


def typical_miss(matrix: Matrix, here: Array, there: Array) -> float:
    """Root mean square distance, in found pixels, between where the map puts points and where they
    are.
    """
    misses = here @ matrix[:, :2].T + matrix[:, 2] - there
    return float(np.sqrt((misses**2).sum(axis=1).mean()))


def compose(outer: Matrix, inner: Matrix) -> Matrix:
    """First `inner`, then `outer`."""
    return np.asarray(np.vstack([outer, [0, 0, 1]]) @ np.vstack([inner, [0, 0, 1]]))[:2]


def invert(matrix: Matrix) -> Matrix:
    """The way back. Raises nothing: a fit that collapses the picture never gets this far."""
    return np.linalg.inv(np.vstack([matrix, [0, 0, 1]]))[:2]


def as_homography(matrix: Matrix) -> Homography:
    """The same map as (3, 3)."""
    return np.vstack([matrix, [0.0, 0.0, 1.0]])


def put_points(fit: Homography, points: Array) -> Array:
    """Where `fit` puts (n, 2) `points`."""
    put = points @ fit[:, :2].T + fit[:, 2]
    return np.asarray(put[:, :2] / put[:, 2:])


def affine_near(fit: Homography, place: Array) -> Matrix:
    """The affine map that is most like `fit` at one (2,) `place`."""
    x, y, depth = fit @ np.append(place, 1.0)
    slopes = (fit[:2, :2] - np.outer([x / depth, y / depth], fit[2, :2])) / depth
    return np.column_stack([slopes, np.array([x, y]) / depth - slopes @ place])
