"""Edits that show the picture in something else: a forum's page, light or dark, or a phone's
screen, as a screenshot has them.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from staydown.cli.bench.edited import Chance, Edited, move, resample, scaling, shifting
from staydown.engine.pictures import Pixels

type Colour = tuple[int, int, int]
WORDS = (
    "the forum thread reply about posted yesterday user view more like share comment and some "
    "other long sentence here"
).split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """The colours of a page."""

    paper: Colour
    ink: Colour
    bar: Colour


LIGHT = Theme(paper=(250, 250, 250), ink=(30, 30, 30), bar=(60, 90, 160))
DARK = Theme(paper=(24, 24, 28), ink=(220, 220, 220), bar=(44, 48, 66))
PAGE_WIDTH = 1200
LINE = 24


def write_lines(
    page: Pixels, box: tuple[int, int, int, int], theme: Theme, chance: Chance, size: float = 0.5
) -> None:
    """Lines of words in the box (left, top, right, bottom), in place."""
    left, top, right, bottom = box
    for height in range(top, bottom, round(LINE * max(1.0, size * 1.6))):
        line = ""
        while cv2.getTextSize(line, cv2.FONT_HERSHEY_SIMPLEX, size, 1)[0][0] < right - left - 60:
            line += f"{WORDS[int(chance.integers(len(WORDS)))]} "
        cv2.putText(
            page, line, (left, height), cv2.FONT_HERSHEY_SIMPLEX, size, theme.ink, 1, cv2.LINE_AA
        )


def show_in_page(photo: Edited, chance: Chance, *, theme: Theme) -> Edited:
    """A page of a forum, 1,200 pixels wide, with the photo 480 to 760 pixels wide among text."""
    high = 900 + int(chance.integers(0, 300))
    page = np.full((high, PAGE_WIDTH, 3), theme.paper, np.uint8)
    width = int(chance.integers(480, 760))
    height = round(photo.size[1] * width / photo.size[0])
    if height > high - 260:
        width, height = max(1, round(photo.size[0] * (high - 260) / photo.size[1])), high - 260
    left, top = int(chance.integers(40, max(41, 900 - width))), int(chance.integers(120, 160))
    page[:60] = theme.bar
    cv2.putText(
        page, "Some Forum", (30, 42), cv2.FONT_HERSHEY_DUPLEX, 1, (255, 255, 255), 2, cv2.LINE_AA
    )
    write_lines(page, (40, 100, 640, 101), theme, chance, 0.7)
    write_lines(page, (40, top + height + 30, left + width + 40, high - 8), theme, chance)
    write_lines(page, (left + width + 30, 100, PAGE_WIDTH, high - 8), theme, chance, 0.45)
    return paste(photo, page, (left, top), (width, height))


def show_in_some_page(photo: Edited, chance: Chance) -> Edited:
    """Light or dark."""
    return show_in_page(photo, chance, theme=LIGHT if chance.random() < 0.5 else DARK)


def show_on_phone(photo: Edited, chance: Chance) -> Edited:
    """A phone's screen: bars, the photo across the whole width, buttons, a caption."""
    theme = LIGHT if chance.random() < 0.5 else DARK
    wide = int(chance.choice([640, 720, 828]))
    width, height = wide, max(1, round(photo.size[1] * wide / photo.size[0]))
    high = max(round(wide * 2.0), height + 420)
    screen = np.full((high, wide, 3), theme.paper, np.uint8)
    write_lines(screen, (20, 34, 300, 35), theme, chance, 0.6)
    cv2.circle(screen, (56, 110), 34, theme.bar, -1, cv2.LINE_AA)
    write_lines(screen, (110, 104, 420, 105), theme, chance, 0.7)
    top = 170 + int(chance.integers(0, 60))
    for place in (50, 130, 210):
        cv2.circle(screen, (place, top + height + 50), 22, theme.ink, 3, cv2.LINE_AA)
    write_lines(screen, (24, top + height + 120, wide, high - 60), theme, chance, 0.7)
    cv2.line(screen, (wide // 3, high - 24), (2 * wide // 3, high - 24), theme.ink, 6)
    return paste(photo, screen, (0, top), (width, height))


def paste(photo: Edited, page: Pixels, corner: tuple[int, int], size: tuple[int, int]) -> Edited:
    """The photo on the page, `corner` its first pixel, resized to `size`."""
    left, top = corner
    page[top : top + size[1], left : left + size[0]] = resample(photo.pixels, size)
    step = scaling(size[0] / photo.size[0], size[1] / photo.size[1])
    return move(photo, page, shifting(left, top) @ step)
