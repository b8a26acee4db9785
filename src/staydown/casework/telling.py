"""Telling the platform of its commands, beside letting it ask for them.

Each command is told until the platform says that it came, then later and later, and in the end is
put aside for the operator to see. Commands about one content are told in the order in which they
were issued: a `restore` never overtakes its `hide`. Whatever was told, the clock stops when the
platform acknowledges it, in its answer or by itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import takewhile
from typing import Final, Protocol

from staydown.casework.commands import Command
from staydown.casework.ordering import Ordering
from staydown.casework.people import Platform, Scope
from staydown.clock import Clock
from staydown.errors import NotFetched
from staydown.ids import ActorId, CommandId

WEBHOOK: Final = Platform(id=ActorId("webhook"), scopes=frozenset({Scope.COMMANDS}))

WAITS: Final = (
    *(timedelta(seconds=5), timedelta(seconds=30), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (2, 5, 10, 14, 20, 24)),
)
"""How long to wait after each try that failed. After the last one it is put aside."""


class Heard(Enum):
    """What the platform answered."""

    CAME = auto()
    DONE = auto()  # it came, and was carried out: acknowledged
    GONE = auto()  # nobody listens there any more


class Messenger(Protocol):
    """Tells the platform of one command."""

    def tell(self, command: Command, at: datetime) -> Heard:
        """Raises NotFetched if it did not come."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A command that is still to be told, and how often that was tried."""

    command: Command
    attempts: int


class Deliveries(Protocol):
    """Which commands are still to be told; a command that is issued is one of them."""

    def due(self, at: datetime) -> Sequence[Delivery]:
        """Those to be told now, of each content the first at most, oldest first.

        What was acknowledged meanwhile needs not be told.
        """
        ...

    def told(self, command: CommandId, at: datetime) -> None:
        """It came."""
        ...

    def failed(self, command: CommandId, *, again_at: datetime | None) -> None:
        """It did not come; None puts it aside."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """Tells the platform what it is asked to do. Without a messenger it only asks for it itself."""

    messenger: Messenger | None
    deliveries: Deliveries
    ordering: Ordering
    clock: Clock

    def tell(self) -> int:
        """Tell what is due, until one does not come. Returns how many commands came.

        Where one does not, the others hardly would: they are due the next time, and it is later.
        """
        if self.messenger is None:
            return 0
        due = self.deliveries.due(self.clock.now())
        came = takewhile(bool, (self._tell(self.messenger, delivery) for delivery in due))
        return sum(came)

    def _tell(self, messenger: Messenger, delivery: Delivery) -> bool:
        command, at = delivery.command, self.clock.now()
        try:
            heard = messenger.tell(command, at)
        except NotFetched:
            waits = WAITS[delivery.attempts :]
            self.deliveries.failed(command.id, again_at=at + waits[0] if waits else None)
            return False
        if heard is Heard.GONE:
            self.deliveries.failed(command.id, again_at=None)
            return False
        if heard is Heard.DONE:
            self.ordering.acknowledge(command.id, WEBHOOK)
        self.deliveries.told(command.id, self.clock.now())
        return True
