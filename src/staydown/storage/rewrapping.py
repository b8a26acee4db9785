"""Wrapping every data key by another master key, while others go on keeping new ones.

What a data key sealed stays as it is: it is the keys that are wrapped anew, a few dozen bytes each.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection

from staydown.audit.keeping import MasterKeyRotated
from staydown.casework.people import COMMAND_LINE
from staydown.clock import Clock
from staydown.sealing.envelope import MasterKey
from staydown.sealing.masters import Masters
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import DataKeyRow, MasterRow
from staydown.storage.traces import erase_traces
from staydown.storage.transactions import atomically, locked
from staydown.storage.vault import wrap_anew

ONLY = 1
BATCH = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rewrapping:
    """Has `by` wrap everything, in the place of whichever of `masters` does."""

    masters: Masters
    by: MasterKey
    journal: DatabaseJournal
    clock: Clock

    def run(self) -> Iterator[int]:
        """How many keys were wrapped anew, after each batch; may be ended anywhere, and run again.

        Once it has run to its end, no other master key opens anything in these tables. Raises
        SealBroken if there is a key that none of `masters` opens.
        """
        self._announce()
        last = ""
        while subjects := self._next_subjects(last):
            with atomically():
                rows = DataKeyRow.objects.filter(subject__in=subjects, wrapped__isnull=False)
                wrapped = self._wrap(locked(rows.order_by("subject")))
            yield wrapped
            last = subjects[-1]
        with atomically():
            self._keep_others_out()
            wrapped = self._wrap(DataKeyRow.objects.filter(wrapped__isnull=False).iterator(BATCH))
            self._conclude()
        yield wrapped

    def _announce(self) -> None:
        """From here on whoever keeps a key has it wrapped by the new one."""
        with atomically():
            row, _ = locked(MasterRow.objects.all()).get_or_create(pk=ONLY)
            if row.name != self.by.name:
                row.name, row.wraps_all = self.by.name, False
                row.save()

    def _next_subjects(self, last: str) -> list[str]:
        rows = DataKeyRow.objects.filter(subject__gt=last, wrapped__isnull=False)
        return list(rows.order_by("subject").values_list("subject", flat=True)[:BATCH])

    def _wrap(self, rows: Iterable[DataKeyRow]) -> int:
        return sum(wrap_anew(row, self.masters, self.by) for row in rows)

    def _keep_others_out(self) -> None:
        """Wait for those who looked before the announcement, and keep a key only now.

        SQLite lets one writer in at a time, and that is us.
        """
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                table = connection.ops.quote_name(DataKeyRow._meta.db_table)
                cursor.execute(f"LOCK TABLE {table} IN SHARE ROW EXCLUSIVE MODE")

    def _conclude(self) -> None:
        if MasterRow.objects.filter(pk=ONLY, wraps_all=False).update(wraps_all=True):
            self.journal.append(MasterKeyRotated(), by=COMMAND_LINE, at=self.clock.now())
        erase_traces()


def vacuum_keys() -> None:
    """Have PostgreSQL give up the rows that were written over. Outside of a transaction."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM {connection.ops.quote_name(DataKeyRow._meta.db_table)}")
