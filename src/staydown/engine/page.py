"""Finds the photographs within a screenshot or a border, so that keypoints are spent on them and
not on text.

A page has one background colour, and photographs are where it hardly shows. This only steers where
to look: whatever is proven afterwards is proven on the whole picture.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels

LOOK_SIDE = 320
"""Longest side in pixels at which a page is looked at."""
COLOUR_STEP = 16
LIKE_BACKGROUND = 10
"""Levels by which every channel may differ from the background's."""
MIN_BACKGROUND = 0.15
"""Share of a picture that background must fill for it to be a page."""
MIN_BAR = 0.03
"""Share of a picture that a further flat colour fills: a bar, a panel."""
LIKE_BAR = 4
LIKE_GROUND = 5
WINDOW_SHARE = 0.03
"""Side of the window in which a photograph must show hardly any background, of the longest side."""
MAX_SHOWING = 0.2
MIN_PHOTO = 0.03
"""Least share of a page that a photograph fills."""
MIN_OF_LARGEST = 0.25
MIN_CONTRAST = 12.0
"""Standard deviation in levels of grey: a bar of one colour is no photograph."""
MAX_PHOTO = 0.7
"""Above this share of the picture, leaving the rest out gains nothing."""

MIN_PLAIN = 0.6
"""Share of a picture of nothing but text that is ground."""
STROKE = 7
MAX_THICK = 0.001
"""What is left of it where letters are worn away by so many pixels on all sides."""

type Mask = npt.NDArray[np.bool_]
type Keys = npt.NDArray[np.uint16]
type Counts = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A part of a picture, in its pixels; right and bottom lie just outside."""

    left: int
    top: int
    right: int
    bottom: int

    def cut(self, pixels: Pixels) -> Pixels:
        """The part of (h, w, 3) `pixels`."""
        return pixels[self.top : self.bottom, self.left : self.right]


def find_photographs(pixels: Pixels) -> Box | None:
    """The smallest box around the photographs on a page of (h, w, 3) `pixels`; None where there is
    no page around any.
    """
    small, factor = shrink(pixels)
    background = mark_background(small)
    if background.mean() < MIN_BACKGROUND:
        return None
    boxes = solid_boxes(small, background)
    if not boxes:
        return None
    margin = 1 + int(WINDOW_SHARE * LOOK_SIDE / 4)
    height, width = pixels.shape[:2]
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    box = Box(
        left=max(0, int((min(lefts) - margin) / factor)),
        top=max(0, int((min(tops) - margin) / factor)),
        right=min(width, int(np.ceil((max(rights) + margin) / factor))),
        bottom=min(height, int(np.ceil((max(bottoms) + margin) / factor))),
    )
    share = (box.right - box.left) * (box.bottom - box.top) / (height * width)
    return box if share <= MAX_PHOTO else None


def is_only_text(pixels: Pixels) -> bool:
    """Whether (h, w, 3) `pixels` are writing on a plain ground and nothing else: what is not ground
    is thin everywhere.
    """
    small, _ = shrink(pixels)
    ground = mark_ground(small)
    if ground.mean() < MIN_PLAIN:
        return False
    thick = cv2.erode((~ground).astype(np.uint8), np.ones((STROKE, STROKE), np.uint8))
    return float(thick.mean()) < MAX_THICK


def shrink(pixels: Pixels) -> tuple[Pixels, float]:
    """The page as it is looked at, and by how much it was shrunk."""
    factor = min(1.0, LOOK_SIDE / max(pixels.shape[:2]))
    size = (max(1, round(pixels.shape[1] * factor)), max(1, round(pixels.shape[0] * factor)))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_NEAREST)
    return np.asarray(small, np.uint8), factor


def mark_background(small: Pixels) -> Mask:
    """(h, w): where the most common colour shows, or another one that fills a bar."""
    keys, counts = count_colours(small)
    most = int(counts.argmax())
    found = mark_like(small, keys == most, LIKE_BACKGROUND)
    for key in np.flatnonzero(counts >= MIN_BAR * keys.size):
        found |= mark_like(small, keys == key, LIKE_BAR)
    return found


def mark_ground(small: Pixels) -> Mask:
    """(h, w): where the most common colour shows, and nothing but that."""
    keys, counts = count_colours(small)
    return mark_like(small, keys == int(counts.argmax()), LIKE_GROUND)


def count_colours(small: Pixels) -> tuple[Keys, Counts]:
    """(h, w) coarse colours as numbers, and how often each number occurs."""
    steps = (small // COLOUR_STEP).astype(np.uint16)
    keys = np.asarray((steps[..., 0] << 8) | (steps[..., 1] << 4) | steps[..., 2], np.uint16)
    return keys, np.bincount(keys.ravel())


def mark_like(small: Pixels, place: Mask, reach: int) -> Mask:
    """(h, w): what is like the colour that is typical of `place`, in every channel."""
    colour = np.median(small[place].T.copy(), axis=1)
    return np.asarray(cv2.inRange(small, np.ceil(colour - reach), np.floor(colour + reach)) > 0)


def solid_boxes(small: Pixels, background: Mask) -> list[tuple[int, int, int, int]]:
    """Left, top, right and bottom of each large place where the background hardly shows."""
    side = max(3, round(WINDOW_SHARE * max(small.shape[:2])) | 1)
    showing = cv2.blur(background.astype(np.float32), (side, side))
    _, labels, stats, _ = cv2.connectedComponentsWithStats((showing < MAX_SHOWING).astype(np.uint8))
    grey = cv2.cvtColor(small, cv2.COLOR_RGB2GRAY)
    found = [
        (int(area), (int(x), int(y), int(x + w), int(y + h)))
        for label, (x, y, w, h, area) in enumerate(stats.tolist())
        if label and area >= MIN_PHOTO * labels.size and grey[labels == label].std() >= MIN_CONTRAST
    ]
    largest = max((area for area, _ in found), default=0)
    return [box for area, box in found if area >= MIN_OF_LARGEST * largest]
