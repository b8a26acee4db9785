"""Finds different photographs that look alike in geometry: another person before the same wall, the
next frame of a walk. They are the hardest negatives.

Plain SIFT, Lowe's ratio test and a homography by RANSAC, as anybody would do it (Lowe 2004 §7.1,
Fischler and Bolles 1981): nothing of our own verification, so that what is measured does not choose
what it is measured on. Two files of one photograph are told apart from two photographs of one place
by laying one over the other: of one photograph, nearly everything correlates.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels

type Floats = npt.NDArray[np.float32]

SIDE = 400
POINTS = 300
RATIO = 0.8
REACH = 4.0
"""Pixels of the working size within which a match agrees with the homography."""
MIN_INLIERS = 6
SAME_CORRELATION = 0.8
SAME_SHARE = 0.85
"""Of the blocks of the overlap, how many correlate in two files of one photograph."""
BLOCK = 16
MIN_BLOCKS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketch:
    """A photograph at the working size, with its keypoints: (n, 2) places, (n, 128) unit rows."""

    grey: npt.NDArray[np.uint8]
    points: Floats
    rows: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How well one photograph lies on another: matches that one homography explains."""

    inliers: int
    is_same_photograph: bool


def sketch(pixels: Pixels) -> Sketch:
    """Keypoints of `pixels` at the working size."""
    factor = min(1.0, SIDE / max(pixels.shape[:2]))
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    found, rows = cv2.SIFT.create(nfeatures=POINTS).detectAndCompute(grey, None)
    if rows is None:
        rows = np.zeros((0, 128), np.float32)
    root = np.sqrt(rows / np.maximum(rows.sum(axis=1, keepdims=True), 1e-9))
    points = np.array([one.pt for one in found], np.float32).reshape(-1, 2)[:POINTS]
    return Sketch(
        grey=np.asarray(grey, np.uint8),
        points=points,
        rows=np.asarray(root[:POINTS], np.float32),
    )


def likeness_of(one: Sketch, other: Sketch) -> Likeness | None:
    """None for fewer than MIN_INLIERS."""
    left, right = ratio_matches(one, other)
    if len(left) < MIN_INLIERS:
        return None
    cv2.setRNGSeed(1)
    matrix, mask = cv2.findHomography(
        one.points[left], other.points[right], cv2.RANSAC, REACH, maxIters=1000
    )
    inliers = 0 if matrix is None else int(mask.sum())
    if matrix is None or inliers < MIN_INLIERS:
        return None
    return Likeness(
        inliers=inliers, is_same_photograph=is_same(one, other, np.asarray(matrix, np.float64))
    )


def ratio_matches(one: Sketch, other: Sketch) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    """Rows of matched keypoints: nearest both ways, and clearly nearer than the second."""
    none = np.zeros(0, np.intp)
    if min(len(one.rows), len(other.rows)) < MIN_INLIERS:
        return none, none
    likeness = one.rows @ other.rows.T
    best = likeness.argmax(axis=1)
    every = np.arange(len(best))
    top = likeness[every, best]
    back = likeness.argmax(axis=0)[best] == every
    likeness[every, best] = -1
    second = likeness.max(axis=1)
    is_clear = (2 - 2 * top) < RATIO**2 * (2 - 2 * second)
    kept = np.flatnonzero(back & is_clear)
    return kept, best[kept]


def is_same(one: Sketch, other: Sketch, matrix: npt.NDArray[np.float64]) -> bool:
    """Whether nearly every block of the overlap correlates once `one` is laid on `other`."""
    height, width = other.grey.shape
    laid = cv2.warpPerspective(one.grey, matrix, (width, height)).astype(np.float32)
    found = other.grey.astype(np.float32)
    whole = np.ones(one.grey.shape, np.float32)
    inside = cv2.warpPerspective(whole, matrix, (width, height))
    shares = [
        correlation(laid[y : y + BLOCK, x : x + BLOCK], found[y : y + BLOCK, x : x + BLOCK])
        for y in range(0, height - BLOCK + 1, BLOCK)
        for x in range(0, width - BLOCK + 1, BLOCK)
        if inside[y : y + BLOCK, x : x + BLOCK].min() > 0.99
    ]
    told = [share for share in shares if share is not None]
    return (
        len(told) >= MIN_BLOCKS and float(np.mean(np.array(told) > SAME_CORRELATION)) > SAME_SHARE
    )


def correlation(one: Floats, other: Floats) -> float | None:
    """Of two blocks, -1 to 1; None where one of them is flat."""
    left, right = one - one.mean(), other - other.mean()
    spread = float(np.sqrt((left**2).sum() * (right**2).sum()))
    is_flat = min(float(one.std()), float(other.std())) < 4
    return None if is_flat else float((left * right).sum()) / spread
