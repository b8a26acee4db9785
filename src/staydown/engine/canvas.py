"""Lays the known photograph and the found picture on one canvas, pixel on pixel, so that they can
be compared.

The canvas is the part of the found picture that the photograph covers, at a working size of about
400 pixels. The fit from keypoints is refined by tracking small patches (Lucas and Kanade,
pyramidal, forwards and backwards), because the alteration map needs better than a pixel.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.fits import Matrix, anisotropy_of, compose, invert
from staydown.engine.pictures import Pixels

CANVAS_SIDE = 400
"""Longest side of the canvas in pixels."""
MIN_CANVAS_SIDE = 24
STEP = 8
"""Distance between tracked patches in pixels."""
PATCH = 17
WINDOW = (PATCH, PATCH)
MAX_RETURN_MISS = 0.5
"""How far a patch tracked there and back may end from where it began, in pixels."""
TRACK_REACH = 1.0
MIN_TRACKS = 12
TRIES = 500
AFFINE_GAIN = 1.1
"""An affine correction must explain this many times the tracks of a similarity to be preferred."""
EVEN_SIGMA = 8.0
"""Pixels over which brightness and contrast are evened out before tracking."""

type Mask = npt.NDArray[np.bool_]
type Points = npt.NDArray[np.float32]
"""(n, 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """Both pictures in one frame: `known` and `found` are (h, w, 3), `inside` says where the
    photograph lies.
    """

    known: Pixels
    found: Pixels
    inside: Mask
    to_found: Matrix
    """(2, 3): canvas → found picture, in pixels."""
    known_to_found: Matrix
    """(2, 3): the refined fit."""
    patches: Points
    """(n, 2): where patches were tracked there and back, in canvas pixels."""
    misses: npt.NDArray[np.float64]
    """(n,): by how many pixels the refined fit misses each of them."""

    @property
    def tracks(self) -> int:
        """Patches that the refined fit explains to within TRACK_REACH pixels."""
        return int((self.misses <= TRACK_REACH).sum())

    @property
    def tracked(self) -> int:
        """Patches that were tracked there and back."""
        return len(self.misses)

    @property
    def drift(self) -> float:
        """Median distance in pixels by which the explained patches miss the fit; inf if there are
        none.
        """
        explained = self.misses[self.misses <= TRACK_REACH]
        return float(np.median(explained)) if len(explained) else float("inf")

    def spread_at(self, place: Mask) -> float:
        """How far apart the explained patches on `place` lie: the root mean square distance from
        their middle, over the square root of the overlap's area. 0 if there are too few.
        """
        columns, rows = self.patches.astype(int).T
        points = self.patches[place[rows, columns] & (self.misses <= TRACK_REACH)]
        if len(points) < MIN_TRACKS:
            return 0.0
        away = points - points.mean(axis=0)
        return float(np.sqrt((away**2).sum(axis=1).mean() / max(1, int(self.inside.sum()))))

    def wander_at(self, place: Mask) -> float:
        """The distance in pixels that nine in ten of the patches on `place` stay within; inf if
        there are too few.
        """
        columns, rows = self.patches.astype(int).T
        misses = self.misses[place[rows, columns]]
        has_enough = len(misses) >= MIN_TRACKS and bool(np.isfinite(misses).all())
        return float(np.quantile(misses, 0.9)) if has_enough else float("inf")

    @property
    def anisotropy(self) -> float:
        """The ratio of the two stretches of the refined fit, at least 1."""
        return anisotropy_of(self.known_to_found)


def lay_out(known: Pixels, found: Pixels, matrix: Matrix) -> Canvas | None:
    """The canvas for `matrix` (known → found, in pixels of the two given). None if they hardly
    overlap.
    """
    box = overlap_box(known, found, matrix)
    if box is None:
        return None
    left, top, right, bottom = box
    scale = min(1.0, CANVAS_SIDE / max(right - left, bottom - top))
    size = (max(1, round((right - left) * scale)), max(1, round((bottom - top) * scale)))
    if min(size) < MIN_CANVAS_SIDE:
        return None
    to_canvas = np.array([[scale, 0, -left * scale], [0, scale, -top * scale]])
    seen = render(found, to_canvas, size)
    first = compose(to_canvas, matrix)
    better, patches, misses = refine(known, seen, first, size)
    from_canvas = invert(to_canvas)
    return Canvas(
        known=render(known, better, size),
        found=seen,
        inside=footprint(known, better, size),
        to_found=from_canvas,
        known_to_found=compose(from_canvas, better),
        patches=patches,
        misses=misses,
    )


def overlap_box(
    known: Pixels, found: Pixels, matrix: Matrix
) -> tuple[float, float, float, float] | None:
    """Left, top, right, bottom, in found pixels, of the part of the found picture that the
    photograph reaches.
    """
    height, width = known.shape[:2]
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=float)
    put = corners @ matrix[:, :2].T + matrix[:, 2]
    left, top = np.maximum(np.floor(put.min(axis=0)), 0)
    right, bottom = np.minimum(np.ceil(put.max(axis=0)), [found.shape[1], found.shape[0]])
    if right - left < 8 or bottom - top < 8:
        return None
    return float(left), float(top), float(right), float(bottom)


def render(pixels: Pixels, matrix: Matrix, size: tuple[int, int]) -> Pixels:
    """`pixels` seen through `matrix`, (width, height) `size`; shrunk by areas first, so that
    nothing flickers.
    """
    scale = float(np.sqrt(abs(np.linalg.det(matrix[:, :2]))))
    if scale < 0.7:
        small = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        factors = (small[0] / pixels.shape[1], small[1] / pixels.shape[0])
        shrink = np.array(
            [[factors[0], 0, (factors[0] - 1) / 2], [0, factors[1], (factors[1] - 1) / 2]]
        )
        pixels = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        matrix = compose(matrix, invert(shrink))
    warped = cv2.warpAffine(
        pixels, matrix, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(warped, dtype=np.uint8)


def footprint(known: Pixels, matrix: Matrix, size: tuple[int, int]) -> Mask:
    """(h, w): where the photograph lies on the canvas, less a rim where interpolation guesses."""
    full = np.full(known.shape[:2], 255, np.uint8)
    warped = cv2.warpAffine(full, matrix, size, flags=cv2.INTER_LINEAR, borderValue=0)
    return np.asarray(warped > 250)


def refine(
    known: Pixels, seen: Pixels, first: Matrix, size: tuple[int, int]
) -> tuple[Matrix, Points, npt.NDArray[np.float64]]:
    """A better fit known → canvas, the patches tracked, and by how much it misses each."""
    matrix = first
    patches, misses = np.zeros((0, 2), np.float32), np.zeros(0)
    for _ in range(2):
        laid = render(known, matrix, size)
        here, there = track(laid, seen, footprint(known, matrix, size))
        fitted = fit_tracks(here, there)
        if fitted is None or not is_small_step(fitted, size):
            return matrix, here, np.full(len(here), np.inf)
        matrix = compose(fitted, matrix)
        patches, misses = (
            here,
            np.linalg.norm(here @ fitted[:, :2].T + fitted[:, 2] - there, axis=1),
        )
    return matrix, patches, misses


def track(laid: Pixels, seen: Pixels, inside: Mask) -> tuple[Points, Points]:
    """Patches of `laid` and where they went in `seen`, (n, 2) each: those that come back to where
    they began.
    """
    before, after = even_out(laid), even_out(seen)
    height, width = before.shape
    across, down = np.meshgrid(
        np.arange(STEP, width - STEP, STEP), np.arange(STEP, height - STEP, STEP)
    )
    rows, columns = down.ravel(), across.ravel()
    strength = cv2.cornerMinEigenVal(before, PATCH)[rows, columns]
    useful = inside[rows, columns] & (strength > 1e-4)
    start = np.column_stack([columns, rows])[useful].astype(np.float32)
    if len(start) == 0:
        return start, start
    ends, is_found, _ = cv2.calcOpticalFlowPyrLK(
        before, after, start, np.zeros_like(start), winSize=WINDOW, maxLevel=2
    )
    back, is_back, _ = cv2.calcOpticalFlowPyrLK(
        after, before, ends, np.zeros_like(start), winSize=WINDOW, maxLevel=2
    )
    is_same = np.linalg.norm(back - start, axis=1) < MAX_RETURN_MISS
    is_near = np.linalg.norm(ends - start, axis=1) < CANVAS_SIDE / 25
    good = is_same & is_near & (is_found.ravel() == 1) & (is_back.ravel() == 1)
    return start[good], ends[good]


def even_out(pixels: Pixels) -> npt.NDArray[np.uint8]:
    """(h, w) grey with local brightness and contrast taken out: tracking assumes that neither
    changed.
    """
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    mean = cv2.GaussianBlur(grey, (0, 0), EVEN_SIGMA)
    deviation = np.sqrt(np.maximum(cv2.GaussianBlur(grey**2, (0, 0), EVEN_SIGMA) - mean**2, 0))
    return np.asarray(np.clip(128 + 40 * (grey - mean) / (deviation + 4), 0, 255), dtype=np.uint8)


def fit_tracks(here: Points, there: Points) -> Matrix | None:
    """A small correction: a similarity, unless an affine map explains many more tracks. None if too
    few agree.
    """
    if len(here) < MIN_TRACKS:
        return None
    simple, simply = cv2.estimateAffinePartial2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=TRACK_REACH, maxIters=TRIES
    )
    affine, agrees = cv2.estimateAffine2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=TRACK_REACH, maxIters=TRIES
    )
    counts = [
        0 if fitted is None else int(rows.sum())
        for fitted, rows in ((simple, simply), (affine, agrees))
    ]
    best, count = (
        (affine, counts[1]) if counts[1] > AFFINE_GAIN * counts[0] else (simple, counts[0])
    )
    return None if count < MIN_TRACKS else np.asarray(best, dtype=float)


def is_small_step(fitted: Matrix, size: tuple[int, int]) -> bool:
    """Whether a correction moves no corner of the canvas by more than a sixteenth of its side."""
    width, height = size
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=float)
    moved = corners @ fitted[:, :2].T + fitted[:, 2]
    return float(np.abs(moved - corners).max()) < CANVAS_SIDE / 16
