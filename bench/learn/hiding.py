"""What happens to a picture as a whole on its way, in learning: encoding, resizing, colours, blur,
grain, drift, words, a page around it. None of it is an alteration.
"""

import cv2
import numpy as np
from altering import Chance, alter_somewhere
from doctored import ALTERED, Doctored, Mask, as_pixels, jpeg, shift

from staydown.engine.pictures import Pixels

FONTS = (cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX, cv2.FONT_HERSHEY_COMPLEX)
WORDS = tuple(
    "WHEN YOU see the best of forum posted by user 12 www.site.example holiday LOL".split()
)
PAGE_WIDTH = 1200
ALTERED_SHARE = 0.72
"""Of the pictures; the others are honest copies."""


def doctor(photo: Pixels, others: tuple[Pixels, Pixels], chance: Chance) -> Doctored:
    """`photo`, perhaps altered, and sent on its way."""
    work = Doctored(photo)
    if chance.random() < 0.2:
        work.repaint(lambda now: jpeg(now, int(chance.integers(70, 96))))
    if chance.random() < ALTERED_SHARE:
        for _ in range(1 if chance.random() < 0.7 else int(chance.integers(2, 4))):
            alter_somewhere(work, others, chance)
    filter_somehow(work, chance)
    frame_somehow(work, chance)
    if chance.random() < 0.5:
        work.repaint(lambda now: recolour_somehow(now, chance))
    if chance.random() < 0.5:
        work.resize(float(np.exp(chance.uniform(np.log(0.3), np.log(1.5)))))
    if chance.random() < 0.06:
        work.resize(float(chance.uniform(0.93, 1.08)), 1.0)
    write_somewhere(work, chance)
    show_somewhere(work, chance)
    work.repaint(lambda now: jpeg(now, int(chance.integers(30, 93))))
    return work


def filter_somehow(work: Doctored, chance: Chance) -> None:
    """In a bit more than half of the cases."""
    drawn = chance.random()
    if drawn < 0.12:
        work.repaint(lambda now: redraw(now, chance))
    elif drawn < 0.20:
        sigma = chance.uniform(0.6, 1.8) * max(work.size) / 600
        work.repaint(lambda now: cv2.GaussianBlur(now, (0, 0), sigma))
    elif drawn < 0.30:
        amount = chance.uniform(0.4, 1.6) if chance.random() < 0.8 else chance.uniform(1.6, 3.5)
        work.repaint(lambda now: sharpen(now, chance.uniform(0.8, 2.0), amount))
    elif drawn < 0.35:
        work.repaint(lambda now: cv2.bilateralFilter(now, 7, chance.uniform(15, 40), 4))
    elif drawn < 0.40:
        work.repaint(lambda now: now + chance.normal(0, chance.uniform(3, 9), now.shape))
    elif drawn < 0.54:
        work.repaint(lambda now: drift(now, chance.uniform(0.7, 2.4), chance))


def redraw(photo: Pixels, chance: Chance) -> Pixels:
    """A stand-in for a whole-image re-synthesis: smaller and larger, denoised, jittered by at most
    a pixel, sharpened.
    """
    size, factor = photo.shape[1::-1], chance.uniform(0.5, 0.75)
    small = cv2.resize(photo, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    grown = cv2.resize(small, size, interpolation=cv2.INTER_CUBIC)
    smooth = as_pixels(cv2.bilateralFilter(grown, 5, 25, 3))
    knots = max(4, photo.shape[0] // 40)
    across, down = (even_field(photo.shape[:2], knots, chance) for _ in range(2))
    return sharpen(shift(smooth, across, down), 1.2, 0.6)


def even_field(shape: tuple[int, int], knots: int, chance: Chance) -> Mask:
    """As noise_field, of values between -1 and 1."""
    few = chance.uniform(-1, 1, (knots, knots)).astype(np.float32)
    return np.asarray(cv2.resize(few, shape[::-1], interpolation=cv2.INTER_CUBIC))


def sharpen(photo: Pixels, sigma: float, amount: float) -> Pixels:
    """By an unsharp mask."""
    return as_pixels(
        cv2.addWeighted(photo, 1 + amount, cv2.GaussianBlur(photo, (0, 0), sigma), -amount, 0)
    )


def drift(photo: Pixels, reach: float, chance: Chance) -> Pixels:
    """Bent slowly, by at most about `reach` pixels at a size of 400."""
    scale = reach * max(photo.shape) / 400
    across, down = (scale * even_field(photo.shape[:2], 4, chance) for _ in range(2))
    return shift(photo, across, down)


def frame_somehow(work: Doctored, chance: Chance) -> None:
    """Cropped, mirrored, turned, or some of it."""
    if chance.random() < 0.3:
        work.crop(chance.uniform(0.5, 0.9), chance)
    if chance.random() < 0.25:
        work.mirror()
    if chance.random() < 0.3:
        work.turn(chance.uniform(-4, 4) if chance.random() < 0.8 else chance.uniform(-12, 12))


def recolour_somehow(photo: Pixels, chance: Chance) -> Pixels:
    """As filters of telephones do, the same everywhere or slowly varying."""
    values = photo.astype(np.float32)
    grey = (values @ np.array([0.299, 0.587, 0.114], np.float32))[..., None]
    match int(chance.integers(9)):
        case 0 | 1 | 2:
            bent = (values / 255) ** chance.uniform(0.8, 1.25)
            tinted = bent * chance.uniform(0.9, 1.1, 3) + chance.uniform(-0.04, 0.04)
            return as_pixels(tinted * 255)
        case 3:
            return as_pixels(np.broadcast_to(grey, values.shape))
        case 4:
            return darken_corners(photo, chance.uniform(0.2, 0.8))
        case 5:
            mix = np.eye(3) * chance.uniform(0.4, 1) + chance.uniform(0, 0.3, (3, 3))
            return as_pixels(values @ mix.T)
        case 6:
            return steepen(photo, chance.uniform(2, 7))
        case 7:
            return as_pixels(grey + (values - grey) * chance.uniform(0.2, 1.7))
    lab = cv2.cvtColor(photo, cv2.COLOR_RGB2LAB)
    lab[..., 0] = cv2.createCLAHE(chance.uniform(1, 2.0), (4, 4)).apply(lab[..., 0])
    return as_pixels(cv2.cvtColor(lab, cv2.COLOR_LAB2RGB))


def darken_corners(photo: Pixels, amount: float) -> Pixels:
    """A vignette."""
    height, width = photo.shape[:2]
    rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
    away = np.hypot(columns / width - 0.5, rows / height - 0.5)
    return as_pixels(photo * (1 - amount * away**2)[..., None])


def steepen(photo: Pixels, slope: float) -> Pixels:
    """An S-shaped curve of tones."""
    curve = 1 / (1 + np.exp(-slope * (np.arange(256) / 255 - 0.5)))
    return as_pixels(255 * ((curve - curve[0]) / (curve[-1] - curve[0]))[photo])


def write_somewhere(work: Doctored, chance: Chance) -> None:
    """Words over some pictures, and now and then over what was altered on them."""
    if chance.random() < 0.3:
        opacity = float(chance.choice([1, chance.uniform(0.35, 0.8)]))
        ways = (write_words, write_words, write_tiles, write_caption)
        way = ways[int(chance.integers(len(ways)))]
        work.write(lambda now: cv2.addWeighted(way(now, chance), opacity, now, 1 - opacity, 0))
    rows, columns = np.nonzero(work.layers[..., ALTERED] > 200)
    if len(rows) and chance.random() < 0.12:
        place = int(chance.integers(len(rows)))
        work.write(lambda now: write_over(now, (int(columns[place]), int(rows[place])), chance))


def write_words(photo: Pixels, chance: Chance) -> Pixels:
    """Some words in one ink, some with a rim."""
    written, (height, width) = photo.copy(), photo.shape[:2]
    ink = any_ink(chance)
    for _ in range(int(chance.integers(1, 6))):
        size = max(height, width) / 400 * chance.uniform(0.35, 1.6)
        thick = max(1, int(size * chance.uniform(1, 3)))
        place = (int(chance.uniform(0, 0.7) * width), int(chance.uniform(0.05, 1) * height))
        text = " ".join(chance.choice(WORDS, int(chance.integers(1, 5))))
        font = FONTS[int(chance.integers(len(FONTS)))]
        if chance.random() < 0.35:
            rim = tuple(255 - one for one in ink)
            cv2.putText(written, text, place, font, size, rim, thick * 3, cv2.LINE_AA)
        cv2.putText(written, text, place, font, size, ink, thick, cv2.LINE_AA)
    return written


def any_ink(chance: Chance) -> tuple[int, ...]:
    """Black, white, or any colour."""
    if chance.random() < 0.6:
        return (int(chance.choice([0, 255])),) * 3
    return tuple(int(one) for one in chance.integers(0, 256, 3))


def write_caption(photo: Pixels, _chance: Chance) -> Pixels:
    """Bold letters with a black rim, above and below."""
    written, (height, width) = photo.copy(), photo.shape[:2]
    size = width / 350
    for down, text in ((0.13, "WHEN YOU SEE IT"), (0.95, "BOTTOM TEXT")):
        place = (int(width * 0.05), int(height * down))
        for ink, thick in (((0, 0, 0), 8), ((255, 255, 255), 3)):
            wide = max(1, int(thick * size))
            cv2.putText(written, text, place, FONTS[1], size, ink, wide, cv2.LINE_AA)
    return written


def write_tiles(photo: Pixels, chance: Chance) -> Pixels:
    """One word again and again, aslant."""
    height, width = photo.shape[:2]
    side = max(height, width)
    sheet = np.zeros((2 * side, 2 * side), np.uint8)
    text, size = str(chance.choice(WORDS)), side / 400 * 0.7
    down, across = int(side * chance.uniform(0.12, 0.3)), int(side * chance.uniform(0.3, 0.5))
    for row in range(0, 2 * side, down):
        for column in range(0, 2 * side, across):
            place, wide = (column, row), max(1, side // 400)
            cv2.putText(sheet, text, place, FONTS[0], size, 255, wide, cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D((side, side), chance.uniform(-40, 40), 1)
    sheet = cv2.warpAffine(sheet, turn, (2 * side, 2 * side))
    shown = sheet[side // 2 : side // 2 + height, side // 2 : side // 2 + width, None] / 255
    return as_pixels(photo * (1 - shown) + np.array(any_ink(chance)) * shown)


def write_over(photo: Pixels, centre: tuple[int, int], chance: Chance) -> Pixels:
    """Some lines of words about a place."""
    written, side = photo.copy(), max(photo.shape)
    size, ink = side / 400 * chance.uniform(0.3, 1.2), (int(chance.choice([0, 255])),) * 3
    left, top = max(0, int(centre[0] - side * 0.15)), centre[1] - side * 0.08
    for line in range(int(chance.integers(1, 7))):
        place = (left, int(top + line * size * 34))
        wide = max(1, int(2 * size))
        cv2.putText(written, "some words over it", place, FONTS[0], size, ink, wide, cv2.LINE_AA)
    return written


def show_somewhere(work: Doctored, chance: Chance) -> None:
    """In a page, within a border, or as it is."""
    drawn = chance.random()
    if drawn < 0.2:
        show_in_page(work, chance)
    elif drawn < 0.24:
        rim, colour = int(max(work.size) * chance.uniform(0.03, 0.1)), chance.integers(0, 256, 3)
        width, height = work.size
        page = np.empty((height + 2 * rim, width + 2 * rim, 3), np.uint8)
        page[:] = colour
        work.lay_on(page, rim, rim)


def show_in_page(work: Doctored, chance: Chance) -> None:
    """On paper, light or dark, with lines of text around it and a bar above."""
    is_dark = chance.random() < 0.5
    paper, ink = ((24, 24, 28), (220,) * 3) if is_dark else ((250,) * 3, (30,) * 3)
    height = int(900 + chance.integers(0, 300))
    width, tall = work.size
    work.resize(min(float(chance.integers(480, 760)) / width, (height - 260) / tall))
    width, tall = work.size
    page = np.empty((height, PAGE_WIDTH, 3), np.uint8)
    page[:], page[:60] = paper, (60, 90, 160)
    left, top = (
        int(chance.integers(20, max(21, PAGE_WIDTH - width - 300))),
        int(chance.integers(120, 160)),
    )
    for row in (100, *range(top + tall + 30, height - 10, 24)):
        text = " ".join(chance.choice(WORDS, 12))
        cv2.putText(page, text, (40, row), FONTS[0], 0.5, ink, 1, cv2.LINE_AA)
    work.lay_on(page, left, top)
