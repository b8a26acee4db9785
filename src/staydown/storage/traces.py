"""Traces of destroyed keys in SQLite's write-ahead log, and overwriting them.

A key that was destroyed is gone from the tables with its transaction; pages from before may linger
in the log until that is emptied, which a reader can delay. So what is owed is written down in the
same transaction, and done right after it if nobody is in the way, otherwise by jobs. PostgreSQL
keeps dead rows until its vacuum, which the operator's handbook asks for.
"""

from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import F

from staydown.storage.models import ErasureRow

ONLY = 1
BUSY_MILLISECONDS = 200
"""How long we wait for readers before we leave it to the next try."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """What is still to be overwritten: how many erasures, and how often it was tried in vain."""

    erasures: int
    tries: int


def erase_traces() -> None:
    """Have the log emptied after the transaction that is open, once however often it is asked."""
    if connection.vendor != "sqlite":
        return
    ErasureRow.objects.get_or_create(pk=ONLY)
    ErasureRow.objects.filter(pk=ONLY).update(owed=F("owed") + 1)
    if overwrite_traces not in [waiting[1] for waiting in connection.run_on_commit]:
        transaction.on_commit(overwrite_traces, robust=True)


def owed() -> Owed:
    """What is still to be overwritten."""
    row = ErasureRow.objects.filter(pk=ONLY).first()
    if row is None:
        return Owed(erasures=0, tries=0)
    return Owed(erasures=row.owed - row.erased, tries=row.tries)


def overwrite_traces() -> None:
    """Empty the log, if that is owed; a reader in the way leaves it owed."""
    row = ErasureRow.objects.filter(pk=ONLY, erased__lt=F("owed")).first()
    if row is None:
        return
    mine = ErasureRow.objects.filter(pk=ONLY, erased__lt=row.owed)
    if _empty_log():
        mine.update(erased=row.owed, tries=0)
    else:
        mine.update(tries=F("tries") + 1)


def _empty_log() -> bool:
    """Whether all of the log is in the tables now, and its file empty."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        [patience] = cursor.fetchone()
        cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy, _, _ = cursor.fetchone()
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {patience}")
    return not is_busy


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseTraces:
    """What jobs need of it."""

    def erase(self) -> None:
        """Overwrite what is still owed, as far as nobody is in the way."""
        overwrite_traces()
