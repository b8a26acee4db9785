"""Photographs without people for the engine's tests, and edits of them whose truth is known."""

import io
from collections.abc import Callable
from functools import cache

import cv2
import numpy as np
import numpy.typing as npt
from PIL import Image

from staydown.cli.story.photographs import photograph
from staydown.engine.comparison import compare
from staydown.engine.pictures import Picture, Pixels, encode_jpeg, open_picture
from staydown.engine.subjects import Known, know, look_at
from staydown.engine.verdict import Comparison

type Mask = npt.NDArray[np.bool_]
type Edit = Callable[[Pixels], Pixels]


@cache
def photo(name: str = "temple") -> Pixels:
    """One of the demo's photographs."""
    return photograph(name).pixels


@cache
def known(name: str = "temple") -> Known:
    """A registered photograph."""
    return know(photograph(name))


def found(pixels: Pixels, quality: int = 85) -> Picture:
    """Pixels as they are found: saved as a JPEG."""
    return open_picture(encode_jpeg(pixels, quality))


def compared(pixels: Pixels, name: str = "temple", quality: int = 85) -> Comparison:
    """What the engine says of found pixels and a registered photograph."""
    return compare(known(name), look_at(found(pixels, quality)))


def patch_over(pixels: Pixels, filling: Pixels) -> tuple[Pixels, Mask]:
    """`filling` over a rectangle of 30 % of the area below the middle, and where that is."""
    height, width = pixels.shape[:2]
    inside = np.zeros((height, width), dtype=bool)
    inside[round(height * 0.4) : round(height * 0.95), round(width * 0.2) : round(width * 0.75)] = (
        True
    )
    laid = cv2.resize(filling, (width, height), interpolation=cv2.INTER_AREA)
    return np.where(inside[..., None], laid, pixels).astype(np.uint8), inside


def blurred(pixels: Pixels, sigma: float) -> Pixels:
    """`sigma` in pixels."""
    return np.asarray(cv2.GaussianBlur(pixels, (0, 0), sigma), dtype=np.uint8)


def squashed(pixels: Pixels, side: int) -> Pixels:
    """Made square."""
    return np.asarray(cv2.resize(pixels, (side, side), interpolation=cv2.INTER_AREA), np.uint8)


def fitted(pixels: Pixels, *, like: Pixels) -> Pixels:
    """Resized to the size of another picture."""
    size = (like.shape[1], like.shape[0])
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def bordered(pixels: Pixels) -> Pixels:
    """With a broad white border."""
    return np.pad(pixels, ((60, 60), (60, 60), (0, 0)), constant_values=250)


def saved(pixels: Pixels, kind: str, mode: str = "RGB", **options: object) -> bytes:
    """Pixels as a file of another kind."""
    file = io.BytesIO()
    Image.fromarray(pixels).convert(mode).save(file, kind, **options)
    return file.getvalue()


def animation(*frames: Pixels, kind: str = "GIF", **options: object) -> bytes:
    """Frames as one file, each shown for a tenth of a second."""
    first, *others = (Image.fromarray(frame) for frame in frames)
    file = io.BytesIO()
    named = {"duration": 100, **options}
    first.save(file, kind, save_all=True, append_images=others, **named)
    return file.getvalue()
