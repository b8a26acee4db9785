"""Writes lines of words into a picture that we draw. Latin letters, digits and signs of ASCII only;
what else there is becomes a question mark.
"""

import cv2

from staydown.engine.pictures import Pixels

LINE = 24
"""Pixels from line to line."""
SIZE = 0.5
BASE = 13
"""Pixels from the top of a line to what letters stand on."""
INK = (30, 30, 34)


def letter(pixels: Pixels, text: str, *, left: int, top: int) -> None:
    """`text` in one line, as far as there is room."""
    plain = text.encode("ascii", "replace").decode("ascii")
    place = (left, top + BASE)
    cv2.putText(pixels, plain, place, cv2.FONT_HERSHEY_SIMPLEX, SIZE, INK, 1, cv2.LINE_AA)


def wrap(text: str, width: int) -> list[str]:
    """`text` in lines of at most `width` pixels, broken between words; a longer word is alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of(longer) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def width_of(text: str) -> int:
    """In pixels."""
    (width, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, SIZE, 1)
    return int(width)
