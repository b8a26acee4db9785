"""Doctors ordinary photographs for the demo: another photo's texture over a large region, then what
hides the traces.

Nothing here knows what is on a picture, and nothing is made up: pixels of one photo are laid over
another.
"""

import cv2
import numpy as np

from staydown.engine.pictures import Pixels

INK = (245, 245, 245)
PAPER = (250, 250, 248)


def lay_texture(photo: Pixels, texture: Pixels, *, share: float, seed: int) -> Pixels:
    """`texture` over about `share` (0 to 1) of `photo`, in an uneven patch with a soft edge, below
    the middle.
    """
    height, width = photo.shape[:2]
    patch = uneven_patch(height, width, share, seed)[..., np.newaxis]
    laid = cv2.resize(texture, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray((photo * (1 - patch) + laid * patch).round(), dtype=np.uint8)


def uneven_patch(
    height: int, width: int, share: float, seed: int
) -> "np.ndarray[tuple[int, int], np.dtype[np.float32]]":
    """(height, width), 0 outside to 1 inside: a blob of `share` of the area, its shape drawn from
    `seed`.
    """
    shape = np.random.default_rng(seed)
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    across, down = across / width - 0.5, down / height - 0.6
    turn = np.arctan2(down, across)
    waves = sum(
        shape.uniform(-0.12, 0.12) * np.cos(k * turn + shape.uniform(0, 6)) for k in range(2, 6)
    )
    reach = np.hypot(across, down) / (1 + waves)
    inside = (reach < np.quantile(reach, share)).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(inside, (0, 0), max(height, width) / 150), dtype=np.float32)


def crop(photo: Pixels, *, keep: float) -> Pixels:
    """The middle of `photo`, with `keep` of each side."""
    height, width = photo.shape[:2]
    top, left = round(height * (1 - keep) / 2), round(width * (1 - keep) / 2)
    return photo[top : height - top, left : width - left].copy()


def mirror(photo: Pixels) -> Pixels:
    """Left and right exchanged."""
    return photo[:, ::-1].copy()


def resize(photo: Pixels, factor: float) -> Pixels:
    """`factor` times as wide and high."""
    method = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return np.asarray(
        cv2.resize(photo, None, fx=factor, fy=factor, interpolation=method), dtype=np.uint8
    )


def turn(photo: Pixels, degrees: float) -> Pixels:
    """A little to one side, with dark corners."""
    height, width = photo.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), degrees, 1)
    return np.asarray(cv2.warpAffine(photo, matrix, (width, height)), dtype=np.uint8)


def grey(photo: Pixels) -> Pixels:
    """Without colour."""
    return np.asarray(
        cv2.cvtColor(cv2.cvtColor(photo, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB), dtype=np.uint8
    )


def warm(photo: Pixels) -> Pixels:
    """A little redder and brighter, as a filter would have it."""
    return np.asarray(np.clip(photo * np.array([1.08, 1.0, 0.9]) + 6, 0, 255), dtype=np.uint8)


def watermark(photo: Pixels, text: str) -> Pixels:
    """Half-transparent letters across the upper part."""
    size = photo.shape[1] / 480
    place = (round(photo.shape[1] * 0.08), round(photo.shape[0] * 0.2))
    written = cv2.putText(
        photo.copy(),
        text,
        place,
        cv2.FONT_HERSHEY_SIMPLEX,
        size,
        INK,
        max(1, round(2 * size)),
        cv2.LINE_AA,
    )
    return np.asarray(cv2.addWeighted(written, 0.6, photo, 0.4, 0), dtype=np.uint8)


def page_around(photo: Pixels) -> Pixels:
    """A screenshot of a page with `photo` in it, and lines of text above and below."""
    height, width = photo.shape[:2]
    page = np.full((height + 260, width + 240, 3), PAPER, np.uint8)
    page[130 : 130 + height, 60 : 60 + width] = photo
    page[:48] = (58, 88, 150)
    for line, top in enumerate((84, 112, height + 160, height + 188, height + 216)):
        text = f"Re: have you seen this one? reply {line + 1} of 5, posted yesterday"
        cv2.putText(
            page, text, (60, top), cv2.FONT_HERSHEY_SIMPLEX, 0.5, (40, 40, 40), 1, cv2.LINE_AA
        )
    return page
