"""Finds where the photo ends inside a found picture: a page or a phone screen around it, bars, the
corners left by a turn.

The map must not call a page's text an alteration of the photograph. A photo on a page is cut off
along straight lines, at which paper begins all at once: a painted patch, however flat, has no such
line across the whole photo. Corners left by a turn are thin, flat and straight.

A photograph of which one side was painted over with one colour, along a line from edge to edge,
looks like a cropped one with a margin. That is what it is taken for.
"""

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels

PAPER_REACH = 14
"""Grey levels from the paper's colour within which a pixel counts as paper."""
RING = 4
"""Pixels along the edge of the overlap that are searched for the colour of paper."""
MIN_RING = 40
MIN_AGREEING = 0.3
"""Least share of the changed pixels of a ring that have the colour of paper."""
STEP = 3
"""Pixels over which a photo's edge may be blurred."""
MIN_MARGIN = 0.88
"""Least share of paper in each line of the margin beside a photo."""
MIN_DROP = 0.35
"""By how much the share of paper falls where a photo begins."""
MOSTLY_PHOTO = 0.3
"""Share of paper up to which the line on the edge itself belongs to the photo."""
MIN_PAPER = 0.55
"""Least share of paper in all that lies beyond; the rest is a page's text."""
MIN_CHANGED = 0.5
OUTLIERS = 0.01
"""Share of kept places that may lie outside of the frame."""
CORNER_DEVIATION = 3
"""Grey levels between neighbours within a flat patch."""
MARGIN = 8
"""Pixels: a smaller frame has no corners."""
MIN_CORNER = 40
MAX_CORNER_WIDTH = 0.25
"""Of the longest side: a turn of some 14 degrees."""
CORNER_FILLS = (0.3, 0.72)
"""Least and greatest share of its box that a triangle fills; a bar fills all of it."""
BAR = 0.9

type Mask = npt.NDArray[np.bool_]
type Shares = npt.NDArray[np.floating]
"""(n,): one for each line, from outside inwards."""
type Box = tuple[int, int, int, int]
"""Left, top, right, bottom; right and bottom are excluded."""


def find_photo(found: Pixels, inside: Mask, kept: Mask, changed: Mask) -> Mask:
    """(h, w): `inside`, less what lies outside of the photo's own frame; `kept` is surely photo,
    `changed` may not be.
    """
    if int(kept.sum()) < MIN_RING or not changed.any():
        return inside
    box, core = box_of(inside), core_of(kept)
    for paper in paper_colours(found, inside, changed):
        is_paper = np.abs(found.astype(np.int16) - paper).max(axis=2) <= PAPER_REACH
        for _ in range(2):  # the sides bound each other
            box = cut_sides(box, core, is_paper, changed)
    left, top, right, bottom = box
    framed = np.zeros_like(inside)
    framed[top:bottom, left:right] = True
    framed &= inside
    return framed & ~flat_corners(found, framed, changed)


def box_of(mask: Mask) -> Box:
    """The smallest box around `mask`."""
    rows, columns = np.flatnonzero(mask.any(axis=1)), np.flatnonzero(mask.any(axis=0))
    return int(columns[0]), int(rows[0]), int(columns[-1]) + 1, int(rows[-1]) + 1


def core_of(kept: Mask) -> Box:
    """The box around `kept`, less a few outliers on each side."""
    top, bottom = span_of(kept.sum(axis=1))
    left, right = span_of(kept.sum(axis=0))
    return left, top, right, bottom


def span_of(counts: npt.NDArray[np.integer]) -> tuple[int, int]:
    """First and last line, excluded, between which all but a few of the counted lie."""
    until = np.cumsum(counts)
    few = OUTLIERS * float(until[-1])
    first, last = np.searchsorted(until, [few, float(until[-1]) - few])
    return int(first), int(last) + 1


def paper_colours(found: Pixels, inside: Mask, changed: Mask) -> list[npt.NDArray[np.int16]]:
    """Colours that most of the changed pixels along one edge of the overlap have; they may be
    paper.
    """
    left, top, right, bottom = box_of(inside)
    rings = (
        np.s_[top : top + RING, left:right],
        np.s_[bottom - RING : bottom, left:right],
        np.s_[top:bottom, left : left + RING],
        np.s_[top:bottom, right - RING : right],
    )
    colours: list[npt.NDArray[np.int16]] = []
    for ring in rings:
        pixels = found[ring][changed[ring] & inside[ring]].astype(np.int16)
        colour = usual_colour(pixels) if len(pixels) >= MIN_RING else None
        if colour is not None and all(np.abs(colour - one).max() > PAPER_REACH for one in colours):
            colours.append(colour)
    return colours


def usual_colour(pixels: npt.NDArray[np.int16]) -> npt.NDArray[np.int16] | None:
    """The most frequent of (n, 3) colours in steps of 16; None if it is not frequent enough."""
    steps = (pixels // 16) @ np.array([256, 16, 1], np.int16)
    names, counts = np.unique(steps, return_counts=True)
    if counts.max() < MIN_AGREEING * len(pixels):
        return None
    usual = pixels[steps == names[counts.argmax()]]
    return np.asarray(np.median(usual, axis=0), np.int16)


def cut_sides(box: Box, core: Box, is_paper: Mask, changed: Mask) -> Box:
    """`box` with each side moved inwards to where paper ends, but never far into `core`."""
    left, top, right, bottom = box
    inner = np.s_[top:bottom, left:right]
    paper, new = is_paper[inner], changed[inner]
    down = find_edge(paper.mean(axis=1), new.mean(axis=1), core[1] - top)
    up = find_edge(paper.mean(axis=1)[::-1], new.mean(axis=1)[::-1], bottom - core[3])
    top, bottom = top + down, bottom - up
    inner = np.s_[top:bottom, left:right]
    paper, new = is_paper[inner], changed[inner]
    rightward = find_edge(paper.mean(axis=0), new.mean(axis=0), core[0] - left)
    leftward = find_edge(paper.mean(axis=0)[::-1], new.mean(axis=0)[::-1], right - core[2])
    return left + rightward, top, right - leftward, bottom


def find_edge(paper: Shares, changed: Shares, limit: int) -> int:
    """How many lines lie outside of the photo, where `paper` and `changed` are their shares; not
    many more than `limit`, and 0 if no margin ends anywhere.
    """
    edge = 0
    for line in range(STEP + 1, min(len(paper) - STEP - 1, limit + STEP)):
        margin, photo = paper[line - STEP - 1 : line - 1], paper[line + 1 : line + 1 + STEP]
        is_margin = margin.min() >= MIN_MARGIN and photo.mean() <= margin.mean() - MIN_DROP
        is_page = paper[:line].mean() > MIN_PAPER and changed[:line].mean() > MIN_CHANGED
        if is_margin and is_page:
            edge = line + int(paper[line] > MOSTLY_PHOTO)
    return edge


def flat_corners(found: Pixels, framed: Mask, changed: Mask) -> Mask:
    """Patches of one flat colour that fill a corner of the frame and are not what the photograph
    shows there.
    """
    covered = np.zeros_like(framed)
    left, top, right, bottom = box_of(framed) if framed.any() else (0, 0, 0, 0)
    if min(right - left, bottom - top) < MARGIN:
        return covered
    canvas = np.asarray(cv2.GaussianBlur(found, (3, 3), 0), np.uint8)
    for row in (top + 2, bottom - 3):
        for column in (left + 2, right - 3):
            if changed[row, column]:
                covered |= corner_at(canvas, framed, changed, (row, column))
    around = cv2.dilate(covered.astype(np.uint8), np.ones((5, 5), np.uint8))
    return np.asarray(around, dtype=bool) & framed


def corner_at(canvas: Pixels, framed: Mask, changed: Mask, place: tuple[int, int]) -> Mask:
    """The flat patch around a place, if it is a corner of something else; nothing otherwise."""
    patch = flood(canvas, *place) & framed
    is_new = int(patch.sum()) >= MIN_CORNER and float(changed[patch].mean()) > MIN_CHANGED
    return patch if is_new and is_wedge(patch) else np.zeros_like(framed)


def flood(canvas: Pixels, row: int, column: int) -> Mask:
    """The patch around a place in which no pixel differs from the place by more than
    CORNER_DEVIATION, allowing for JPEG.
    """
    mask = np.zeros((canvas.shape[0] + 2, canvas.shape[1] + 2), np.uint8)
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
    is_shaped = CORNER_FILLS[0] < filled < CORNER_FILLS[1] or filled > BAR
    width = min(right - left, bottom - top)
    return is_shaped and width < MAX_CORNER_WIDTH * max(patch.shape)
