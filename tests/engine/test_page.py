"""Where the photographs on a page are, and which pictures are nothing but text."""

import cv2
import numpy as np
import pytest

from staydown.cli.story.doctoring import page_around
from staydown.cli.story.photographs import ALLOWED
from staydown.engine.page import find_photographs, is_only_text
from staydown.engine.pictures import Pixels
from tests.engine.making import bordered, photo


def letters(ground: int, ink: int) -> Pixels:
    """Lines of writing, and nothing else."""
    page = np.full((700, 900, 3), ground, np.uint8)
    for line in range(40, 690, 34):
        words = "words about the weather, and a reply to it"
        cv2.putText(page, words, (20, line), cv2.FONT_HERSHEY_SIMPLEX, 1.0, (ink,) * 3, 2)
    return page


def test_the_photograph_on_a_page_is_found() -> None:
    page = page_around(photo("motorcycle"))

    box = find_photographs(page)

    assert box is not None
    assert box.cut(page).shape[0] < 0.9 * page.shape[0]


def test_the_photograph_in_a_border_is_found() -> None:
    box = find_photographs(np.pad(photo(), ((150, 150), (150, 150), (0, 0)), constant_values=250))
    height, width = photo().shape[:2]

    assert box is not None
    assert (box.left, box.top) == pytest.approx((150, 150), abs=20)
    assert (box.right, box.bottom) == pytest.approx((150 + width, 150 + height), abs=20)


def test_a_photograph_alone_is_no_page() -> None:
    assert find_photographs(photo("motorcycle")) is None
    assert find_photographs(photo("bricks")) is None


@pytest.mark.parametrize(("ground", "ink"), [(255, 10), (18, 220), (245, 120)])
def test_writing_is_only_text(ground: int, ink: int) -> None:
    assert is_only_text(letters(ground, ink))


@pytest.mark.parametrize("name", ALLOWED)
def test_a_photograph_is_not_only_text(name: str) -> None:
    assert not is_only_text(photo(name))
    assert not is_only_text(bordered(photo(name)))


def test_a_page_with_a_photograph_is_not_only_text() -> None:
    page = letters(255, 10)
    page[300:500, 300:600] = cv2.resize(photo("motorcycle"), (300, 200))

    assert not is_only_text(page)
