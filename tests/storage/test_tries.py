"""Tries are counted for all processes together, also when many are made at once."""

from tests.timed import House, reopen, wait  # isort: skip -- sets Django up

from datetime import timedelta

import pytest

from staydown.clock import SetClock
from staydown.errors import TooMuch
from staydown.settings import Settings
from staydown.storage.models import TryRow
from tests.storage.test_transactions import at_once

BOUND = {"a mark": 10}


def try_it(house: House, bounds: dict[str, int] = BOUND) -> None:
    house.tries.count(bounds, until=house.clock.now() + timedelta(minutes=15))


def test_after_the_bound_no_try_is_made_in_any_process(
    house: House, settings: Settings, clock: SetClock
) -> None:
    for _ in range(10):
        try_it(house)

    with pytest.raises(TooMuch, match="wait a quarter of an hour"):
        try_it(reopen(settings, clock))


def test_what_was_not_wrong_does_not_count(house: House) -> None:
    for _ in range(30):
        try_it(house)
        house.tries.take_back(BOUND)

    try_it(house)


def test_many_at_once_get_no_further(house: House) -> None:
    came = at_once(*[lambda: try_it(house)] * 20)

    assert sorted(map(str, came)) == sorted(["None"] * 10 + [str(TooMuch)] * 10)


def test_nothing_is_counted_where_one_mark_is_full(house: House) -> None:
    for _ in range(10):
        try_it(house)

    with pytest.raises(TooMuch):
        try_it(house, {**BOUND, "another mark": 5})
    for _ in range(5):
        try_it(house, {"another mark": 5})


def test_they_are_forgotten_in_time_and_leave_nothing_behind(house: House, clock: SetClock) -> None:
    for _ in range(10):
        try_it(house)
    wait(clock, minutes=16)

    try_it(house, {"another mark": 5})

    assert [row.mark for row in TryRow.objects.all()] == ["another mark"]
    try_it(house)
