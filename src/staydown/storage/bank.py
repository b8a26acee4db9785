"""The bank in rows: entries in the clear, what is known of their pictures sealed under their ids.

Every process keeps what it unsealed in memory and asks one row, on each search, whether the bank
has changed: an entry that was forgotten is gone from every process with its next search, or as soon
as somebody asks it to drop what was forgotten.
"""

from dataclasses import dataclass, field
from threading import Lock

from django.db import transaction
from django.db.models import F

from staydown.bank.catalogue import Catalogue
from staydown.bank.entries import Entry, EntryRole
from staydown.bank.shelf import Shelf, pack_known, unpack_known
from staydown.clock import Clock
from staydown.engine.sketches import Sketch, pack_sketch, sketch, unpack_sketch
from staydown.engine.subjects import Known
from staydown.errors import KeyGone, NotAllowed, NotFound
from staydown.ids import EntryId
from staydown.sealing.envelope import Parcel
from staydown.storage.looking_back import owe_a_look
from staydown.storage.models import BankRow, CaseRow, EntryRow
from staydown.storage.rows import entry_of, row_of_entry
from staydown.storage.vault import DatabaseVault

ONLY = 1
KNOWN = "known"
SKETCH = "sketch"


@dataclass(slots=True, kw_only=True)
class DatabaseBank:
    """The bank of `bank.shelf`. May be shared by threads."""

    vault: DatabaseVault
    clock: Clock
    _catalogue: Catalogue = field(default_factory=Catalogue, init=False, repr=False)
    _entries: tuple[Entry, ...] = field(default=(), init=False, repr=False)
    _revision: int = field(default=-1, init=False, repr=False)
    _dropped_at: int = field(default=-1, init=False, repr=False)
    _loading: Lock = field(default_factory=Lock, init=False, repr=False)

    def add(self, entry: Entry, known: Known) -> None:
        """Keep an entry; the next search of every process finds it.

        Raises NotAllowed if its id is taken, or if nobody could review what it stops: then it
        belongs to no case.
        """
        parcel = self.pack(entry.id, known)
        with transaction.atomic():
            self.keep(entry, parcel)

    def pack(self, entry: EntryId, known: Known) -> Parcel:
        """Seal what is known of an entry's picture. Writes nothing: done before a transaction."""
        things = {KNOWN: pack_known(known), SKETCH: pack_sketch(sketch(known.fingerprint))}
        return self.vault.pack(entry, things)

    def keep(self, entry: Entry, parcel: Parcel) -> None:
        """Write an entry in the transaction that is open. Raises NotAllowed like `add`."""
        if entry.case is None and entry.role is not EntryRole.NEGATIVE:
            raise NotAllowed("an entry of no case could stop uploads that nobody can review")
        if EntryRow.objects.filter(id=entry.id).exists():
            raise NotAllowed("an entry's id is never used twice")
        row_of_entry(entry).save(force_insert=True)
        CaseRow.objects.filter(id=entry.case, keeps_photo=True).update(has_no_original=False)
        self.vault.keep(parcel)
        note_change()
        if entry.role is not EntryRole.NEGATIVE:
            owe_a_look()

    def shelf(self) -> Shelf:
        """The live entries. Unseals only the sketches of what is new since the last call."""
        now = self.clock.now()
        self._catch_up()
        live = {entry.id: entry for entry in self._entries if entry.is_live(now)}
        return Shelf(entries=live, catalogue=self._catalogue, open=self.open)

    def open(self, entry: EntryId) -> Known | None:
        """What is known of an entry's picture, unsealed each time: no picture stays in memory."""
        try:
            return unpack_known(self.vault.open(entry, KNOWN))
        except (KeyGone, NotFound):
            return None

    def forget(self, entry: EntryId) -> None:
        """Destroy the entry's key; its row stays as a tombstone.

        Raises NotFound if there was none.
        """
        with transaction.atomic():
            if not EntryRow.objects.filter(id=entry).update(is_forgotten=True, name=None):
                raise NotFound("no such entry")
            self.vault.forget(entry)
            note_change()

    @property
    def entries_in_memory(self) -> frozenset[EntryId]:
        """Whose sketches this process holds."""
        return self._catalogue.entries

    def drop_forgotten(self) -> None:
        """Let go of what was forgotten since the last call, in this process's memory.

        Unseals nothing: a process that searches nothing keeps nothing in memory.
        """
        if self._dropped_at == (revision := current_revision()):
            return
        with self._loading:
            gone = frozenset(
                EntryRow.objects.filter(is_forgotten=True).values_list("id", flat=True)
            )
            for entry in self._catalogue.entries & gone:
                self._catalogue.drop(entry)
            self._dropped_at = revision

    def _catch_up(self) -> None:
        """Have the catalogue follow the rows, if they changed."""
        revision = current_revision()
        if self._revision == revision:
            return
        with self._loading:
            if self._revision != revision:
                self._load()
                self._revision = revision

    def _load(self) -> None:
        """Rows may be newer than the revision asked before, never older: then the next call loads
        again.
        """
        rows = EntryRow.objects.filter(is_forgotten=False).order_by("added_at", "id")
        entries = tuple(entry_of(row) for row in rows)
        ids = frozenset(entry.id for entry in entries)
        for gone in self._catalogue.entries - ids:
            self._catalogue.drop(gone)
        sketches = {one: self._open_sketch(one) for one in ids - self._catalogue.entries}
        self._catalogue.add({one: held for one, held in sketches.items() if held is not None})
        self._entries = entries

    def _open_sketch(self, entry: EntryId) -> Sketch | None:
        try:
            return unpack_sketch(self.vault.open(entry, SKETCH))
        except (KeyGone, NotFound):  # forgotten while we read
            return None


def current_revision() -> int:
    """The number that changes with the bank; 0 before its first entry."""
    row = BankRow.objects.filter(pk=ONLY).first()
    return row.revision if row else 0


def note_change() -> None:
    """Let every process see, on its next search, that the bank changed."""
    BankRow.objects.get_or_create(pk=ONLY)
    BankRow.objects.filter(pk=ONLY).update(revision=F("revision") + 1)
