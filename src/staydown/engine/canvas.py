"""Lays the known photograph and the found picture on one canvas, pixel on pixel, so that they can
be compared.

The canvas is the part of the found picture that the photograph covers, at a working size of about
400 pixels. The fit from keypoints is refined by tracking small patches, because the alteration map
needs better than a pixel.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from staydown.engine.fits import (
    Homography,
    Matrix,
    affine_near,
    anisotropy_of,
    as_homography,
    compose,
    invert,
)
from staydown.engine.pictures import Pixels
from staydown.engine.tracking import (
    Even,
    Mask,
    Tracks,
    even_out,
    fit_tracks,
    is_small_step,
    track,
)

CANVAS_SIDE = 400
"""Longest side of the canvas in pixels."""
MIN_CANVAS_SIDE = 24
COARSE_STEP = 16
STEP = 8
"""Distance between tracked patches in pixels, in the first round and in the last."""
MIN_RETURNS = 3
"""How many patches of the first round have to be found at all for a closer look."""


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
    """(2, 3): the refined fit; where it is a perspective, the affine map most like it in the
    middle.
    """
    tracks: Tracks
    correction: Homography | None
    """What is left to correct, by the tracks; None if they agree on nothing."""

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
    seen = render(found, as_homography(to_canvas), size)
    first = as_homography(compose(to_canvas, matrix))
    better, tracks, correction = refine(known, seen, first, size)
    from_canvas = invert(to_canvas)
    middle = np.array(known.shape[1::-1], float) / 2
    return Canvas(
        known=render(known, better, size),
        found=seen,
        inside=footprint(known, better, size),
        to_found=from_canvas,
        known_to_found=compose(from_canvas, affine_near(better, middle)),
        tracks=tracks,
        correction=correction,
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


def render(pixels: Pixels, fit: Homography, size: tuple[int, int]) -> Pixels:
    """`pixels` seen through `fit`, (width, height) `size`; shrunk by areas first, so that nothing
    flickers.
    """
    scale = float(np.sqrt(abs(np.linalg.det(fit[:2, :2]))))
    if scale < 0.7:
        small = (max(1, round(pixels.shape[1] * scale)), max(1, round(pixels.shape[0] * scale)))
        factors = (small[0] / pixels.shape[1], small[1] / pixels.shape[0])
        shrink = np.array(
            [[factors[0], 0, (factors[0] - 1) / 2], [0, factors[1], (factors[1] - 1) / 2]]
        )
        pixels = np.asarray(cv2.resize(pixels, small, interpolation=cv2.INTER_AREA), dtype=np.uint8)
        fit = fit @ as_homography(invert(shrink))
    warped = cv2.warpPerspective(
        pixels, fit, size, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    return np.asarray(warped, dtype=np.uint8)


def footprint(known: Pixels, fit: Homography, size: tuple[int, int]) -> Mask:
    """(h, w): where the photograph lies on the canvas, less a rim where interpolation guesses."""
    full = np.full(known.shape[:2], 255, np.uint8)
    warped = cv2.warpPerspective(full, fit, size, flags=cv2.INTER_LINEAR, borderValue=0)
    return np.asarray(warped > 250)


def refine(
    known: Pixels, seen: Pixels, first: Homography, size: tuple[int, int]
) -> tuple[Homography, Tracks, Homography | None]:
    """A better fit known → canvas, the patches tracked last, and the last correction."""
    after = even_out(seen)
    fit, tracks, correction = step_closer(known, after, first, size, COARSE_STEP)
    if correction is None and int(tracks.came_back.sum()) >= MIN_RETURNS:
        # where little is left of the photograph, few patches of a coarse grid lie on it
        fit, tracks, correction = step_closer(known, after, first, size, STEP)
    if correction is None:
        return first, tracks, None
    return step_closer(known, after, fit, size, STEP)


def step_closer(
    known: Pixels, after: Even, fit: Homography, size: tuple[int, int], step: int
) -> tuple[Homography, Tracks, Homography | None]:
    """`fit` with what patches every `step` pixels say of it, the patches, and the correction that
    was made; None if they agree on nothing.
    """
    tracks = track(render(known, fit, size), after, footprint(known, fit, size), step)
    correction = fit_tracks(tracks, size)
    if correction is None or not is_small_step(correction, size):
        return fit, tracks, None
    return correction @ fit, tracks, correction
