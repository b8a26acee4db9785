"""How far the look through what is public has come, in one row."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import F

from staydown.casework.existing import Progress
from staydown.storage.models import LookBackRow
from staydown.storage.outbox import wait_after
from staydown.storage.transactions import atomically, locked

ONLY = 1


def look_at_notes() -> LookBackRow:
    """The row as it is, for looking at."""
    return LookBackRow.objects.filter(pk=ONLY).first() or LookBackRow()


def owe_a_look() -> None:
    """What is public has to be looked through, in the transaction that is open.

    A round that is under way has passed pictures by that did not know yet: it does not count.
    """
    LookBackRow.objects.get_or_create(pk=ONLY)
    row = locked(LookBackRow.objects.filter(pk=ONLY)).get()
    row.rounds = 2 if row.is_under_way else 1
    row.save()


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseLookingNotes:
    """The notes of `casework.existing`."""

    def begin(self, at: datetime) -> Progress | None:
        """What to go on with, marked as under way; None if nothing is owed or due."""
        if not LookBackRow.objects.filter(pk=ONLY, rounds__gt=0).exists():
            return None  # the usual case takes no lock
        with atomically():
            row = locked(LookBackRow.objects.filter(pk=ONLY)).get()
            if not row.rounds or (row.due_at and row.due_at > at):
                return None
            row.is_under_way = True
            row.save()
        return Progress(rounds=row.rounds, after=row.after, unread=row.unread)

    def turn_page(self, before: Progress, *, next: str, unread: int) -> None:
        """The page after `before.after` was looked through; nothing if somebody else said so."""
        with atomically():
            row = locked(LookBackRow.objects.filter(pk=ONLY)).get()
            if row.after != before.after or not row.is_under_way:
                return
            row.after, row.unread = next, row.unread + unread
            row.attempts, row.due_at = 0, None
            if not next:
                row.rounds, row.is_under_way = row.rounds - 1, False
                row.unread_before, row.unread = row.unread, 0
            row.save()

    def postpone(self, *, at: datetime) -> None:
        """Due again after 2, 4, 8 … seconds, at most an hour."""
        with atomically():
            row = locked(LookBackRow.objects.filter(pk=ONLY)).get()
            row.due_at = at + wait_after(row.attempts)
            row.attempts = F("attempts") + 1
            row.save()
