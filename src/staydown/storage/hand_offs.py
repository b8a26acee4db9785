"""Hand-offs in rows, what they hold sealed: the shelf of `casework.handing_on`."""

import json
from dataclasses import dataclass
from datetime import datetime

from staydown.casework.handing_on import HandOff, WaitingHandOff
from staydown.digests import canonical
from staydown.errors import NotFound
from staydown.ids import HandOffId
from staydown.storage.models import HandOffRow
from staydown.storage.transactions import locked
from staydown.storage.vault import DatabaseVault

WHERE = "where"


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseHandOffs:
    """The shelf."""

    vault: DatabaseVault

    def keep(self, hand_off: HandOff) -> None:
        """Keep one; where it is goes into the vault."""
        HandOffRow.objects.create(id=hand_off.id, received_at=hand_off.received_at)
        content = canonical({"places": hand_off.places, "digests": hand_off.digests})
        self.vault.put(hand_off.id, WHERE, content)

    def waiting(self) -> tuple[WaitingHandOff, ...]:
        """Those that nobody handed on, oldest first."""
        rows = HandOffRow.objects.filter(handed_on_at=None).order_by("received_at")
        return tuple(
            WaitingHandOff(id=HandOffId(row.id), received_at=row.received_at) for row in rows
        )

    def open(self, id: HandOffId) -> HandOff:
        """One that waits. Raises NotFound."""
        row = locked(HandOffRow.objects.filter(id=id, handed_on_at=None)).first()
        if row is None:
            raise NotFound("no such hand-off")
        content = json.loads(self.vault.open(id, WHERE))
        return HandOff(
            id=id,
            received_at=row.received_at,
            places=tuple(content["places"]),
            digests=tuple(content["digests"]),
        )

    def close(self, id: HandOffId, at: datetime) -> None:
        """Destroy the key of where it is; that and when it was handed on stays."""
        HandOffRow.objects.filter(id=id).update(handed_on_at=at)
        self.vault.forget(id)
