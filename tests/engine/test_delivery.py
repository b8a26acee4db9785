"""From the canvas to the found picture, and to those who are given a map."""

import numpy as np

from staydown.engine.delivery import plain_map
from staydown.engine.verdict import AREA_VALUES, Area
from tests.engine.making import compared, found, patch_over, photo


def test_the_map_has_the_size_of_the_found_picture() -> None:
    doctored, _ = patch_over(photo("temple"), photo("gravel"))

    areas = compared(doctored).areas

    assert areas is not None
    assert areas.shape == photo("temple").shape[:2]


def test_a_map_that_is_given_away_has_the_four_values_of_the_contract() -> None:
    areas = np.arange(5, dtype=np.uint8)[None].repeat(3, axis=0)

    given = plain_map(areas, found(photo("temple")))

    assert given.tolist() == [[0, 1, 2, 3, 1]] * 3
    assert areas[0, 4] == AREA_VALUES[Area.UNSURE]


def test_the_map_of_no_copy_is_all_outside() -> None:
    given = plain_map(None, found(photo("temple")))

    assert given.shape == photo("temple").shape[:2]
    assert not given.any()
