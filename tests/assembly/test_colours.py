"""An operator's colour is taken if people can read it, by day and in the dark."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.settings.colours import (
    DARK_PAPER,
    PAPER,
    READABLE,
    contrast,
    read_colour,
    shades_of,
)
from tests.house.sources import SRC

KNOWN = {("#000000", "#ffffff"): 21.0, ("#777777", "#ffffff"): 4.48, ("#ff0000", "#ffffff"): 4.0}
"""Pairs and their contrast, as the tools of others give it."""


@pytest.mark.parametrize("pair", KNOWN)
def test_contrast_is_that_of_wcag(pair: tuple[str, str]) -> None:
    assert contrast(*pair) == pytest.approx(KNOWN[pair], abs=0.005)
    assert contrast(*reversed(pair)) == contrast(*pair)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("red", "must be a colour such as #1c5650"),
        ("#12345", "must be a colour such as #1c5650"),
        ("#1c5650;}", "must be a colour such as #1c5650"),
        ("#ffcc00", "must be darker: on our paper its contrast is 1.3, and people need 4.5"),
    ],
)
def test_what_nobody_could_read_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        read_colour(text)


def test_a_colour_is_taken_in_any_case_and_so_is_none() -> None:
    assert read_colour(" #1C5650 ") == "#1c5650"
    assert read_colour("") == ""


@given(st.integers(min_value=0, max_value=0xFFFFFF))
def test_whatever_is_taken_can_be_read_everywhere(number: int) -> None:
    try:
        colour = read_colour(f"#{number:06x}")
    except ValueError:
        return
    shades = shades_of(colour)

    pairs = (
        (shades.light, PAPER),
        (shades.light, shades.light_ink),
        (shades.dark, DARK_PAPER),
        (shades.dark, shades.dark_ink),
    )
    assert min(contrast(*pair) for pair in pairs) >= READABLE


def test_the_grounds_are_those_of_the_stylesheet() -> None:
    style = (SRC / "help_pages" / "static" / "help_pages" / "help.css").read_text()

    assert re.findall(r"--card: (#\w+)", style) == [PAPER, DARK_PAPER]
    papers = re.findall(r"--paper: (#\w+)", style)
    assert contrast(papers[0], "#000000") >= contrast(PAPER, "#000000")
    assert contrast(papers[1], "#ffffff") >= contrast(DARK_PAPER, "#ffffff")
