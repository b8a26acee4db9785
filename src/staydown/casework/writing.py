"""Writing to notifiers that there is something new to read, and nothing else.

Others may read their mail. So it says neither what about, nor on which site, nor how it stands, and
goes only to whoever said that writing is safe. One letter is owed for a case, however much happens
before it goes; where the notice was taken back, none is.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum, auto
from itertools import takewhile
from typing import Final, Protocol

from staydown.casework.notices import ContactWish
from staydown.casework.ports import Store, Vault
from staydown.clock import Clock
from staydown.digests import Digest
from staydown.errors import KeyGone, NotSent
from staydown.ids import CaseId

WAITS: Final = (
    *(timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30)),
    *(timedelta(hours=hours) for hours in (2, 6, 12, 24, 24)),
)
"""How long to wait after each try that failed. After the last one it is put aside."""


class Posted(Enum):
    """What the server said of a letter."""

    TAKEN = auto()
    REFUSED = auto()  # for good: no such address, say


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """A letter to send. `name` is the same at each try, so that one that comes twice shows once."""

    to: str = field(repr=False)
    name: Digest
    at: datetime


class Postman(Protocol):
    """Hands letters to a server."""

    def send(self, mail: Mail) -> Posted:
        """Raises NotSent if it was not taken this time."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class OwedMail:
    """That the notifier of a case is owed a letter, since when, and how often it was tried."""

    case: CaseId
    owed_at: datetime
    attempts: int


class Mails(Protocol):
    """Which letters are owed; a decision that is told owes one."""

    def due(self, at: datetime) -> Sequence[OwedMail]:
        """Those to be sent now, the longest owed first."""
        ...

    def done(self, mail: OwedMail) -> None:
        """It is owed no more, unless something happened since."""
        ...

    def failed(self, mail: OwedMail, *, again_at: datetime | None) -> None:
        """It was not taken; None puts it aside."""
        ...

    def drop_all(self) -> None:
        """None is owed: nobody here writes."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Writing:
    """Writes. Without a postman nobody is owed anything."""

    postman: Postman | None
    mails: Mails
    store: Store
    vault: Vault
    clock: Clock

    def write(self) -> int:
        """Send what is due, until one is not taken. Returns how many are owed no more."""
        if self.postman is None:
            self.mails.drop_all()
            return 0
        due = self.mails.due(self.clock.now())
        return sum(takewhile(bool, (self._write(self.postman, mail) for mail in due)))

    def _write(self, postman: Postman, owed: OwedMail) -> bool:
        address, at = self._address(owed.case), self.clock.now()
        if address is None:
            self.mails.done(owed)
            return True
        name = self.vault.mark(b"mail\0", owed.case.encode(), owed.owed_at.isoformat().encode())
        try:
            posted = postman.send(Mail(to=address, name=name, at=at))
        except NotSent:
            waits = WAITS[owed.attempts :]
            self.mails.failed(owed, again_at=at + waits[0] if waits else None)
            return False
        if posted is Posted.REFUSED:
            self.mails.failed(owed, again_at=None)
        else:
            self.mails.done(owed)
        return True

    def _address(self, case_id: CaseId) -> str | None:
        """Where to write; None where nobody may, or there is nobody any more."""
        try:
            with self.store.atomically():
                notice = self.store.notice(self.store.dossier(case_id).case.notice)
        except KeyGone:
            return None
        may_write = notice.contact_wish is ContactWish.ANYTIME
        return notice.contact if may_write and "@" in notice.contact else None
