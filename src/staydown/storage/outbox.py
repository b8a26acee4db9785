"""Effects that jobs still have to perform, in rows: the outbox of `casework.ports`."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from staydown.bank.entries import EntryRole
from staydown.casework.changes import Effect, RememberCopy
from staydown.ids import ActorId, CopyId, EntryId
from staydown.storage.models import EffectRow
from staydown.storage.transactions import locked

FIRST_WAIT = timedelta(seconds=2)
LONGEST_WAIT = timedelta(hours=1)


def wait_after(attempts: int) -> timedelta:
    """How long to wait once so many tries before the last one had failed too."""
    return min(FIRST_WAIT * (1 << min(attempts, 20)), LONGEST_WAIT)


def post(effect: Effect, *, at: datetime) -> None:
    """Have `effect` performed from `at` on, once the transaction that is open is durable."""
    EffectRow.objects.create(effect=asdict(effect), due_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseOutbox:
    """The outbox.

    Two processes may try the same effect; the one that strikes it off has performed it.
    """

    def due(self, at: datetime) -> Sequence[int]:
        """Numbers of the effects to perform now, oldest first."""
        rows = EffectRow.objects.filter(due_at__lte=at).order_by("pk")
        return list(rows.values_list("pk", flat=True))

    def failing(self) -> int:
        """How many effects were tried and did not succeed yet."""
        return EffectRow.objects.filter(attempts__gt=0).count()

    def effect(self, number: int) -> Effect | None:
        """One effect, locked inside a transaction; None if it was performed meanwhile."""
        row = locked(EffectRow.objects.filter(pk=number)).first()
        return _effect(row.effect) if row else None

    def done(self, number: int) -> None:
        """Strike it off."""
        EffectRow.objects.filter(pk=number).delete()

    def failed(self, number: int, *, at: datetime) -> None:
        """Due again after 2, 4, 8 … seconds, at most an hour: never given up."""
        row = locked(EffectRow.objects.filter(pk=number)).first()
        if row is not None:
            row.due_at = at + wait_after(row.attempts)
            row.attempts += 1
            row.save()


def _effect(stored: dict[str, str | bool]) -> Effect:
    """One without a role was posted when there was but one kind of it."""
    return RememberCopy(
        copy=CopyId(str(stored["copy"])),
        entry=EntryId(str(stored["entry"])),
        role=EntryRole(str(stored.get("role", EntryRole.REMOVED))),
        by=ActorId(str(stored["by"])),
        is_confirmed=stored["is_confirmed"] is True,
    )
