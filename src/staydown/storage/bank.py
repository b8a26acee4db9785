"""The bank in rows: entries in the clear, what is known of their pictures sealed under their ids.

Every process keeps what it unsealed in memory and asks one row, on each search, whether the bank
has changed: an entry that was forgotten is gone from every process with its next search.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from threading import Lock

from django.db import transaction
from django.db.models import F

from staydown.bank.entries import Entry, EntryRole
from staydown.bank.shelf import Record, pack_known, unpack_known
from staydown.clock import Clock
from staydown.engine.subjects import Known
from staydown.errors import KeyGone, NotAllowed, NotFound
from staydown.ids import EntryId
from staydown.storage.models import BankRow, EntryRow
from staydown.storage.rows import entry_of, row_of_entry
from staydown.storage.vault import DatabaseVault

ONLY = 1
KNOWN = "known"


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """The bank as it was at one revision."""

    revision: int
    records: tuple[Record, ...]


NEVER_SEEN = Snapshot(revision=-1, records=())


@dataclass(slots=True, kw_only=True)
class DatabaseBank:
    """The bank of `bank.shelf`. May be shared by threads."""

    vault: DatabaseVault
    clock: Clock
    _seen: Snapshot = field(default=NEVER_SEEN, init=False, repr=False)
    _loading: Lock = field(default_factory=Lock, init=False, repr=False)

    def add(self, entry: Entry, known: Known) -> None:
        """Keep an entry; the next search of every process finds it.

        Raises NotAllowed if its id is taken, or if nobody could review what it stops: then it
        belongs to no case.
        """
        if entry.case is None and entry.role is not EntryRole.NEGATIVE:
            raise NotAllowed("an entry of no case could stop uploads that nobody can review")
        with transaction.atomic():
            if EntryRow.objects.filter(id=entry.id).exists():
                raise NotAllowed("an entry's id is never used twice")
            row_of_entry(entry).save(force_insert=True)
            self.vault.put(entry.id, KNOWN, pack_known(known))
            note_change()

    def records(self) -> Sequence[Record]:
        """The live entries. Unseals only what is new since the last call."""
        now = self.clock.now()
        return tuple(record for record in self._current().records if record.entry.is_live(now))

    def forget(self, entry: EntryId) -> None:
        """Destroy the entry's key; its row stays as a tombstone.

        Raises NotFound if there was none.
        """
        with transaction.atomic():
            if not EntryRow.objects.filter(id=entry).update(is_forgotten=True, name=None):
                raise NotFound("no such entry")
            self.vault.forget(entry)
            note_change()

    def _current(self) -> Snapshot:
        revision = current_revision()
        if self._seen.revision != revision:
            with self._loading:
                if self._seen.revision != revision:
                    self._seen = self._load(revision)
        return self._seen

    def _load(self, revision: int) -> Snapshot:
        """Rows may be newer than `revision`, never older: then the next call loads again."""
        unsealed = {record.entry.id: record.known for record in self._seen.records}
        rows = EntryRow.objects.filter(is_forgotten=False).order_by("added_at", "id")
        found = (self._record(entry_of(row), unsealed) for row in rows)
        return Snapshot(revision=revision, records=tuple(record for record in found if record))

    def _record(self, entry: Entry, unsealed: dict[EntryId, Known]) -> Record | None:
        known = unsealed.get(entry.id)
        if known is None:
            try:
                known = unpack_known(self.vault.open(entry.id, KNOWN))
            except (KeyGone, NotFound):  # forgotten while we read
                return None
        return Record(entry=entry, known=known)


def current_revision() -> int:
    """The number that changes with the bank; 0 before its first entry."""
    row = BankRow.objects.filter(pk=ONLY).first()
    return row.revision if row else 0


def note_change() -> None:
    """Let every process see, on its next search, that the bank changed."""
    BankRow.objects.get_or_create(pk=ONLY)
    BankRow.objects.filter(pk=ONLY).update(revision=F("revision") + 1)
