"""Edits that lay something on the picture: a watermark, the words of a meme, stickers. What lies
beneath is as it was.
"""

import cv2
import numpy as np

from staydown.cli.bench.edited import Chance, Edited, repaint
from staydown.engine.pictures import Pixels

INK = (255, 255, 255)
OUTLINE = (0, 0, 0)
WATERMARKS = ("somesite.example", "PREVIEW", "forum.example / 4711")
CAPTIONS = (("WHEN YOU SEE IT", "BOTTOM TEXT"), ("NOBODY:", "MY NEIGHBOUR"), ("MONDAY", "AGAIN"))


def write(pixels: Pixels, text: str, place: tuple[int, int], size: float, thick: float) -> None:
    """White letters on `pixels`, in place, `size` in pixels of their height."""
    scale, weight = size / 22, max(1, round(thick))
    cv2.putText(pixels, text, place, cv2.FONT_HERSHEY_SIMPLEX, scale, INK, weight, cv2.LINE_AA)


def watermark(photo: Edited, chance: Chance) -> Edited:
    """Half-transparent letters, once or in rows."""
    width, height = photo.size
    written = photo.pixels.copy()
    text = WATERMARKS[int(chance.integers(len(WATERMARKS)))]
    size = width * chance.uniform(0.035, 0.06)
    rows = 1 if chance.random() < 0.7 else 4
    for row in range(rows):
        top = (row + chance.uniform(0.2, 0.9)) / rows
        place = (round(width * chance.uniform(0.02, 0.2)), round(height * top))
        write(written, text, place, size, size / 9)
    strength = chance.uniform(0.35, 0.6)
    return repaint(photo, cv2.addWeighted(written, strength, photo.pixels, 1 - strength, 0))


def caption(photo: Edited, chance: Chance) -> Edited:
    """Large words with an outline at the top and at the bottom."""
    width, height = photo.size
    shown = photo.pixels.copy()
    words = CAPTIONS[int(chance.integers(len(CAPTIONS)))]
    for text, top in zip(words, (0.14, 0.94), strict=True):
        scale = 0.9 * width / cv2.getTextSize(text, cv2.FONT_HERSHEY_DUPLEX, 1, 1)[0][0]
        scale = min(scale, height / 200)
        place = (round(width * 0.05), round(height * top))
        for ink, thick in ((OUTLINE, 6 * scale), (INK, 2 * scale)):
            weight = max(1, round(thick))
            cv2.putText(
                shown, text, place, cv2.FONT_HERSHEY_DUPLEX, scale, ink, weight, cv2.LINE_AA
            )
    return repaint(photo, shown)


def stickers(photo: Edited, chance: Chance) -> Edited:
    """Two to four round or star-shaped ones of full colours, each a few percent of the area."""
    width, height = photo.size
    shown = photo.pixels.copy()
    for _ in range(int(chance.integers(2, 5))):
        reach = min(width, height) * chance.uniform(0.06, 0.12)
        centre = np.array([width, height]) * chance.uniform(0.1, 0.9, 2)
        points = int(chance.integers(5, 9)) if chance.random() < 0.5 else 40
        stick(shown, centre, reach, points, tuple(chance.integers(40, 256, 3).tolist()))
    return repaint(photo, shown)


def stick(
    pixels: Pixels,
    centre: "np.ndarray[tuple[int, ...], np.dtype[np.float64]]",
    reach: float,
    points: int,
    colour: tuple[int, int, int],
) -> None:
    """One sticker, in place: a star of so many points, or nearly a circle, with a white rim."""
    turns = np.linspace(0, 2 * np.pi, 2 * points, endpoint=False)
    depth = np.where(np.arange(2 * points) % 2 == 0, 1.0, 0.5 if points < 40 else 1.0)
    outline = centre + reach * depth[:, None] * np.stack([np.cos(turns), np.sin(turns)], axis=1)
    shape = outline.round().astype(np.int32)[None]
    cv2.fillPoly(pixels, list(shape), colour, cv2.LINE_AA)
    cv2.polylines(pixels, list(shape), True, INK, max(1, round(reach / 12)), cv2.LINE_AA)
