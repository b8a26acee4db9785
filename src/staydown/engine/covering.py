"""Covers what a reviewer need not see: everything that is not certainly the registered photograph,
unaltered.

What is shown is grey and softened. The covering is painted into the pixels, so that nothing hidden
leaves this function.
"""

import cv2
import numpy as np

from staydown.engine.pictures import Picture, Pixels
from staydown.engine.verdict import AREA_VALUES, Area, AreaMap

COVER_COLOUR = (122, 126, 134)
RIM = 0.012
"""How far from anything else a kept place has to lie to be shown, as a share of the longest side.
"""
SOFTNESS = 0.0025
"""Standard deviation of the softening, as a share of the longest side."""
SCREEN_SIDE = 1200
"""Longest side in pixels of what is sent to a reviewer's screen."""


def cover(picture: Picture, areas: AreaMap | None) -> Pixels:
    """(h, w, 3): `picture` with all but what is safely kept painted over; all of it where nothing
    is known.
    """
    covered = np.full_like(picture.pixels, 0)
    covered[:] = COVER_COLOUR
    if areas is None:
        return covered
    longest = max(picture.width, picture.height)
    grey = cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY)
    soft = cv2.GaussianBlur(grey, (0, 0), max(0.8, SOFTNESS * longest))
    safe = safe_to_show(areas)
    covered[safe] = soft[safe][:, None]
    return covered


def drain_colour(picture: Picture) -> Pixels:
    """(h, w, 3): `picture` in greys."""
    grey = cv2.cvtColor(picture.pixels, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.cvtColor(grey, cv2.COLOR_GRAY2RGB), dtype=np.uint8)


def fit_to_screen(pixels: Pixels) -> Pixels:
    """`pixels` with a longest side of SCREEN_SIDE at most."""
    factor = SCREEN_SIDE / max(pixels.shape)
    if factor >= 1:
        return pixels
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def safe_to_show(areas: AreaMap) -> "np.ndarray[tuple[int, ...], np.dtype[np.bool_]]":
    """(h, w): surely kept places that lie well away from all others. The picture's own edge is not
    an other.
    """
    reach = reach_of_rim(areas)
    cell = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * reach + 1, 2 * reach + 1))
    kept = (areas == AREA_VALUES[Area.KEPT]).astype(np.uint8)
    return np.asarray(cv2.erode(kept, cell, borderValue=1), dtype=bool)


def reach_of_rim(areas: AreaMap) -> int:
    """RIM in pixels of a map, at least 3."""
    return max(3, round(RIM * max(int(side) for side in areas.shape)))
