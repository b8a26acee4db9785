"""An operator's colour: whether it can be read on the pages, and what goes with it.

Contrast is that of WCAG 2.2, <https://www.w3.org/TR/WCAG22/#dfn-contrast-ratio>: from 1 to 21.
"""

import re
from dataclasses import dataclass
from typing import Final

PAPER: Final = "#f2ece2"
"""The darkest of the light grounds that text in this colour stands on (`help.css`)."""
DARK_PAPER: Final = "#282420"
"""The lightest of the dark grounds."""
WHITE: Final = "#ffffff"
DARK_INK: Final = "#141210"
READABLE: Final = 4.5
"""Least contrast of text, WCAG 2.2, success criterion 1.4.3."""
STEPS: Final = 20
HEX: Final = re.compile(r"#[0-9a-f]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Shades:
    """The colour and what is written on it, by day and in the dark."""

    light: str
    light_ink: str
    dark: str
    dark_ink: str


def read_colour(text: str) -> str:
    """A colour such as `#1c5650`, or none. Raises ValueError if nobody could read it."""
    colour = text.strip().lower()
    if not colour:
        return ""
    if not HEX.fullmatch(colour):
        raise ValueError("must be a colour such as #1c5650")
    found = contrast(colour, PAPER)
    if found < READABLE:
        raise ValueError(
            f"must be darker: on our paper its contrast is {found:.1f}, and people need {READABLE}"
        )
    return colour


def shades_of(colour: str) -> Shades:
    """The shades of a colour that can be read; in the dark it is mixed with white until it can."""
    mixed = (_mix(colour, step / STEPS) for step in range(STEPS + 1))
    dark = next(one for one in mixed if contrast(one, DARK_PAPER) >= READABLE)
    return Shades(light=colour, light_ink=WHITE, dark=dark, dark_ink=DARK_INK)


def contrast(one: str, other: str) -> float:
    """From 1, the same, to 21, black on white."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(part / 255) for part in _parts(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(part: float) -> float:
    """One part of sRGB, without its gamma."""
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4


def _mix(colour: str, share: float) -> str:
    """That share of white in it."""
    mixed = (round(part + (255 - part) * share) for part in _parts(colour))
    return "#" + "".join(f"{part:02x}" for part in mixed)


def _parts(colour: str) -> tuple[int, int, int]:
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    return red, green, blue
