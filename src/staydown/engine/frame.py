"""Finds where the photo ends inside a found picture: a page or a phone screen around it, bars, the
corners left by a turn.

The map must not call a page's text an alteration of the photograph. A photo on a page is cut off
along straight lines at which nothing but one flat colour begins; corners and bars are flat patches
that touch the picture's edge.
"""

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels

FLAT_DEVIATION = 5.0
"""Grey levels of standard deviation along a line that has nothing on it."""
MARGIN = 3
"""Pixels of flat lines, one after the other, that end a photo."""
SAME_COLOUR = 12.0
"""Grey levels by which the lines of one margin may differ."""
PAPER_REACH = 30.0
"""Grey levels from the margin's colour within which a pixel counts as paper."""
MIN_PAPER = 0.6
"""Least share of paper in what lies beyond a margin."""
CORNER_DEVIATION = 3
"""Grey levels between neighbours within a flat patch."""
MIN_CORNER = 40

type Mask = npt.NDArray[np.bool_]
type Box = tuple[int, int, int, int]
"""Left, top, right, bottom; right and bottom are excluded."""


def find_photo(found: Pixels, inside: Mask, kept: Mask, changed: Mask) -> Mask:
    """(h, w): `inside`, less what lies outside of the photo's own frame; `kept` is surely photo,
    `changed` may not be.
    """
    if not kept.any() or not changed.any():
        return inside
    left, top, right, bottom = grow_box(found.astype(np.float32), changed, box_of(kept))
    framed = np.zeros_like(inside)
    framed[top:bottom, left:right] = True
    framed &= inside
    return framed & ~flat_corners(found, framed, changed)


def box_of(mask: Mask) -> Box:
    """The smallest box around `mask`."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def grow_box(found: npt.NDArray[np.float32], changed: Mask, box: Box) -> Box:
    """`box` with each side moved outwards until a margin begins or the picture ends; twice, as
    sides bound each other.
    """
    height, width = found.shape[:2]
    left, top, right, bottom = box
    turned, altered = found.transpose(1, 0, 2), changed.T
    for _ in range(2):
        top = top - reach_of(found[:top, left:right][::-1], changed[:top, left:right][::-1])
        bottom = bottom + reach_of(found[bottom:, left:right], changed[bottom:, left:right])
        left = left - reach_of(turned[:left, top:bottom][::-1], altered[:left, top:bottom][::-1])
        right = right + reach_of(turned[right:, top:bottom], altered[right:, top:bottom])
    return max(left, 0), max(top, 0), min(right, width), min(bottom, height)


def reach_of(lines: npt.NDArray[np.float32], changed: Mask) -> int:
    """How many of `lines` (n, length, 3), going outwards, still belong to the photo: all, or those
    before a margin.

    A flat line that looks as the photograph does there is its sky, not a margin: `changed` (n,
    length) tells.
    """
    if len(lines) < MARGIN or lines.shape[1] < MARGIN:
        return len(lines)
    is_flat = (lines.std(axis=1).max(axis=1) < FLAT_DEVIATION) & (changed.mean(axis=1) > 0.5)
    colours = lines.mean(axis=1)
    for first in range(len(lines) - MARGIN + 1):
        margin = slice(first, first + MARGIN)
        is_even = float(np.ptp(colours[margin], axis=0).max()) < SAME_COLOUR
        if is_flat[margin].all() and is_even and is_page(lines[first:], colours[first]):
            return first
    return len(lines)


def is_page(lines: npt.NDArray[np.float32], paper: npt.NDArray[np.float32]) -> bool:
    """Whether `lines` (n, length, 3) are mostly the colour of the margin, as a page with text is.

    A line drawn across a photo is no margin: what lies beyond it is picture again.
    """
    is_paper = np.abs(lines - paper).max(axis=2) < PAPER_REACH
    return float(is_paper.mean()) > MIN_PAPER


def flat_corners(found: Pixels, framed: Mask, changed: Mask) -> Mask:
    """Patches of one flat colour that fill a corner of the frame and are not what the photograph
    shows there.
    """
    left, top, right, bottom = box_of(framed) if framed.any() else (0, 0, 1, 1)
    covered = np.zeros_like(framed)
    for row, column in ((top, left), (top, right - 1), (bottom - 1, left), (bottom - 1, right - 1)):
        patch = flood(found, row, column) & framed
        if (
            int(patch.sum()) >= MIN_CORNER
            and float(changed[patch].mean()) > 0.6
            and is_wedge(patch)
        ):
            covered |= patch
    return (
        np.asarray(cv2.dilate(covered.astype(np.uint8), np.ones((3, 3), np.uint8)), dtype=bool)
        & framed
    )


def flood(found: Pixels, row: int, column: int) -> Mask:
    """The patch around a place in which no pixel differs from the place by more than
    CORNER_DEVIATION, allowing for JPEG.
    """
    canvas = cv2.GaussianBlur(found, (3, 3), 0)
    mask = np.zeros((found.shape[0] + 2, found.shape[1] + 2), np.uint8)
    room = (2 * CORNER_DEVIATION,) * 3
    flags = 4 | cv2.FLOODFILL_MASK_ONLY | cv2.FLOODFILL_FIXED_RANGE | (255 << 8)
    cv2.floodFill(canvas, mask, (column, row), (0, 0, 0), room, room, flags)
    return np.asarray(mask[1:-1, 1:-1] > 0)


def is_wedge(patch: Mask) -> bool:
    """Whether a patch is thin at one end, as a corner left by a turn is: it fills about half of its
    own box, or is a bar.
    """
    left, top, right, bottom = box_of(patch)
    filled = float(patch.sum()) / ((right - left) * (bottom - top))
    return filled > 0.3 and min(right - left, bottom - top) < 0.35 * max(patch.shape)
