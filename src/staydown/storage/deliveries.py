"""Commands that are still to be told, in rows; and the secrets that sign, sealed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, QuerySet

from staydown.casework.commands import Command
from staydown.casework.telling import Delivery
from staydown.errors import NotFound
from staydown.ids import CommandId, Randomness, system_randomness
from staydown.storage.models import DeliveryRow, SealedRow
from staydown.storage.rows import command_of
from staydown.storage.transactions import atomically
from staydown.storage.vault import DatabaseVault

WEBHOOK = "webhook"
"""The subject under whose key the secrets are sealed."""
NEWEST, BEFORE = "secret", "secret before"


def owe_telling(command: Command) -> None:
    """Have the platform told, once the transaction that is open is durable."""
    DeliveryRow.objects.create(command_id=command.id, due_at=command.issued_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseDeliveries:
    """The deliveries of `casework.telling`."""

    def due(self, at: datetime) -> Sequence[Delivery]:
        """Of each content the first that was not told; and of those, what is due."""
        owed = DeliveryRow.objects.filter(
            told_at=None, due_at__isnull=False, command__acknowledged_at=None
        )
        first: dict[str, DeliveryRow] = {}
        for row in owed.select_related("command").order_by("command__number"):
            first.setdefault(row.command.content_ref, row)
        return [
            Delivery(command=command_of(row.command), attempts=row.attempts)
            for row in first.values()
            if row.due_at and row.due_at <= at
        ]

    def told(self, command: CommandId, at: datetime) -> None:
        """It came."""
        _row(command).update(told_at=at)

    def failed(self, command: CommandId, *, again_at: datetime | None) -> None:
        """Due again then, or put aside."""
        _row(command).update(attempts=F("attempts") + 1, due_at=again_at)

    def put_aside(self) -> Sequence[Command]:
        """Commands that are open, never came, and are not tried any more: oldest first."""
        aside = DeliveryRow.objects.filter(told_at=None, due_at=None, command__acknowledged_at=None)
        rows = aside.select_related("command").order_by("command__number")
        return [command_of(row.command) for row in rows]

    def try_again(self, at: datetime) -> int:
        """Have all that was put aside told from now on. Returns how many there are."""
        aside = DeliveryRow.objects.filter(told_at=None, due_at=None)
        return aside.update(due_at=at, attempts=0)


def _row(command: CommandId) -> QuerySet[DeliveryRow]:
    return DeliveryRow.objects.filter(command__command=command)


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseWebhookSecrets:
    """The newest secret, and the one before it, which signs too until there is another."""

    vault: DatabaseVault
    randomness: Randomness = system_randomness

    def current(self) -> Sequence[bytes]:
        """The newest first; none if none was made."""
        return [secret for name in (NEWEST, BEFORE) if (secret := self._open(name))]

    def renew(self, size: int) -> bytes:
        """A fresh one of so many bytes; the newest so far becomes the one before."""
        fresh = self.randomness(size)
        with atomically():
            if newest := self._open(NEWEST):
                self.vault.put(WEBHOOK, BEFORE, newest)
            self.vault.put(WEBHOOK, NEWEST, fresh)
        return fresh

    def _open(self, name: str) -> bytes | None:
        try:
            return self.vault.open(WEBHOOK, name)
        except NotFound:
            return None


def holds_webhook_secret() -> bool:
    """Whether one was made; it is not opened."""
    return SealedRow.objects.filter(key_id=WEBHOOK, name=NEWEST).exists()
