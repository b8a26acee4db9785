"""Transactions: durable at their end, and waiting for each other instead of failing."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, models, transaction


@contextmanager
def atomically() -> Iterator[None]:
    """One durable transaction.

    `durable` refuses nesting: an inner one would not be on disk at its end.
    """
    with transaction.atomic(durable=True):
        yield


def locked[Row: models.Model](rows: models.QuerySet[Row]) -> models.QuerySet[Row]:
    """The rows, locked until the transaction ends; outside of one, just read.

    SQLite needs no row locks: every transaction begins IMMEDIATE, so there is one writer at a time.
    """
    return rows.select_for_update() if connection.in_atomic_block else rows
