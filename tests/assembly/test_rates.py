"""Each may call at a steady rate, and a minute's worth at once."""

import pytest

from staydown.assembly.rates import Rates
from staydown.errors import TooOften
from tests.sandbox.test_turns import Watch


def count(rates: Rates, times: int, caller: str = "key a") -> int:
    """How many of so many calls were let through."""
    through = 0
    for _ in range(times):
        try:
            rates.count(caller)
        except TooOften:
            continue
        through += 1
    return through


def test_a_minutes_worth_may_come_at_once_and_then_it_goes_on_at_the_rate() -> None:
    watch = Watch()
    rates = Rates(per_minute=120, watch=watch)

    assert count(rates, 500) == 120
    watch.shows += 10
    assert count(rates, 500) == 20
    watch.shows += 600
    assert count(rates, 500) == 120


def test_it_says_when_to_come_again_and_then_it_goes() -> None:
    watch = Watch()
    rates = Rates(per_minute=6, watch=watch)
    count(rates, 6)

    with pytest.raises(TooOften, match="at most 6 requests a minute") as refused:
        rates.count("key a")

    assert refused.value.seconds == 10
    watch.shows += refused.value.seconds
    rates.count("key a")


def test_one_who_is_refused_makes_it_no_worse_and_others_are_not_touched() -> None:
    watch = Watch()
    rates = Rates(per_minute=60, watch=watch)
    count(rates, 1_000)

    assert count(rates, 60, "key b") == 60
    watch.shows += 1
    assert count(rates, 5) == 1


def test_who_owes_nothing_any_more_is_forgotten() -> None:
    watch = Watch()
    rates = Rates(per_minute=60, watch=watch)
    for number in range(100):
        rates.count(f"key {number}")

    watch.shows += 2
    rates.count("key a")

    assert list(rates.due) == ["key a"]
