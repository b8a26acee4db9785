"""Does everything once that is done with a picture, so that nothing is looked for in files later.

For a process that is about to lock itself in: libraries load parts of themselves when they are
first needed. It also keeps them to one thread.
"""

from typing import Final

import cv2
import numpy as np

from staydown.engine.darkroom import InThisProcess
from staydown.engine.pictures import Pixels, encode_png
from staydown.engine.samples import samples

TEXTS: Final = ("ascii", "latin-1", "utf-8", "utf-16", "utf-16-be", "utf-16-le", "cp1252")
"""Ways to write text that are met inside pictures."""


def rehearse() -> None:
    """Open a small picture in every manner that we can write; look at and know one of each."""
    cv2.setNumThreads(1)
    for name in TEXTS:
        "a".encode(name).decode(name)
    darkroom = InThisProcess()
    for data in samples(draw_noise()[:96, :128]):
        darkroom.views(data)
    whole = encode_png(draw_noise())
    darkroom.look_at(whole)
    darkroom.know(whole)


def draw_noise() -> Pixels:
    """A picture in which there is something to find, (256, 256, 3), the same everywhere."""
    row, column = np.indices((256, 256))
    waves = np.sin(row * row / 99) * np.cos(column * column / 77) + np.sin(row * column / 131)
    shades = ((waves + 2) * 63).astype(np.uint8)
    return np.stack([shades, shades[::-1], 255 - shades], axis=2)
