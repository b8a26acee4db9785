"""What is done to decoded pixels before anybody looks at them: shrunk by whole numbers, turned
upright.

A strip at a time, so that no second copy of a large picture lies in memory.
"""

from typing import Final

import cv2
import numpy as np
import numpy.typing as npt

type Raster = npt.NDArray[np.uint8]
"""(height, width, 3) sRGB."""

STRIP: Final = 256
"""Rows that are worked on at once, at least."""
UPRIGHT: Final = 1
TURNS: Final = {
    2: (0, True),
    3: (2, False),
    4: (2, True),
    5: (3, True),
    6: (3, False),
    7: (1, True),
    8: (1, False),
}
"""EXIF orientation (EXIF 2.32 §4.6.4) → quarter turns counter-clockwise, and mirroring left to
right after them, that make it upright.
"""


def strips(height: int, factor: int) -> list[tuple[int, int]]:
    """Top and bottom of the strips of a picture; each but the last holds whole blocks of `factor`
    rows.
    """
    step = factor * max(1, STRIP // factor)
    return [(top, min(top + step, height)) for top in range(0, height, step)]


def blank(width: int, height: int, factor: int) -> Raster:
    """Room for a picture of that size, shrunk."""
    return np.empty((-(-height // factor), -(-width // factor), 3), np.uint8)


def put(raster: Raster, top: int, strip: Raster, factor: int) -> None:
    """Lay a strip, shrunk, where its first row `top` belongs."""
    small = shrink(strip, factor)
    start = top // factor
    raster[start : start + len(small)] = small


def shrink(raster: Raster, factor: int) -> Raster:
    """The means of blocks of `factor` by `factor` pixels; the last ones may be cut off."""
    if factor == 1:
        return raster
    height, width = raster.shape[:2]
    down, across = -height % factor, -width % factor
    if down or across:
        raster = np.asarray(
            cv2.copyMakeBorder(raster, 0, down, 0, across, cv2.BORDER_REPLICATE), np.uint8
        )
    size = ((width + across) // factor, (height + down) // factor)
    return np.asarray(cv2.resize(raster, size, interpolation=cv2.INTER_AREA), np.uint8)


def stand_up(raster: Raster, orientation: int) -> Raster:
    """The picture as it is to be seen; what is no orientation counts as upright."""
    if orientation not in TURNS:
        return raster
    turns, is_mirrored = TURNS[orientation]
    turned = np.rot90(raster, turns)
    return np.ascontiguousarray(turned[:, ::-1] if is_mirrored else turned)


def turned_size(size: tuple[int, int], orientation: int) -> tuple[int, int]:
    """(width, height) of a picture once it stands upright."""
    is_lying = orientation in TURNS and TURNS[orientation][0] % 2 == 1
    return (size[1], size[0]) if is_lying else size
