"""Edits of the whole picture that move nothing: other colours, softer, sharper, larger, smaller,
and drawn anew.
"""

import cv2
import numpy as np

from staydown.cli.bench.edited import Chance, Edited, move, repaint, resample, scaling

JITTER_PIXELS = 1.0
JITTER_CELL = 40
"""Side in pixels of what moves together in the stand-in for re-synthesis."""


def leave(photo: Edited, _chance: Chance) -> Edited:
    """Nothing but saving again."""
    return photo


def resize(photo: Edited, _chance: Chance, *, factor: float) -> Edited:
    """`factor` times as wide and high."""
    width, height = (max(1, round(side * factor)) for side in photo.size)
    step = scaling(width / photo.size[0], height / photo.size[1])
    return move(photo, resample(photo.pixels, (width, height)), step)


def resize_somewhat(photo: Edited, chance: Chance) -> Edited:
    """To between 60 and 110 %."""
    return resize(photo, chance, factor=float(chance.uniform(0.6, 1.1)))


def recolour(photo: Edited, chance: Chance) -> Edited:
    """Another gamma, tint, brightness and saturation, as a filter would have it."""
    values = (photo.pixels.astype(np.float32) / 255) ** chance.uniform(0.8, 1.25)
    grey = values.mean(axis=2, keepdims=True)
    values = grey + (values - grey) * chance.uniform(0.7, 1.3)
    values = values * chance.uniform(0.9, 1.1, 3) + chance.uniform(-0.04, 0.04)
    return repaint(photo, values * 255)


def grey(photo: Edited, _chance: Chance) -> Edited:
    """Without colour."""
    flat = cv2.cvtColor(photo.pixels, cv2.COLOR_RGB2GRAY)
    return repaint(photo, cv2.cvtColor(flat, cv2.COLOR_GRAY2RGB))


def soften(photo: Edited, chance: Chance) -> Edited:
    """Out of focus by a pixel or so."""
    return repaint(photo, cv2.GaussianBlur(photo.pixels, (0, 0), chance.uniform(0.8, 1.6)))


def sharpen(photo: Edited, chance: Chance) -> Edited:
    """An unsharp mask."""
    amount = chance.uniform(0.6, 1.2)
    soft = cv2.GaussianBlur(photo.pixels, (0, 0), 1.5)
    return repaint(photo, cv2.addWeighted(photo.pixels, 1 + amount, soft, -amount, 0))


def redraw(photo: Edited, chance: Chance) -> Edited:
    """A stand-in for re-synthesis of the whole picture: shrunk and enlarged, denoised, moved here
    and there by up to a pixel, sharpened. Nothing is made up.
    """
    width, height = photo.size
    factor = chance.uniform(0.5, 0.75)
    small = resample(photo.pixels, (max(1, round(width * factor)), max(1, round(height * factor))))
    smooth = cv2.bilateralFilter(resample(small, (width, height)), 5, 25, 3)
    cells = (max(4, height // JITTER_CELL), max(4, width // JITTER_CELL))
    places = np.mgrid[0:height, 0:width].astype(np.float32)[::-1]
    away = [
        cv2.resize(
            chance.uniform(-JITTER_PIXELS, JITTER_PIXELS, cells).astype(np.float32),
            (width, height),
            interpolation=cv2.INTER_LINEAR,
        )
        for _ in range(2)
    ]
    across, down = places[0] + away[0], places[1] + away[1]
    moved = cv2.remap(smooth, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    return repaint(
        photo, cv2.addWeighted(moved, 1.6, cv2.GaussianBlur(moved, (0, 0), 1.2), -0.6, 0)
    )
