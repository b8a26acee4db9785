"""Makes checkpoints of the audit chain, has them timestamped, and hands all of it out.

A chain that did not grow gets no further checkpoint. An authority that does not answer delays
nothing else: its answer is asked for again, less often the oftener it stays away.
"""

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import structlog
from django.db import transaction

from staydown.audit.checkpoints import SignedCheckpoint, sign
from staydown.audit.export import CHAIN, CHECKPOINTS, STAMP, STATEMENT, name_of, write_entry
from staydown.audit.keeping import AuditExported
from staydown.audit.verify import Auditor, Verified, verify_export
from staydown.casework.people import COMMAND_LINE
from staydown.clock import Clock
from staydown.errors import BadRequest, SealBroken, Unanswered
from staydown.ids import ActorId
from staydown.sealing.signing import SigningKey
from staydown.storage.checkpoints import DatabaseCheckpoints
from staydown.storage.journal import DatabaseJournal
from staydown.storage.transactions import atomically

log = structlog.get_logger()


class Stamping(Protocol):
    """A timestamp authority."""

    def stamp(self, data: bytes) -> bytes:
        """Its checked answer about `data`. Raises Unanswered, SealBroken."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpointing:
    """The checkpoints of an installation, and who makes them."""

    journal: DatabaseJournal
    shelf: DatabaseCheckpoints
    clock: Clock
    key: SigningKey
    every: timedelta
    authority: Stamping | None = None

    def keep_up(self) -> None:
        """Make a checkpoint if one is due, and ask for the timestamps that are due."""
        last, now = self.shelf.last_made_at(), self.clock.now()
        if last is None or now - last >= self.every:
            self.make()
        self.ask()

    def make(self) -> None:
        """Sign where the chain stands now, unless that is signed already, or nothing is there."""
        with transaction.atomic():
            head = self.journal.head()
            if head.length:
                self.shelf.keep(sign(head, at=self.clock.now(), key=self.key))

    def ask(self) -> None:
        """Have checkpoints timestamped, until the authority does not answer."""
        if self.authority is None:
            return
        for signed in self.shelf.to_stamp(self.clock.now()):
            length = signed.checkpoint.length
            try:
                answer = self.authority.stamp(signed.written())
            except (Unanswered, SealBroken) as error:
                log.warning("no timestamp", checkpoint=length, why=str(error))
                self.shelf.postpone(length, at=self.clock.now())
                return
            self.shelf.keep_stamp(length, answer)

    def export(self, folder: Path, *, by: ActorId = COMMAND_LINE) -> Verified:
        """Write the chain and its checkpoints into a fresh folder, check them there, and note it.

        Raises BadRequest if the folder is there already, and SealBroken, leaving what was written,
        if the chain is broken.
        """
        self.make()
        try:
            (folder / CHECKPOINTS).mkdir(parents=True, exist_ok=False, mode=0o700)
            self._write_checkpoints(folder / CHECKPOINTS)
            with (folder / CHAIN).open("xb") as file:
                for entry in self.journal.entries():
                    file.write(write_entry(entry))
        except FileExistsError as error:
            raise BadRequest(f"{folder} is there already: name a fresh folder") from error
        except OSError as error:
            raise BadRequest(f"{folder} cannot be written: {error.strerror}") from error
        verified = verify_export(folder, Auditor(keys=frozenset({self.key.public})))
        with atomically():
            fact = AuditExported(head=verified.head)
            self.journal.append(fact, by=by, at=self.clock.now())
        return verified

    def _write_checkpoints(self, folder: Path) -> None:
        for each in self.shelf.all():
            name = name_of(each.signed.checkpoint.length)
            (folder / f"{name}{STATEMENT}").write_bytes(each.signed.written())
            if each.stamp is not None:
                (folder / f"{name}{STAMP}").write_bytes(each.stamp)

    def check(self) -> None:
        """Does the chain go through every checkpoint, each signed by our own key?

        Raises SealBroken, naming the first that it does not go through.
        """
        waiting = {each.signed.checkpoint.length: each.signed for each in self.shelf.all()}
        for entry in self.journal.entries():
            signed = waiting.pop(entry.number, None)
            if signed is not None and signed.checkpoint.head != entry.digest:
                raise SealBroken(f"audit entry {entry.number} is not the one of its checkpoint")
            if signed is not None:
                self._check_ours(signed)
        if waiting:
            raise SealBroken(f"audit entries are missing that checkpoint {min(waiting)} covers")

    def _check_ours(self, signed: SignedCheckpoint) -> None:
        stated = signed.checkpoint
        if stated.key != self.key.public:
            raise SealBroken(f"checkpoint {stated.length} is signed by another key than ours")
        signed.check()
