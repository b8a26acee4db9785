"""Backups, and their way back: whole, checked, and without what was taken back meanwhile.

1. The keys of the backup, which may be newer than its data, and the ledger say what is forgotten.
2. Tables are filled but for that; every sealed thing that came back is opened once.
3. Notices that were taken back are taken back again, so that nothing is stopped for them; entries,
   keys of the API and people that ended stay ended.
4. The audit chain is whole, ends where it ended, and goes on with an entry that says all this.

All of it in one transaction: a restore that fails, or is killed, leaves the tables empty.
"""

from dataclasses import dataclass
from pathlib import Path

from django.db import models

from staydown.audit.keeping import BackupMade, BackupRestored
from staydown.casework.cases import State
from staydown.casework.consequences import Occasion
from staydown.casework.decisions import withdraw
from staydown.casework.people import COMMAND_LINE, SYSTEM
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.errors import BadRequest, SealBroken
from staydown.ids import CaseId, Randomness
from staydown.storage.cases import DatabaseStore
from staydown.storage.dumping import KEYS_FILE, Backup, write_backup, write_keys
from staydown.storage.journal import DatabaseJournal
from staydown.storage.loading import Restored, check_age, load, read_keys
from staydown.storage.models import CaseRow, EntryRow, KeyRow, User
from staydown.storage.transactions import atomically
from staydown.storage.vault import DatabaseVault


@dataclass(frozen=True, slots=True, kw_only=True)
class Backups:
    """Writes backups, and reads them back."""

    store: DatabaseStore
    vault: DatabaseVault
    journal: DatabaseJournal
    clock: Clock
    rules: Rules
    randomness: Randomness

    def back_up(self, folder: Path) -> Backup:
        """Write a backup into `folder`, and note it. Raises BadRequest."""
        key, at = self.vault.backup_key(), self.clock.now()
        backup = write_backup(make_folder(folder), key=key, at=at)
        with atomically():
            self.journal.append(BackupMade(head=backup.head.digest), by=COMMAND_LINE, at=at)
        return backup

    def back_up_keys(self, folder: Path) -> Path:
        """Write the wrapped keys alone, over those in `folder`. Raises BadRequest."""
        key = self.vault.backup_key()
        return write_keys(make_folder(folder), key=key, at=self.clock.now())

    def restore(self, data: Path, keys: Path | None, ended: frozenset[str]) -> Restored:
        """Fill the empty database of this installation.

        `ended` are the ids in the ledgers. Raises BadRequest, NotAllowed if the database is not
        empty, SealBroken if anything does not open or fit.
        """
        masters = self.vault.masters
        keys = keys or data.with_name(KEYS_FILE)
        check_age(data, keys)
        own, wrapped = read_keys(keys, masters)
        with atomically():
            restored = load(data, own, wrapped, ended, masters)
            self._check_chain(restored)
            self._end_again(restored.ended)
            fact = BackupRestored(head=restored.head.digest)
            self.journal.append(fact, by=COMMAND_LINE, at=self.clock.now())
        return restored

    def _check_chain(self, restored: Restored) -> None:
        intact = self.journal.verify()
        if (intact.length, intact.head) != (restored.head.length, restored.head.digest):
            raise SealBroken("the audit chain in the backup does not end where it says")

    def _end_again(self, ended: frozenset[str]) -> None:
        """What was ended after the backup was made is ended again, with all that follows."""
        for row in CaseRow.objects.exclude(state=State.WITHDRAWN):
            if row.notice in ended:
                self._withdraw(CaseId(row.id))
        for entry in _those(ended, EntryRow.objects.filter(is_forgotten=False)):
            EntryRow.objects.filter(pk=entry.pk).update(is_forgotten=True, name=None)
        for key in _those(ended, KeyRow.objects.filter(revoked_at=None)):
            KeyRow.objects.filter(pk=key.pk).update(revoked_at=self.clock.now())
        for user in _those(ended, User.objects.filter(is_active=True), by="actor"):
            user.is_active = False
            user.set_unusable_password()
            user.save()

    def _withdraw(self, case: CaseId) -> None:
        occasion = Occasion(
            by=SYSTEM, at=self.clock.now(), rules=self.rules, randomness=self.randomness
        )
        self.store.record(withdraw(self.store.to_decide(case), occasion))


def _those[Row: models.Model](
    ended: frozenset[str], rows: models.QuerySet[Row], by: str = "pk"
) -> list[Row]:
    return [row for row in rows if getattr(row, by) in ended]


def make_folder(folder: Path) -> Path:
    """The folder, made for its owner alone if it is not there. Raises BadRequest."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as error:
        raise BadRequest(f"{folder} cannot be made: {error.strerror}") from error
    return folder
