"""Small photographs without people, as files and as values, for the benchmark's tests."""

from functools import cache
from pathlib import Path

import cv2
import numpy as np

from staydown.cli.bench.edited import resample
from staydown.cli.bench.photographs import Photograph, read_photograph
from staydown.cli.story.photographs import photograph
from staydown.engine.pictures import Pixels, encode_jpeg

NAMES = ("rocket", "moon", "galaxies", "motorcycle", "motorcycle, a step aside")
"""None of them is among the textures that replacements are made of; two are of one place."""
SIDE = 320


@cache
def small(name: str = "motorcycle", side: int = SIDE) -> Pixels:
    """A photograph whose longest side has so many pixels."""
    pixels = photograph(name).pixels
    factor = side / max(pixels.shape[:2])
    return resample(pixels, (round(pixels.shape[1] * factor), round(pixels.shape[0] * factor)))


def write_photo(path: Path, pixels: Pixels, quality: int = 90) -> Photograph:
    """The pixels as a JPEG file, and that file as the benchmark reads it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(encode_jpeg(pixels, quality))
    read = read_photograph(path)
    assert read is not None
    return read


def write_folder(folder: Path) -> list[Photograph]:
    """Each of NAMES as a file."""
    return [
        write_photo(folder / f"photo{place}.jpg", small(name)) for place, name in enumerate(NAMES)
    ]


def dots(size: tuple[int, int], places: "np.ndarray") -> Pixels:
    """A grey picture of (width, height) with a white dot at each of the (n, 2) places."""
    drawn = np.full((size[1], size[0], 3), 60, np.uint8)
    for across, down in places:
        cv2.circle(drawn, (round(across), round(down)), 5, (255, 255, 255), -1)
    return drawn
