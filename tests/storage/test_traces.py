"""Destroyed keys leave the write-ahead log too: at once, or as soon as nobody is reading."""

from tests.timed import DATABASE, House, wait  # isort: skip -- sets Django up

import sqlite3
from collections.abc import Iterator
from time import monotonic

import pytest
from django.db import connection

from staydown.casework.filing import Receipt
from staydown.casework.people import Notifier
from staydown.clock import SetClock
from staydown.jobs.draining import drain
from staydown.storage.models import DataKeyRow, ErasureRow
from staydown.storage.traces import Owed, owed
from tests.shortcuts import hold_quickly

pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL has no log of ours to empty"
)
LOG = DATABASE.with_name(f"{DATABASE.name}-wal")


def take_back(house: House, receipt: Receipt) -> None:
    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))


@pytest.fixture
def reader(house: House) -> Iterator[sqlite3.Connection]:
    """Somebody who reads the database and takes their time: a backup, say."""
    with sqlite3.connect(DATABASE, isolation_level=None) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM storage_caserow").fetchone()
        yield other
    other.close()


def keys() -> list[bytes]:
    return [bytes(row.wrapped or b"") for row in DataKeyRow.objects.exclude(subject="marks")]


def test_a_withdrawal_empties_the_log_once_for_all_its_keys(house: House) -> None:
    receipt, _ = hold_quickly(house)

    with connection.execute_wrapper(counting := Counting()):
        take_back(house, receipt)

    assert counting.checkpoints == 1
    assert owed() == Owed(erasures=0, tries=0)
    [row] = ErasureRow.objects.all()
    assert row.owed > 2


class Counting:
    """Counts how often the log was asked to be emptied."""

    def __init__(self) -> None:
        self.checkpoints = 0

    def __call__(self, execute, sql, params, many, context):  # type: ignore[no-untyped-def]  # Django's own protocol
        self.checkpoints += "wal_checkpoint" in sql
        return execute(sql, params, many, context)


def test_a_reader_delays_it_and_holds_nobody_up(
    house: House, request: pytest.FixtureRequest
) -> None:
    receipt, _ = hold_quickly(house)
    destroyed = keys()
    request.getfixturevalue("reader")
    began = monotonic()

    take_back(house, receipt)

    assert monotonic() - began < 5
    left = owed()
    assert (left.erasures > 0, left.tries) == (True, 1)
    assert [key for key in destroyed if key in LOG.read_bytes()] != []


def test_jobs_do_it_once_the_reader_is_gone(
    house: House, clock: SetClock, request: pytest.FixtureRequest
) -> None:
    receipt, _ = hold_quickly(house)
    destroyed = keys()
    reader: sqlite3.Connection = request.getfixturevalue("reader")
    take_back(house, receipt)
    drain(house)
    assert owed().tries == 2

    reader.execute("ROLLBACK")
    wait(clock, seconds=1)
    drain(house)

    assert owed() == Owed(erasures=0, tries=0)
    left = LOG.read_bytes() + DATABASE.read_bytes()
    assert [key for key in destroyed if key in left] == []


def test_where_nothing_is_owed_nothing_is_written(house: House) -> None:
    hold_quickly(house)

    drain(house)

    assert ErasureRow.objects.count() == 0
