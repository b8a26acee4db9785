"""A photograph on its way through edits: its pixels, where each of its points has gone, and what of
it was replaced.

Places are pixel indices, (0, 0) the middle of the first pixel. The map is exact for every step but
the stand-in for re-synthesis, which moves points by up to a pixel on purpose.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels

type Homography = npt.NDArray[np.float64]
"""3×3, original → edited, in pixels."""
type SoftMask = npt.NDArray[np.float32]
"""(height, width), 0 untouched to 1 wholly replaced."""
type Chance = np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Edited:
    """`altered` and `changed` lie in the frame of `pixels`; None if nothing was replaced. `changed`
    marks where the replacement differs visibly from what was there.
    """

    pixels: Pixels
    to_edited: Homography
    altered: SoftMask | None = None
    changed: SoftMask | None = None

    @property
    def size(self) -> tuple[int, int]:
        """(width, height)."""
        return self.pixels.shape[1], self.pixels.shape[0]


def begin(pixels: Pixels) -> Edited:
    """A photograph before its first edit."""
    return Edited(pixels=pixels, to_edited=np.eye(3))


def repaint(photo: Edited, pixels: npt.NDArray[np.generic]) -> Edited:
    """Other colours at the same places; values are cut to 0 to 255."""
    return replace(photo, pixels=as_pixels(pixels))


def move(photo: Edited, pixels: npt.NDArray[np.generic], step: npt.ArrayLike) -> Edited:
    """The same picture at other places: `step` is 2×3 or 3×3, from the old pixels to the new."""
    whole = np.vstack([np.asarray(step, np.float64), (0, 0, 1)])[:3]
    size = (pixels.shape[1], pixels.shape[0])
    return Edited(
        pixels=as_pixels(pixels),
        to_edited=whole @ photo.to_edited,
        altered=warp_mask(photo.altered, whole, size),
        changed=warp_mask(photo.changed, whole, size),
    )


def warp_mask(mask: SoftMask | None, step: Homography, size: tuple[int, int]) -> SoftMask | None:
    """The mask where the picture has gone; 0 beyond it."""
    if mask is None:
        return None
    return np.asarray(cv2.warpPerspective(mask, step, size, flags=cv2.INTER_LINEAR), np.float32)


def scaling(across: float, down: float) -> Homography:
    """Enlarging by these factors: pixel middles stay middles."""
    return np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2], [0, 0, 1.0]])


def shifting(right: float, down: float) -> Homography:
    """Moving by so many pixels."""
    return np.array([[1.0, 0, right], [0, 1.0, down], [0, 0, 1.0]])


def as_pixels(values: npt.NDArray[np.generic]) -> Pixels:
    """Rounded and cut to 0 to 255, in one piece of memory."""
    if values.dtype == np.uint8:
        return np.ascontiguousarray(values, np.uint8)
    return np.ascontiguousarray(np.clip(np.rint(values), 0, 255), np.uint8)


def resample(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """Resized to (width, height), as programs for pictures do it."""
    is_smaller = size[0] < pixels.shape[1]
    method = cv2.INTER_AREA if is_smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)
