"""Writes over a picture who is looking at it and when, so that a copy of the screen says so too.

It deters and names; whoever paints over it all can still take it off.
"""

from typing import Final

import cv2
import numpy as np

from staydown.engine.lettering import LINE, letter, width_of
from staydown.engine.pictures import Pixels

STRENGTH: Final = 0.35
"""How much of the ink stands over the picture, 0 to 1."""
LINES_APART: Final = 4


def write_over(pixels: Pixels, words: str) -> Pixels:
    """(h, w, 3): `pixels` with `words` again and again, dark and light, from edge to edge."""
    height, width = pixels.shape[:2]
    paper = np.full_like(pixels, 255)
    step = width_of(f"{words}    ")
    for row, top in enumerate(range(2, height, LINES_APART * LINE)):
        for left in range(-(row % 2) * step // 2, width, step):
            letter(paper, words, left=left, top=top)
    inked = paper.min(axis=2) < 160
    around = cv2.dilate(inked.astype(np.uint8), np.ones((3, 3), np.uint8)).astype(bool) & ~inked
    marked = pixels.astype(np.float32)
    marked[around] += STRENGTH * (255 - marked[around])
    marked[inked] *= 1 - STRENGTH
    return np.asarray(marked.round(), dtype=np.uint8)
