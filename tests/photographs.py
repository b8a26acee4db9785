"""Photographs without people, and what the tests do to them. "Doctored" is another photo's texture
laid over a large part; nothing here makes or changes a picture of anybody.
"""

from functools import cache

import numpy as np
import numpy.typing as npt
from skimage import data

from staydown.engine.pictures import encode_jpeg

type Pixels = npt.NDArray[np.uint8]


def _photo(name: str) -> Pixels:
    pixels: Pixels = getattr(data, name)()
    return pixels


def cat() -> Pixels:
    """A cat, 300 × 451."""
    return _photo("chelsea")


@cache
def original() -> bytes:
    """The innocent original, as it is uploaded."""
    return encode_jpeg(cat(), quality=92)


@cache
def plain_copy() -> bytes:
    """The original, saved again with less care."""
    return encode_jpeg(cat(), quality=70)


@cache
def doctored(quality: int = 85) -> bytes:
    """The original with bricks over the middle third, and otherwise as it was."""
    pixels = cat().copy()
    bricks: Pixels = np.repeat(_photo("brick")[:180, :180, np.newaxis], 3, axis=2)
    pixels[90:270, 130:310] = bricks
    return encode_jpeg(pixels, quality=quality)


@cache
def unrelated() -> bytes:
    """Another photograph: a cup of coffee."""
    return encode_jpeg(_photo("coffee"), quality=85)
