"""Where the photo ends in a found picture: at paper along a straight line, never at paint."""

import cv2
import numpy as np
import pytest

from staydown.engine.frame import Box, find_photo, is_wedge
from staydown.engine.pictures import Pixels
from tests.engine.making import Mask, fitted, photo

SIZE = (300, 400)


def picture() -> Pixels:
    return fitted(photo("motorcycle"), like=np.zeros((*SIZE, 3), np.uint8))


def boxed(box: Box) -> Mask:
    left, top, right, bottom = box
    mask = np.zeros(SIZE, dtype=bool)
    mask[top:bottom, left:right] = True
    return mask


def framed(found: Pixels, photo_at: Mask) -> Mask:
    """The frame, where all that is not the photo looks changed, and the middle of it is kept."""
    whole = np.ones(SIZE, dtype=bool)
    kept = cv2.erode(photo_at.astype(np.uint8), np.ones((25, 25), np.uint8)) > 0
    return find_photo(found, whole, kept, ~photo_at)


PAPERS = {"light": (250, 250, 248), "dark": (24, 24, 28), "blue": (60, 90, 160)}


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_and_text_around_a_photo_are_outside(paper: str) -> None:
    inside = boxed((40, 50, 370, 260))
    page = np.where(inside[..., None], picture(), np.array(PAPERS[paper])).astype(np.uint8)
    cv2.putText(page, "posted yesterday by a user", (10, 30), 0, 0.5, (128, 128, 128), 1)

    found = framed(page, inside)

    assert (found & ~inside).sum() < 0.01 * inside.sum()
    assert (found & inside).sum() > 0.98 * inside.sum()


def test_one_margin_is_enough() -> None:
    inside = boxed((0, 0, 400, 240))
    page = np.where(inside[..., None], picture(), 255).astype(np.uint8)

    assert not framed(page, inside)[244:].any()


def test_a_painted_patch_with_an_uneven_edge_is_no_margin() -> None:
    rows, columns = np.mgrid[0 : SIZE[0], 0 : SIZE[1]]
    painted = rows > 170 + 25 * np.sin(columns / 40)
    found = np.where(painted[..., None], (180, 120, 90), picture()).astype(np.uint8)

    assert framed(found, ~painted).all()


def test_what_follows_a_line_is_no_page_if_it_is_picture_again() -> None:
    found = picture().copy()
    found[200:] = fitted(photo("gravel"), like=found)[200:]
    found[192:200] = 255

    assert framed(found, boxed((0, 0, 400, 192))).all()


def test_corners_left_by_a_turn_are_outside() -> None:
    turn = cv2.getRotationMatrix2D((199.5, 149.5), 4, 1)
    turned = np.asarray(cv2.warpAffine(picture(), turn, SIZE[::-1]), np.uint8)
    inside = cv2.warpAffine(np.full(SIZE, 255, np.uint8), turn, SIZE[::-1]) > 127

    found = framed(turned, inside)

    assert (found & ~inside).sum() < 0.1 * (~inside).sum()
    assert (found & inside).sum() > 0.98 * inside.sum()


def test_where_nothing_is_kept_nothing_is_cut_off() -> None:
    whole, none = np.ones(SIZE, dtype=bool), np.zeros(SIZE, dtype=bool)

    assert find_photo(picture(), whole, none, whole).all()


SHAPES = {
    "a bar along an edge": (np.s_[:20, :], True),
    "a square in a corner": (np.s_[:200, :200], False),
}


@pytest.mark.parametrize("what", SHAPES)
def test_a_corner_is_thin(what: str) -> None:
    place, is_corner = SHAPES[what]
    patch = np.zeros(SIZE, dtype=bool)
    patch[place] = True

    assert is_wedge(patch) == is_corner
