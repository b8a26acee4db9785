"""Edits of the frame: cropped, mirrored, turned, stretched, tilted, with a border. What is left of
the picture is as it was.
"""

import cv2
import numpy as np
import numpy.typing as npt

from staydown.cli.bench.edited import Chance, Edited, move, resample, scaling, shifting


def crop(photo: Edited, chance: Chance, *, keep: float) -> Edited:
    """A rectangle of `keep` of the area, somewhere."""
    width, height = photo.size
    wide, high = (max(1, round(side * keep**0.5)) for side in (width, height))
    left = int(chance.integers(0, width - wide + 1))
    top = int(chance.integers(0, height - high + 1))
    kept = photo.pixels[top : top + high, left : left + wide]
    return move(photo, kept, shifting(-left, -top))


def crop_somewhat(photo: Edited, chance: Chance) -> Edited:
    """To between 70 and 85 % of the area."""
    return crop(photo, chance, keep=float(chance.uniform(0.7, 0.85)))


def mirror(photo: Edited, _chance: Chance) -> Edited:
    """Left and right exchanged."""
    step = [[-1, 0, photo.size[0] - 1], [0, 1, 0], [0, 0, 1]]
    return move(photo, photo.pixels[:, ::-1], step)


def mirror_perhaps(photo: Edited, chance: Chance) -> Edited:
    """Mirrored in one case of two."""
    return mirror(photo, chance) if chance.random() < 0.5 else photo


def turn_upright(photo: Edited, _chance: Chance) -> Edited:
    """By a quarter, clockwise."""
    step = [[0, -1, photo.size[1] - 1], [1, 0, 0], [0, 0, 1]]
    return move(photo, np.rot90(photo.pixels, -1), step)


def turn(photo: Edited, chance: Chance, *, degrees: float) -> Edited:
    """To one side or the other, with dark corners."""
    width, height = photo.size
    angle = degrees * (1 if chance.random() < 0.5 else -1)
    step = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1)
    turned = cv2.warpAffine(photo.pixels, step, (width, height), flags=cv2.INTER_LINEAR)
    return move(photo, turned, step)


def turn_slightly(photo: Edited, chance: Chance) -> Edited:
    """By up to 3 degrees."""
    return turn(photo, chance, degrees=float(chance.uniform(0, 3)))


def stretch(photo: Edited, chance: Chance) -> Edited:
    """Wider or higher by 3 to 10 %."""
    width, height = photo.size
    factor = chance.uniform(1.03, 1.10)
    size = (
        (round(width * factor), height)
        if chance.random() < 0.5
        else (width, round(height * factor))
    )
    step = scaling(size[0] / width, size[1] / height)
    return move(photo, resample(photo.pixels, size), step)


def border(photo: Edited, chance: Chance) -> Edited:
    """A frame of one colour, 3 to 12 % of the longer side wide."""
    wide = round(max(photo.size) * chance.uniform(0.03, 0.12))
    colour = [(255, 255, 255), (0, 0, 0), tuple(chance.integers(0, 256, 3).tolist())]
    shown = cv2.copyMakeBorder(
        photo.pixels,
        *(wide, wide, wide, wide),
        cv2.BORDER_CONSTANT,
        value=colour[int(chance.integers(3))],
    )
    return move(photo, shown, shifting(wide, wide))


def tilt(photo: Edited, chance: Chance) -> Edited:
    """Seen from a little aside: each corner comes in by up to 4 % of the sides."""
    width, height = photo.size
    corners = corners_of(width, height)
    inward = np.sign(corners.mean(axis=0) - corners) * chance.uniform(0, 0.04, (4, 2))
    goal = (corners + inward * (width, height)).astype(np.float32)
    step = np.asarray(cv2.getPerspectiveTransform(corners, goal), np.float64)
    return move(photo, cv2.warpPerspective(photo.pixels, step, (width, height)), step)


def corners_of(width: int, height: int) -> npt.NDArray[np.float32]:
    """(4, 2): clockwise from the first pixel."""
    right, low = width - 1, height - 1
    return np.array([(0, 0), (right, 0), (right, low), (0, low)], np.float32)
