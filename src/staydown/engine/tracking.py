"""Follows small patches from the laid photograph into the found picture, and fits a correction to
where they went.

Lucas and Kanade's method on pyramids (Bouguet 2001), there and back: a patch that does not come
back to where it began was not found. Brightness and contrast are evened out before, since the
method assumes that neither changed.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.fits import Homography, Matrix, as_homography, put_points
from staydown.engine.pictures import Pixels

PATCH = 17
WINDOW = (PATCH, PATCH)
MIN_STRENGTH = 1e-4
"""Of a patch's weaker gradient, as a share of full scale: below it there is nothing to follow."""
MAX_RETURN_MISS = 0.5
"""How far a patch tracked there and back may end from where it began, in pixels."""
GOOD_ENOUGH = (cv2.TERM_CRITERIA_COUNT + cv2.TERM_CRITERIA_EPS, 8, 0.05)
"""When a patch is followed no further: after so many steps on a level of the pyramid, or a step of
fewer pixels. Those that find nothing would take all the time there is.
"""
MAX_MOVE = 16.0
TRACK_REACH = 1.0
MIN_TRACKS = 12
TRIES = 500
SIMPLER = 1.1
"""A richer correction must explain this many times the tracks of a simpler one to be preferred."""
MAX_PERSPECTIVE = 0.15
"""How much nearer one end of the canvas may be than the other: more is no picture of a screen."""
EVEN_SIGMA = 8.0
"""Pixels over which brightness and contrast are evened out before tracking."""

type Mask = npt.NDArray[np.bool_]
type Even = npt.NDArray[np.uint8]
"""(h, w) grey with local brightness and contrast taken out."""
type Points = npt.NDArray[np.float32]
"""(n, 2)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tracks:
    """Textured patches of the laid photograph, in canvas pixels: where each is, where it went, and
    whether it came back.
    """

    starts: Points
    ends: Points
    came_back: Mask

    def __len__(self) -> int:
        return len(self.starts)

    def misses(self, fit: Homography) -> npt.NDArray[np.float64]:
        """(n,): by how many pixels `fit` misses each; inf for those that did not come back."""
        away = np.linalg.norm(put_points(fit, self.starts.astype(float)) - self.ends, axis=1)
        return np.where(self.came_back, away, np.inf)


def track(laid: Pixels, after: Even, inside: Mask, step: int) -> Tracks:
    """The patches of `laid`, one every `step` pixels, in a found picture that was evened out."""
    before = even_out(laid)
    height, width = before.shape
    lines, columns = np.meshgrid(
        np.arange(step, height - step, step), np.arange(step, width - step, step), indexing="ij"
    )
    down, across = lines.ravel(), columns.ravel()
    strength = cv2.cornerMinEigenVal(before, PATCH)[down, across]
    useful = inside[down, across] & (strength > MIN_STRENGTH)
    starts = np.column_stack([across, down])[useful].astype(np.float32)
    if len(starts) == 0:
        return Tracks(starts=starts, ends=starts, came_back=np.zeros(0, bool))
    ends, is_found = flow(before, after, starts)
    back, is_back = flow(after, before, ends)
    came_back = is_found & is_back
    came_back &= np.linalg.norm(back - starts, axis=1) < MAX_RETURN_MISS
    came_back &= np.linalg.norm(ends - starts, axis=1) < MAX_MOVE
    return Tracks(starts=starts, ends=ends, came_back=came_back)


def flow(before: Even, after: Even, points: Points) -> tuple[Points, Mask]:
    """Where `points` went, and whether they were found at all."""
    ends, is_found, _ = cv2.calcOpticalFlowPyrLK(
        before,
        after,
        points,
        np.zeros_like(points),
        winSize=WINDOW,
        maxLevel=2,
        criteria=GOOD_ENOUGH,
    )
    return np.asarray(ends, np.float32), np.asarray(is_found.ravel() == 1)


def even_out(pixels: Pixels) -> Even:
    """(h, w) grey with local brightness and contrast taken out."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.float32)
    mean = cv2.GaussianBlur(grey, (0, 0), EVEN_SIGMA)
    deviation = cv2.sqrt(np.maximum(cv2.GaussianBlur(grey**2, (0, 0), EVEN_SIGMA) - mean**2, 0))
    return np.asarray(np.clip(128 + 40 * (grey - mean) / (deviation + 4), 0, 255), dtype=np.uint8)


def fit_tracks(tracks: Tracks, size: tuple[int, int]) -> Homography | None:
    """A small correction: a similarity, unless an affine map, or else a small perspective, explains
    many more tracks. None if too few agree.
    """
    here, there = tracks.starts[tracks.came_back], tracks.ends[tracks.came_back]
    if len(here) < MIN_TRACKS:
        return None
    best, most = None, 0
    for fitted, agreeing in (fit_simply(here, there), fit_freely(here, there)):
        if fitted is not None and agreeing > SIMPLER * most:
            best, most = as_homography(fitted), agreeing
    if best is None or most < MIN_TRACKS:
        return None
    if most < len(here) * 0.9:
        tilted, agreeing = fit_tilted(here, there)
        if tilted is not None and agreeing > SIMPLER * most and is_small_tilt(tilted, size):
            best = tilted
    return best


def fit_simply(here: Points, there: Points) -> tuple[Matrix | None, int]:
    """A similarity, and how many points agree with it."""
    fitted, agrees = cv2.estimateAffinePartial2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=TRACK_REACH, maxIters=TRIES
    )
    return (None, 0) if fitted is None else (np.asarray(fitted, float), int(agrees.sum()))


def fit_freely(here: Points, there: Points) -> tuple[Matrix | None, int]:
    """An affine map, and how many points agree with it."""
    fitted, agrees = cv2.estimateAffine2D(
        here, there, method=cv2.RANSAC, ransacReprojThreshold=TRACK_REACH, maxIters=TRIES
    )
    return (None, 0) if fitted is None else (np.asarray(fitted, float), int(agrees.sum()))


def fit_tilted(here: Points, there: Points) -> tuple[Homography | None, int]:
    """A perspective map, and how many points agree with it."""
    fitted, agrees = cv2.findHomography(
        here, there, cv2.RANSAC, ransacReprojThreshold=TRACK_REACH, maxIters=TRIES
    )
    return (None, 0) if fitted is None else (np.asarray(fitted, float), int(agrees.sum()))


def is_small_tilt(fitted: Homography, size: tuple[int, int]) -> bool:
    """Whether no part of the canvas comes much nearer than another."""
    corners = np.array([[x, y, 1.0] for x in (0, size[0]) for y in (0, size[1])])
    depths = corners @ fitted[2]
    return bool(depths.min() > 0 and depths.max() / depths.min() < 1 + MAX_PERSPECTIVE)


def is_small_step(fitted: Homography, size: tuple[int, int]) -> bool:
    """Whether a correction moves no corner of the canvas by more than a sixteenth of its side."""
    corners = np.array([[x, y] for x in (0.0, size[0]) for y in (0.0, size[1])])
    moved = np.abs(put_points(fitted, corners) - corners)
    return bool(moved.max() < max(MAX_MOVE, max(size) / 16) * 1.6)
