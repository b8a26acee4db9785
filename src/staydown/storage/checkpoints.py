"""Checkpoints in rows, as they are handed out: text that is never written a second time."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import F

from staydown.audit.checkpoints import SignedCheckpoint, read
from staydown.audit.export import StampedCheckpoint
from staydown.storage.models import CheckpointRow

FIRST_WAIT = timedelta(minutes=1)
LONGEST_WAIT = timedelta(hours=6)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseCheckpoints:
    """The checkpoints of this installation."""

    def last_made_at(self) -> datetime | None:
        """When the last one was made, if any was."""
        row = CheckpointRow.objects.order_by("-length").first()
        return row.made_at if row else None

    def keep(self, signed: SignedCheckpoint) -> None:
        """Write one; of two for the same length, the first stays."""
        stated = signed.checkpoint
        CheckpointRow.objects.get_or_create(
            length=stated.length,
            defaults={
                "made_at": stated.at,
                "due_at": stated.at,
                "signed": signed.written().decode(),
            },
        )

    def all(self) -> Iterator[StampedCheckpoint]:
        """Every one, oldest first. Raises SealBroken for one that was changed."""
        for row in CheckpointRow.objects.order_by("length").iterator(chunk_size=1000):
            stamp = None if row.stamp is None else bytes(row.stamp)
            yield StampedCheckpoint(signed=read(row.signed.encode()), stamp=stamp)

    def to_stamp(self, at: datetime) -> Sequence[SignedCheckpoint]:
        """Those without a timestamp that are to be asked about now, the newest first.

        A timestamp of the newest covers what the older ones do.
        """
        rows = CheckpointRow.objects.filter(stamp=None, due_at__lte=at).order_by("-length")
        return [read(row.signed.encode()) for row in rows[:24]]

    def unstamped_since(self) -> datetime | None:
        """When the oldest checkpoint that no later timestamp covers was made."""
        stamped = CheckpointRow.objects.exclude(stamp=None).order_by("-length").first()
        rows = CheckpointRow.objects.filter(length__gt=stamped.length if stamped else -1)
        row = rows.order_by("length").first()
        return row.made_at if row else None

    def keep_stamp(self, length: int, stamp: bytes) -> None:
        """Write an authority's answer; the first one stays."""
        CheckpointRow.objects.filter(length=length, stamp=None).update(stamp=stamp)

    def postpone(self, length: int, *, at: datetime) -> None:
        """Nobody answered: ask again after 1, 2, 4 … minutes, at most 6 hours."""
        row = CheckpointRow.objects.filter(length=length).first()
        if row is not None:
            wait = min(FIRST_WAIT * 2 ** min(row.tries, 20), LONGEST_WAIT)
            CheckpointRow.objects.filter(length=length).update(
                tries=F("tries") + 1, due_at=at + wait
            )
