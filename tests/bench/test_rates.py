"""Intervals and thresholds on numbers that are known."""

import math

import numpy as np
import pytest

from staydown.cli.bench.rates import (
    Trial,
    exact_bounds,
    rate_of,
    tail_of,
    threshold_at,
)


def trials(*sources: tuple[int, int]) -> list[Trial]:
    """Of each source so many hits among so many."""
    return [
        Trial(source=f"s{place}", is_hit=number < hits)
        for place, (hits, count) in enumerate(sources)
        for number in range(count)
    ]


@pytest.mark.parametrize(
    ("hits", "count", "low", "high"),
    [
        (0, 100, 0.0, 0.0295),  # the rule of three says 0.03
        (100, 100, 0.9705, 1.0),
        (5, 10, 0.1871, 0.8129),
        (0, 0, 0.0, 1.0),
    ],
)
def test_exact_bounds_are_those_of_clopper_and_pearson(
    hits: int, count: int, low: float, high: float
) -> None:
    assert exact_bounds(hits, count) == pytest.approx((low, high), abs=1e-4)


def test_none_of_many_pictures_of_few_sources_shows_little() -> None:
    many = rate_of(trials(*[(0, 1)] * 300), seed=1)
    few = rate_of(trials(*[(0, 100)] * 3), seed=1)

    assert (many.trials, few.trials) == (300, 300)
    assert many.high == pytest.approx(0.00994, abs=1e-4)
    assert few.high == pytest.approx(0.6316, abs=1e-4)


def test_the_interval_widens_when_pictures_of_a_source_fail_together() -> None:
    apart = rate_of(trials(*[(1, 2)] * 100), seed=1)
    together = rate_of(trials(*[(2, 2), (0, 2)] * 50), seed=1)

    assert apart.value == together.value == 0.5
    assert (apart.low, apart.high) == (0.5, 0.5)
    assert together.high - together.low == pytest.approx(4 * 0.5 / 10, abs=0.03)


def test_an_interval_repeats_exactly_with_its_seed() -> None:
    some = trials((1, 3), (3, 3), (0, 2), (2, 5))

    assert rate_of(some, seed=5) == rate_of(some[::-1], seed=5)


def test_nothing_tried_is_no_rate_of_one() -> None:
    nothing = rate_of([], seed=1)

    assert (nothing.value, nothing.low, nothing.high) == (0.0, 0.0, 1.0)


def test_a_threshold_lets_through_no_more_strangers_than_its_rate() -> None:
    strangers = np.array([9.0, 8.0, 7.0, 1.0])

    assert threshold_at(strangers, 1_000_000, 1e-6) == 8.0
    assert threshold_at(strangers, 999_999, 1e-6) == 9.0
    assert threshold_at(strangers, 10_000_000, 1e-6) is None


@pytest.mark.parametrize("shape", [-0.2, 0.0, 0.2])
def test_a_tail_goes_on_as_it_falls_off(shape: float) -> None:
    pairs, scale = 1_000_000, 2.0
    ranks = (np.arange(1, 2001) - 0.35) / pairs
    strangers = -scale * np.log(ranks) if shape == 0 else scale / shape * (ranks**-shape - 1)
    truth = scale * math.log(1e9) if shape == 0 else scale / shape * (1e9**shape - 1)

    tail = tail_of(strangers, pairs)

    assert tail is not None
    assert tail.shape == pytest.approx(shape, abs=0.05)
    assert tail.threshold_at(1e-9) == pytest.approx(truth, rel=0.25)
    assert tail.threshold_at(1e-4) == pytest.approx(np.sort(strangers)[::-1][99], rel=0.01)


@pytest.mark.parametrize("strangers", [np.arange(29.0), np.full(500, 3.0)])
def test_a_tail_that_is_too_short_or_flat_is_not_extrapolated(strangers: "np.ndarray") -> None:
    assert tail_of(strangers, 1_000_000) is None
