"""The grid of small cells in which a canvas is measured, and how fields go to and fro between cells
and pixels.

A cell is CELL by CELL pixels of the canvas. It knows nothing of what the numbers mean.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels

CELL = 4
"""Side of a cell in pixels of the canvas."""

type Field = npt.NDArray[np.float32]
"""(rows, columns), or (rows, columns, channels): of pixels or of cells, as said beside it."""


def pad(pixels: Field) -> Field:
    """`pixels` with the last row and column repeated until both sides are whole cells."""
    down, across = (-side % CELL for side in pixels.shape[:2])
    padded = cv2.copyMakeBorder(pixels, 0, down, 0, across, cv2.BORDER_REPLICATE)
    return np.asarray(padded, np.float32)


def pad_pixels(pixels: Pixels) -> Pixels:
    """The same for a picture as it is."""
    down, across = (-side % CELL for side in pixels.shape[:2])
    padded = cv2.copyMakeBorder(pixels, 0, down, 0, across, cv2.BORDER_REPLICATE)
    return np.asarray(padded, np.uint8)


def pool(pixels: Field) -> Field:
    """The mean over each cell; both sides of `pixels` are whole cells."""
    return shrink(pixels, CELL)


def shrink(field: Field, times: int) -> Field:
    """`field` that many times smaller, by means; any number of channels."""
    size = (max(1, field.shape[1] // times), max(1, field.shape[0] // times))
    return each_few(field, lambda few: cv2.resize(few, size, interpolation=cv2.INTER_AREA))


def spread(cells: Field, shape: tuple[int, int]) -> Field:
    """A field of cells at each pixel of a canvas of `shape`, in straight lines between middles."""
    size = (cells.shape[1] * CELL, cells.shape[0] * CELL)
    return resize(cells, size)[: shape[0], : shape[1]]


def resize(field: Field, size: tuple[int, int]) -> Field:
    """`field` at (width, height) `size`, in straight lines between the middles."""
    return each_few(field, lambda few: cv2.resize(few, size, interpolation=cv2.INTER_LINEAR))


def smooth(field: Field, sigma: float) -> Field:
    """`field` blurred; `sigma` in its own steps, the rim repeated beyond it."""
    return each_few(
        field, lambda few: cv2.GaussianBlur(few, (0, 0), sigma, borderType=cv2.BORDER_REPLICATE)
    )


def smooth_far(field: Field, sigma: float) -> Field:
    """As `smooth`, at half the size: a quarter of the work where `sigma` is large."""
    half = smooth(shrink(field, 2), sigma / 2)
    return resize(half, (field.shape[1], field.shape[0]))


def mean_over(field: Field, side: int) -> Field:
    """The mean over `side` by `side` steps around each."""
    return np.asarray(
        cv2.blur(field, (side, side), borderType=cv2.BORDER_REPLICATE), dtype=np.float32
    )


def each_few(field: Field, make: Callable[[Field], object]) -> Field:
    """`make` applied to at most four channels at a time, which is what OpenCV takes."""
    if field.ndim == 2:
        return np.asarray(make(field), np.float32)
    few = [np.ascontiguousarray(field[..., at : at + 4]) for at in range(0, field.shape[2], 4)]
    made = [np.asarray(make(one), np.float32) for one in few]
    shaped = [one if one.ndim == 3 else one[..., None] for one in made]
    return shaped[0] if len(shaped) == 1 else np.concatenate(shaped, axis=2)
