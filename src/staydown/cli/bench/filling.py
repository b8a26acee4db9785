"""Edits that replace a part: 30 to 70 % of the area in the lower centre, under a soft and irregular
mask, by a texture, a colour, noise, blur, or a smear of what surrounds it.

Nothing is made that was not there: textures are of bricks, gravel, grass and the like, and nothing
here knows what a photograph shows.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from types import MappingProxyType

import cv2
import numpy as np

from staydown.cli.bench.edited import Chance, Edited, SoftMask, as_pixels
from staydown.cli.story.photographs import photograph
from staydown.engine.pictures import Pixels

TEXTURES = ("bricks", "gravel", "grass", "coins", "coffee", "flower", "temple", "cat")
EDGE = 0.008
"""Width of the mask's soft edge, of the picture's side."""
VISIBLE_LEVELS = 15
"""A difference that somebody could see, of 255."""

type Fill = Callable[[Pixels, SoftMask, Chance], Pixels]


def replace_part(photo: Edited, chance: Chance, *, share: float, kind: str) -> Edited:
    """`share` of the area (0 to 1) filled as FILLS says under `kind`."""
    width, height = photo.size
    mask = soft_mask(height, width, share, chance)
    filling = FILLS[kind](photo.pixels, mask, chance)
    weight = mask[..., None]
    mixed = as_pixels(photo.pixels * (1 - weight) + filling * weight)
    apart = np.abs(mixed.astype(np.int16) - photo.pixels).max(axis=2)
    changed = ((apart > VISIBLE_LEVELS) & (mask > 0.5)).astype(np.float32)
    return replace(photo, pixels=mixed, altered=mask, changed=changed)


def replace_somehow(photo: Edited, chance: Chance, *, share: float) -> Edited:
    """Filled by one of the kinds."""
    kind = sorted(FILLS)[int(chance.integers(len(FILLS)))]
    return replace_part(photo, chance, share=share, kind=kind)


def soft_mask(height: int, width: int, share: float, chance: Chance) -> SoftMask:
    """A blob of `share` of the area around a point below the middle, its outline wavy."""
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    across = across / width - 0.5 - chance.uniform(-0.08, 0.08)
    down = down / height - 0.62 - chance.uniform(-0.06, 0.06)
    turn = np.arctan2(down, across)
    waves = sum(
        chance.uniform(-0.12, 0.12) * np.cos(k * turn + chance.uniform(0, 2 * np.pi))
        for k in range(2, 6)
    )
    reach = np.hypot(across, down) / (1 + waves)
    beyond = (reach - np.quantile(reach, share)) / EDGE
    return np.asarray(1 / (1 + np.exp(np.clip(beyond, -50, 50))), np.float32)


@lru_cache(maxsize=len(TEXTURES))
def texture(name: str) -> Pixels:
    """A photograph without people, to be cut into textures."""
    return photograph(name).pixels


def fill_texture(photo: Pixels, _mask: SoftMask, chance: Chance) -> Pixels:
    """A piece of another photograph, tinted, and repeated in mirror images."""
    whole = texture(TEXTURES[int(chance.integers(len(TEXTURES)))])
    high, wide = (max(8, round(side * chance.uniform(0.3, 0.6))) for side in whole.shape[:2])
    top = int(chance.integers(0, whole.shape[0] - high + 1))
    left = int(chance.integers(0, whole.shape[1] - wide + 1))
    piece = whole[top : top + high, left : left + wide] * chance.uniform(0.8, 1.2, 3)
    rows = mirrored_places(photo.shape[0], high)
    columns = mirrored_places(photo.shape[1], wide)
    return as_pixels(piece[rows][:, columns])


def mirrored_places(count: int, period: int) -> "np.ndarray[tuple[int], np.dtype[np.intp]]":
    """0 up to `period`, back again, and so on."""
    places = np.arange(count) % (2 * period)
    return np.asarray(np.minimum(places, 2 * period - 1 - places), np.intp)


def fill_colour(photo: Pixels, _mask: SoftMask, chance: Chance) -> Pixels:
    """One colour, a little lighter towards one end."""
    height, width = photo.shape[:2]
    slope = np.linspace(-15, 15, height)[:, None, None]
    return as_pixels(np.ones((height, width, 3)) * chance.integers(60, 220, 3) + slope)


def fill_noise(photo: Pixels, _mask: SoftMask, chance: Chance) -> Pixels:
    """Coarse noise."""
    height, width = photo.shape[:2]
    coarse = as_pixels(chance.normal(128, 60, (height // 4 + 1, width // 4 + 1, 3)))
    return np.asarray(cv2.resize(coarse, (width, height)), np.uint8)


def fill_blur(photo: Pixels, _mask: SoftMask, _chance: Chance) -> Pixels:
    """What was there, out of focus."""
    return np.asarray(cv2.GaussianBlur(photo, (0, 0), max(photo.shape[:2]) / 40), np.uint8)


def fill_smear(photo: Pixels, mask: SoftMask, _chance: Chance) -> Pixels:
    """The colours of the surroundings, run into each other."""
    outside = (1 - mask)[..., None].astype(np.float32)
    reach = max(photo.shape[:2]) / 16
    colours = cv2.GaussianBlur(photo * outside, (0, 0), reach)
    weights = cv2.GaussianBlur(outside, (0, 0), reach)[..., None]
    mean = (photo * outside).sum(axis=(0, 1)) / max(1.0, float(outside.sum()))
    return as_pixels((colours + 1e-3 * mean) / (weights + 1e-3))


FILLS: Mapping[str, Fill] = MappingProxyType(
    {
        "texture": fill_texture,
        "colour": fill_colour,
        "noise": fill_noise,
        "blur": fill_blur,
        "smear": fill_smear,
    }
)
