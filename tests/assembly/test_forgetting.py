"""What was withdrawn leaves the memory of every process within a second, searches or not."""

from tests.timed import House, reopen  # isort: skip -- sets Django up

import threading
from collections.abc import Callable
from time import monotonic, sleep

from staydown.assembly.forgetting import forgetting
from staydown.casework.people import Notifier
from staydown.clock import SetClock
from staydown.storage.bank import DatabaseBank
from tests.stories import file_notice


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether it holds before that time is over."""
    until = monotonic() + seconds
    while not (held := holds()) and monotonic() < until:
        sleep(0.02)
    return held


def test_a_process_that_does_not_search_forgets_within_a_second(
    house: House, clock: SetClock
) -> None:
    elsewhere = reopen(house.settings, clock)
    receipt = file_notice(house)
    catalogue = elsewhere.bank.shelf().catalogue
    assert len(catalogue.entries) == 1

    with forgetting(elsewhere.bank):
        house.reviewing.withdraw(
            receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret)
        )
        assert within(1.0, lambda: catalogue.entries == frozenset())


def test_nothing_is_unsealed_only_to_be_forgotten(house: House, clock: SetClock) -> None:
    elsewhere = reopen(house.settings, clock)
    file_notice(house)

    elsewhere.bank.drop_forgotten()

    assert isinstance(elsewhere.bank, DatabaseBank)
    assert elsewhere.bank.entries_in_memory == frozenset()


def test_it_ends_with_what_it_is_for(house: House) -> None:
    with forgetting(house.bank):
        assert [one.name for one in threading.enumerate()].count("forgets") == 1

    assert "forgets" not in [one.name for one in threading.enumerate()]


class Away:
    """A bank whose database is away."""

    looks = 0

    def drop_forgotten(self) -> None:
        self.looks += 1
        raise OSError("no route to it")


def test_a_database_that_is_away_for_a_while_ends_nothing() -> None:
    bank = Away()

    with forgetting(bank):
        assert within(3.0, lambda: bank.looks > 1)
