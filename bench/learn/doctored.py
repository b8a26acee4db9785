"""A photograph that is being doctored, with what is known of each of its pixels: altered, written
on, still of the photograph, visibly changed. All of it is moved together.

Only ordinary photographs and textures; nothing is made up, and nobody is looked for on a picture.
"""

from collections.abc import Callable

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.fits import compose, invert
from staydown.engine.pictures import Pixels, encode_jpeg, open_picture

type Mask = npt.NDArray[np.float32]
"""(h, w), 0 to 1."""
ALTERED, WRITTEN, PRESENT, CHANGED = range(4)
VISIBLE = 15
INKED = 8


class Doctored:
    """`pixels` (h, w, 3) and `layers` (h, w, 4) in one frame; `matrix` leads from the original."""

    def __init__(self, pixels: Pixels) -> None:
        self.pixels = pixels
        self.layers = np.zeros((*pixels.shape[:2], 4), np.uint8)
        self.layers[..., PRESENT] = 255
        self.matrix = np.array([[1.0, 0, 0], [0, 1, 0]])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.pixels.shape[1], self.pixels.shape[0]

    def repaint(self, paint: Callable[[Pixels], npt.ArrayLike]) -> None:
        """Every pixel anew, none of it an alteration: colours, sharpness, encoding."""
        self.pixels = as_pixels(paint(self.pixels))

    def write(self, write: Callable[[Pixels], npt.ArrayLike]) -> None:
        """Strokes over it."""
        new = as_pixels(write(self.pixels))
        self._mark(WRITTEN, np.abs(new.astype(int) - self.pixels).max(axis=2) > INKED)
        self.pixels = new

    def alter(self, mask: Mask, filling: Pixels) -> None:
        """`filling` under `mask`."""
        new = as_pixels(self.pixels * (1 - mask[..., None]) + filling * mask[..., None])
        self._mark(CHANGED, np.abs(new.astype(int) - self.pixels).max(axis=2) > VISIBLE)
        self.layers[..., ALTERED] = np.maximum(self.layers[..., ALTERED], as_pixels(mask * 255))
        self.pixels = new

    def _mark(self, layer: int, where: npt.NDArray[np.bool_]) -> None:
        self.layers[where, layer] = 255

    def resize(self, across: float, down: float | None = None) -> None:
        """So many times as wide and high."""
        width, height = self.size
        size = (max(1, round(width * across)), max(1, round(height * (down or across))))
        how = cv2.INTER_AREA if across < 1 else cv2.INTER_CUBIC
        even = cv2.INTER_AREA if across < 1 else cv2.INTER_LINEAR
        self.pixels = as_pixels(cv2.resize(self.pixels, size, interpolation=how))
        self.layers = as_pixels(cv2.resize(self.layers, size, interpolation=even))
        x, y = size[0] / width, size[1] / height
        self._moved(np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2]]))

    def crop(self, share: float, randomness: np.random.Generator) -> None:
        """Some box of about `share` of the area."""
        width, height = self.size
        side, aspect = np.sqrt(share), randomness.uniform(0.85, 1.15)
        across = min(width, int(width * side / aspect))
        down = min(height, int(height * side * aspect))
        top = int(randomness.integers(0, height - down + 1))
        left = int(randomness.integers(0, width - across + 1))
        box = np.s_[top : top + down, left : left + across]
        self.pixels, self.layers = self.pixels[box].copy(), self.layers[box].copy()
        self._moved(np.array([[1.0, 0, -left], [0, 1, -top]]))

    def mirror(self) -> None:
        """Left and right exchanged."""
        self.pixels, self.layers = self.pixels[:, ::-1].copy(), self.layers[:, ::-1].copy()
        self._moved(np.array([[-1.0, 0, self.size[0] - 1], [0, 1, 0]]))

    def turn(self, degrees: float) -> None:
        """About its middle, in a frame of the same size, with black corners."""
        width, height = self.size
        matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1)
        self.pixels = as_pixels(cv2.warpAffine(self.pixels, matrix, self.size))
        self.layers = as_pixels(cv2.warpAffine(self.layers, matrix, self.size))
        self._moved(matrix)

    def lay_on(self, page: Pixels, left: int, top: int) -> None:
        """Onto a page, at a place."""
        width, height = self.size
        box = np.s_[top : top + height, left : left + width]
        page, layers = page.copy(), np.zeros((*page.shape[:2], 4), np.uint8)
        page[box], layers[box] = self.pixels, self.layers
        self.pixels, self.layers = page, layers
        self._moved(np.array([[1.0, 0, left], [0, 1, top]]))

    def _moved(self, step: npt.NDArray[np.float64]) -> None:
        self.matrix = compose(step, self.matrix)

    def layers_at(self, to_canvas: npt.NDArray[np.float64], size: tuple[int, int]) -> Pixels:
        """The layers seen through a matrix, (width, height) `size`."""
        scale = float(np.sqrt(abs(np.linalg.det(to_canvas[:, :2]))))
        layers, matrix = self.layers, to_canvas
        if scale < 0.7:
            width, height = self.size
            small = (max(1, round(width * scale)), max(1, round(height * scale)))
            x, y = small[0] / width, small[1] / height
            layers = as_pixels(cv2.resize(layers, small, interpolation=cv2.INTER_AREA))
            shrink = np.array([[x, 0, (x - 1) / 2], [0, y, (y - 1) / 2]])
            matrix = compose(to_canvas, invert(shrink))
        return as_pixels(cv2.warpAffine(layers, matrix, size))


def as_pixels(values: npt.ArrayLike) -> Pixels:
    """Clipped to 0..255, contiguous."""
    return np.ascontiguousarray(np.clip(values, 0, 255).astype(np.uint8))


def jpeg(pixels: Pixels, quality: int) -> Pixels:
    """Saved and opened again."""
    return open_picture(encode_jpeg(pixels, quality)).pixels


def resample(pixels: Pixels, size: tuple[int, int]) -> Pixels:
    """At (width, height) `size`."""
    return as_pixels(cv2.resize(pixels, size, interpolation=cv2.INTER_AREA))


def noise_field(shape: tuple[int, int], knots: int, randomness: np.random.Generator) -> Mask:
    """(h, w): smooth noise of about unit size, from `knots` rows of values."""
    height, width = shape
    few = (knots, max(2, round(knots * width / height)))
    values = randomness.normal(size=few).astype(np.float32)
    return np.asarray(cv2.resize(values, (width, height), interpolation=cv2.INTER_CUBIC))


def shift(pixels: Pixels, across: Mask, down: Mask) -> Pixels:
    """Every pixel fetched from so many pixels to the right and below."""
    rows, columns = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]].astype(np.float32)
    moved = cv2.remap(
        pixels, columns + across, rows + down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT
    )
    return as_pixels(moved)
