"""What is measured of a canvas before anybody judges it."""

from dataclasses import replace

import numpy as np
import pytest

from staydown.engine.measures import DRIFT, Measures, measure
from tests.engine.making import blurred, patch_over, photo
from tests.engine.test_alteration import laid


def measured(name: str, shift: int = 0) -> Measures:
    canvas = laid(photo(name), photo(name))
    moved = np.roll(canvas.found, shift, axis=1)
    return measure(replace(canvas, found=moved), canvas.inside)


@pytest.mark.parametrize("shift", [0, 1, DRIFT])
def test_texture_agrees_even_where_it_drifted(shift: int) -> None:
    fine = measured("motorcycle", shift).fine

    assert np.median(fine.likeness[:, 4:-4]) > 0.9


def test_texture_that_moved_farther_does_not_agree() -> None:
    assert np.median(measured("gravel", 12).fine.likeness) < 0.5


def test_another_tone_is_no_miss_of_colour() -> None:
    grey = photo("temple").mean(axis=2, keepdims=True).repeat(3, axis=2).astype(np.uint8)
    canvas = laid(photo("temple"), grey)

    miss = measure(canvas, canvas.inside).miss

    assert np.quantile(np.abs(miss), 0.95) < 6


def test_one_repainted_region_does_not_bend_the_tones_of_the_rest() -> None:
    doctored, where = patch_over(photo("coffee"), np.full_like(photo("coffee"), (40, 90, 200)))
    canvas = laid(photo("coffee"), doctored)

    miss = np.abs(measure(canvas, canvas.inside).miss).max(axis=2)

    assert np.median(miss) < 4
    assert np.quantile(miss, 1 - where.mean() / 2) > 40


def test_a_blur_takes_the_finest_texture_away() -> None:
    canvas = laid(photo("gravel"), blurred(photo("gravel"), 4))

    known, found = measure(canvas, canvas.inside).finest_energies

    assert np.median(found) < 0.2 * np.median(known)


def test_outside_of_the_photograph_everything_agrees() -> None:
    doctored, _ = patch_over(photo("temple"), photo("gravel"))
    canvas = laid(photo("temple"), doctored)
    nowhere = np.zeros_like(canvas.inside)

    measures = measure(canvas, nowhere)

    assert np.array_equal(measures.found, measures.known)
    assert not measures.agreeing.any()
