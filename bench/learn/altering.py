"""What regions are replaced in learning, and with what: textures of other photographs, colours,
noise, blurs, smears, and parts of the same photograph moved, turned, warped or recoloured.

Masks are blobs, polygons, boxes, and outlines of things in other photographs, with soft and hard
edges, anywhere and of any size. A smear spreads surrounding colours; it is no synthesis.
"""

from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from doctored import Doctored, Mask, as_pixels, noise_field, resample, shift

from staydown.engine.pictures import Pixels

type Chance = np.random.Generator


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What a filling is made from: the photograph as it is, the mask, and two others."""

    photo: Pixels
    mask: Mask
    others: tuple[Pixels, Pixels]

    @property
    def side(self) -> int:
        """The longest side in pixels."""
        return max(self.photo.shape[:2])

    @property
    def size(self) -> tuple[int, int]:
        """Width and height."""
        return self.photo.shape[1], self.photo.shape[0]


def alter_somewhere(work: Doctored, others: tuple[Pixels, Pixels], chance: Chance) -> None:
    """One region of `work` replaced."""
    mask = soften(choose_mask(work, others[1], chance), max(work.size), chance)
    ground = Ground(photo=work.pixels, mask=mask, others=others)
    work.alter(mask, FILLINGS[int(chance.integers(len(FILLINGS)))](ground, chance))


def soften(mask: Mask, side: int, chance: Chance) -> Mask:
    """With an edge of .4 to 7 pixels at a size of 400."""
    sigma = side / 400 * float(np.exp(chance.uniform(np.log(0.4), np.log(7))))
    return np.clip(cv2.GaussianBlur(mask, (0, 0), sigma), 0, 1)


def choose_mask(work: Doctored, other: Pixels, chance: Chance) -> Mask:
    """(h, w), 0 or 1."""
    width, height = work.size
    share = float(np.exp(chance.uniform(np.log(0.012), np.log(0.6))))
    centre = (chance.uniform(0.1, 0.9) * width, chance.uniform(0.1, 0.9) * height)
    match int(chance.integers(7)):
        case 0 | 1:
            return lower_blob((height, width), float(chance.uniform(0.1, 0.75)), chance)
        case 2:
            return blob((height, width), share, centre, chance)
        case 3:
            return polygon((height, width), share, centre, chance)
        case 4:
            return box((height, width), share, centre, chance)
    return outline((height, width), share, centre, other)


def polar(shape: tuple[int, int], centre: tuple[float, float]) -> tuple[Mask, Mask]:
    """Distance from and angle about a place, in units of the sides."""
    rows, columns = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    across, down = (columns - centre[0]) / shape[1], (rows - centre[1]) / shape[0]
    return np.hypot(across, down), np.arctan2(down, across)


def lower_blob(shape: tuple[int, int], share: float, chance: Chance) -> Mask:
    """A wavy blob of `share` of the area below the middle."""
    away, turn = polar(shape, (shape[1] * chance.uniform(0.42, 0.58), shape[0] * 0.62))
    waves = 1 + sum(
        chance.uniform(-0.12, 0.12) * np.cos(k * turn + chance.uniform(0, 6)) for k in range(2, 6)
    )
    return smallest(away / waves, share)


def blob(shape: tuple[int, int], share: float, centre: tuple[float, float], chance: Chance) -> Mask:
    """An uneven blob anywhere."""
    away, _ = polar(shape, centre)
    return smallest(
        away * (1 + 0.25 * noise_field(shape, int(chance.integers(4, 9)), chance)), share
    )


def smallest(field: Mask, share: float) -> Mask:
    """1 where `field` is among its smallest values."""
    return (field < np.quantile(field, share)).astype(np.float32)


def polygon(
    shape: tuple[int, int], share: float, centre: tuple[float, float], chance: Chance
) -> Mask:
    """Three to seven straight sides."""
    corners = int(chance.integers(3, 8))
    turns = np.sort(chance.uniform(0, 2 * np.pi, corners))
    reach = np.sqrt(share) * max(shape) * chance.uniform(0.4, 0.9, corners)
    points = np.column_stack([centre[0] + reach * np.cos(turns), centre[1] + reach * np.sin(turns)])
    return np.asarray(cv2.fillPoly(np.zeros(shape, np.float32), [points.astype(np.int32)], 1.0))


def box(shape: tuple[int, int], share: float, centre: tuple[float, float], chance: Chance) -> Mask:
    """A rectangle, upright or turned."""
    side, aspect = np.sqrt(share * shape[0] * shape[1]), chance.uniform(0.5, 2)
    turn = float(chance.uniform(0, 90)) if chance.random() < 0.6 else 0.0
    points = cv2.boxPoints((centre, (side * aspect, side / aspect), turn))
    return np.asarray(cv2.fillPoly(np.zeros(shape, np.float32), [points.astype(np.int32)], 1.0))


def outline(
    shape: tuple[int, int], share: float, centre: tuple[float, float], other: Pixels
) -> Mask:
    """What has about one brightness in another photograph: the outline of a thing."""
    grey = cv2.cvtColor(resample(other, shape[::-1]), cv2.COLOR_RGB2GRAY)
    smooth = cv2.GaussianBlur(grey, (0, 0), max(shape) / 60).astype(np.float32)
    own = smooth[int(centre[1]) % shape[0], int(centre[0]) % shape[1]]
    mask = smallest(np.abs(smooth - own) + 60 * polar(shape, centre)[0], share)
    _, labels, figures, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8))
    if len(figures) < 2:
        return mask
    return (labels == 1 + int(figures[1:, cv2.CC_STAT_AREA].argmax())).astype(np.float32)


def part_of(other: Pixels, size: tuple[int, int], chance: Chance) -> Pixels:
    """Some part of another photograph."""
    share, (height, width) = chance.uniform(0.4, 1.0), other.shape[:2]
    down, across = int(height * share), int(width * share)
    top, left = chance.integers(0, height - down + 1), chance.integers(0, width - across + 1)
    return resample(other[top : top + down, left : left + across], size)


def match_colours(filling: Pixels, photo: Pixels, mask: Mask) -> Pixels:
    """`filling` with the mean and spread that `photo` has under `mask`."""
    where = mask > 0.5
    if int(where.sum()) < 20:
        return filling
    new, old = filling[where].astype(np.float32), photo[where].astype(np.float32)
    even = (filling - new.mean(axis=0)) / (new.std(axis=0) + 4)
    return as_pixels(even * (old.std(axis=0) + 2) + old.mean(axis=0))


def texture(ground: Ground, chance: Chance) -> Pixels:
    """Of another photograph."""
    return part_of(ground.others[0], ground.size, chance)


def matched(ground: Ground, chance: Chance) -> Pixels:
    """Of another photograph, in the colours of what it replaces."""
    return match_colours(texture(ground, chance), ground.photo, ground.mask)


def thing(ground: Ground, chance: Chance) -> Pixels:
    """What the mask may be the outline of, in the colours of its surroundings."""
    around = cv2.GaussianBlur(ground.mask, (0, 0), ground.side / 20)
    part = part_of(ground.others[1], ground.size, chance)
    return match_colours(part, ground.photo, around)


def colour(ground: Ground, chance: Chance) -> Pixels:
    """One colour, perhaps the one that was there, with a slope and a little grain."""
    own = ground.photo[ground.mask > 0.5]
    is_alike = chance.random() < 0.5 and len(own) > 0
    tint = own.mean(axis=0) + chance.normal(0, 12, 3) if is_alike else chance.integers(0, 256, 3)
    width, height = ground.size
    slope = chance.uniform(-25, 25) * np.linspace(-1, 1, height)[:, None, None]
    slant = chance.uniform(-15, 15) * np.linspace(-1, 1, width)[None, :, None]
    grain = chance.normal(0, chance.choice([0, 2, 4]), (height, width, 1))
    return as_pixels(tint + slope + slant + grain)


def noise(ground: Ground, chance: Chance) -> Pixels:
    """Of any coarseness."""
    width, height = ground.size
    step = int(chance.choice([1, 2, 4, 8]))
    shape = (height // step + 1, width // step + 1, 3)
    values = as_pixels(chance.normal(128, chance.uniform(15, 60), shape))
    grown = as_pixels(cv2.resize(values, (width, height)))
    return match_colours(grown, ground.photo, ground.mask) if chance.random() < 0.4 else grown


def blur(ground: Ground, chance: Chance) -> Pixels:
    """Of the photograph itself."""
    return as_pixels(
        cv2.GaussianBlur(ground.photo, (0, 0), ground.side / 400 * chance.uniform(4, 14))
    )


def median(ground: Ground, chance: Chance) -> Pixels:
    """As blur, with edges left."""
    half = as_pixels(cv2.resize(ground.photo, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA))
    smooth = cv2.medianBlur(half, int(2 * chance.integers(5, 12) + 1))
    return as_pixels(cv2.resize(smooth, ground.size, interpolation=cv2.INTER_CUBIC))


def smear(ground: Ground, chance: Chance) -> Pixels:
    """The surrounding colours, the nearer the stronger."""
    step = max(1, ground.side // 200)
    size = (ground.size[0] // step, ground.size[1] // step)
    photo = resample(ground.photo, size).astype(np.float32)
    left = 1 - cv2.resize((ground.mask > 0.02).astype(np.float32), size)
    total, weight = np.zeros_like(photo), np.zeros_like(left)
    for sigma in (2, 5, 12, 30):
        total += cv2.GaussianBlur(photo * left[..., None], (0, 0), sigma) / sigma**3
        weight += cv2.GaussianBlur(left, (0, 0), sigma) / sigma**3
    spread = total / np.maximum(weight, 1e-6)[..., None]
    grain = chance.normal(0, chance.choice([0, 0, 3]), spread.shape)
    return as_pixels(cv2.resize(as_pixels(spread + grain), ground.size))


def mosaic(ground: Ground, _chance: Chance) -> Pixels:
    """The photograph from very few pixels."""
    few = (max(2, ground.size[0] // 24), max(2, ground.size[1] // 24))
    return as_pixels(
        cv2.resize(
            cv2.medianBlur(resample(ground.photo, few), 5),
            ground.size,
            interpolation=cv2.INTER_CUBIC,
        )
    )


def moved(ground: Ground, chance: Chance) -> Pixels:
    """The photograph itself, some way off."""
    turn, away = chance.uniform(0, 2 * np.pi), ground.side * chance.uniform(0.03, 0.35)
    matrix = np.array([[1, 0, away * np.cos(turn)], [0, 1, away * np.sin(turn)]])
    return as_pixels(
        cv2.warpAffine(ground.photo, matrix, ground.size, borderMode=cv2.BORDER_REFLECT)
    )


def turned(ground: Ground, chance: Chance) -> Pixels:
    """The photograph itself, turned, larger or smaller, and some way off."""
    width, height = ground.size
    middle = (width * chance.uniform(0.3, 0.7), height * chance.uniform(0.3, 0.7))
    matrix = cv2.getRotationMatrix2D(middle, chance.uniform(-60, 60), chance.uniform(0.7, 1.4))
    matrix[:, 2] += chance.uniform(-0.15, 0.15, 2) * ground.side
    return as_pixels(
        cv2.warpAffine(ground.photo, matrix, ground.size, borderMode=cv2.BORDER_REFLECT)
    )


def mirrored(ground: Ground, chance: Chance) -> Pixels:
    """The photograph itself, left and right or above and below exchanged."""
    return as_pixels(ground.photo[:, ::-1] if chance.random() < 0.6 else ground.photo[::-1])


def warped(ground: Ground, chance: Chance) -> Pixels:
    """The photograph itself, bent by more than any drift."""
    reach = ground.side / 400 * chance.uniform(6, 20)
    shape, knots = ground.photo.shape[:2], int(chance.integers(4, 10))
    across, down = (reach * noise_field(shape, knots, chance) for _ in range(2))
    return shift(ground.photo, across, down)


def other_hue(ground: Ground, chance: Chance) -> Pixels:
    """The photograph itself in another hue."""
    hsv = cv2.cvtColor(ground.photo, cv2.COLOR_RGB2HSV).astype(np.int32)
    hsv[..., 0] = (hsv[..., 0] + chance.integers(25, 155)) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * chance.uniform(0.8, 2) + chance.uniform(20, 60), 0, 255)
    return as_pixels(cv2.cvtColor(hsv.astype(np.uint8), cv2.COLOR_HSV2RGB))


def faded(ground: Ground, chance: Chance) -> Pixels:
    """The photograph itself, hardly to be seen."""
    pale = (ground.photo - 128.0) * chance.uniform(0.2, 0.5)
    return as_pixels(pale + chance.uniform(60, 200))


FILLINGS: tuple[Callable[[Ground, Chance], Pixels], ...] = (
    *(texture, matched, colour, blur, moved) * 2,
    *(thing, noise, median, smear, mosaic, turned, mirrored, warped, other_hue, faded, moved),
)
"""Drawn from evenly; what stands twice is drawn twice as often."""
