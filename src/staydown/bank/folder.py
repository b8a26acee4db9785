"""A bank in a folder: no server, no database. One sealed file and one key file an entry, and a list
of both.

The master key lies elsewhere, wherever the caller says. Forgetting an entry
overwrites and removes its key file; the sealed file that stays behind can be read by nobody. Two
processes may use a folder at once.
"""

import contextlib
import json
import os
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from staydown.bank.catalogue import Catalogue
from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.shelf import Shelf, pack_known, unpack_known
from staydown.clock import Clock
from staydown.engine.sketches import pack_sketch, sketch, unpack_sketch
from staydown.engine.subjects import Known
from staydown.errors import BadBank, KeyGone, NotAllowed, NotFound
from staydown.ids import ActorId, CaseId, EntryId
from staydown.sealing.envelope import MasterKey, WrappedKey, seal, unseal
from staydown.sealing.key_file import make_key_file, read_key_file

MARK = "staydown-bank"
FORMAT = "2\n"


@dataclass(slots=True, kw_only=True)
class FolderBank:
    """Implements `Bank` on files. Made by `open_bank`."""

    folder: Path
    master: MasterKey
    clock: Clock
    catalogue: Catalogue = field(default_factory=Catalogue)

    def add(self, entry: Entry, known: Known) -> None:
        """See Bank.add: everything is on the disk before the list names it."""
        if self.path(entry.id, "entry").exists() or self.path(entry.id, "gone").exists():
            raise NotAllowed(f"{entry.id} is in this bank already")
        key = self.master.new_data_key()
        write_durably(self.path(entry.id, "key"), self.master.wrap(key, context=entry.id).sealed)
        small = pack_sketch(sketch(known.fingerprint))
        for kind, plain in (("sealed", pack_known(known)), ("sketch", small)):
            sealed = seal(plain, key=key, context=context_of(entry.id, kind))
            write_durably(self.path(entry.id, kind), sealed)
        write_durably(self.path(entry.id, "entry"), json.dumps(to_plain(entry)).encode())

    def shelf(self) -> Shelf:
        """See Bank.shelf. Entries that another process forgot since the last call are gone from
        this one too.
        """
        entries = {entry.id: entry for entry in self.entries() if self.has_key(entry.id)}
        for gone in self.catalogue.entries - entries.keys():
            self.catalogue.drop(gone)
        new = entries.keys() - self.catalogue.entries
        sketches = {one: self.unseal(one, "sketch") for one in sorted(new)}
        self.catalogue.add({one: unpack_sketch(data) for one, data in sketches.items() if data})
        now = self.clock.now()
        live = {one: entry for one, entry in entries.items() if entry.is_live(now)}
        return Shelf(entries=live, catalogue=self.catalogue, open=self.open)

    def entries(self) -> list[Entry]:
        """All that were not forgotten, oldest first."""
        paths = sorted(self.folder.glob("*.entry"))
        found = [from_plain(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
        return sorted(found, key=lambda entry: (entry.added_at, entry.id))

    def open(self, entry: EntryId) -> Known | None:
        """See Bank.open. Raises SealBroken."""
        data = self.unseal(entry, "sealed")
        return None if data is None else unpack_known(data)

    def unseal(self, entry: EntryId, kind: str) -> bytes | None:
        """One part of an entry; None if it was forgotten meanwhile. Raises SealBroken."""
        try:
            key = self.master.unwrap(self.wrapped_key(entry), context=entry)
            sealed = self.path(entry, kind).read_bytes()
        except (KeyGone, FileNotFoundError):
            return None
        return unseal(sealed, key=key, context=context_of(entry, kind))

    def wrapped_key(self, entry: EntryId) -> WrappedKey:
        """Raises KeyGone if the entry was forgotten."""
        try:
            return WrappedKey(sealed=self.path(entry, "key").read_bytes())
        except FileNotFoundError as error:
            raise KeyGone(f"{entry} was forgotten") from error

    def has_key(self, entry: EntryId) -> bool:
        """Whether the entry can still be opened."""
        return self.path(entry, "key").exists()

    def forget(self, entry: EntryId) -> None:
        """See Bank.forget: first the key, then the list, then the rest."""
        if not self.path(entry, "entry").exists() and not self.path(entry, "gone").exists():
            raise NotFound(f"no entry {entry} in this bank")
        write_durably(self.path(entry, "gone"), self.clock.now().isoformat().encode())
        destroy(self.path(entry, "key"))
        for kind in ("entry", "sealed", "sketch"):
            self.path(entry, kind).unlink(missing_ok=True)
        self.catalogue.drop(entry)

    def path(self, entry: EntryId, kind: str) -> Path:
        """Where one part of an entry lies."""
        return self.folder / f"{entry}.{kind}"


def open_bank(folder: Path, clock: Clock, *, key_file: Path, is_new: bool = False) -> FolderBank:
    """The bank in `folder`; made first if `is_new`. Raises BadBank if there is none, Misconfigured
    for its key.
    """
    mark = folder / MARK
    if is_new and not mark.exists():
        if folder.exists() and any(folder.iterdir()):
            raise BadBank(f"{folder} is not empty and not a bank: choose another folder")
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not key_file.exists():
            make_key_file(key_file)
        write_durably(mark, FORMAT.encode())
    if not mark.exists():
        raise BadBank(
            f"{folder} is not a bank: make one with `staydown register PICTURE --bank {folder}`"
        )
    if mark.read_text(encoding="utf-8") != FORMAT:
        raise BadBank(f"{folder} was made by another version of staydown")
    return FolderBank(folder=folder, master=read_key_file(key_file), clock=clock)


def context_of(entry: EntryId, kind: str) -> str:
    """What a part is sealed for: none can be put in the place of another."""
    return f"{entry}.{kind}"


def to_plain(entry: Entry) -> dict[str, str | None]:
    """An entry as it stands in its file."""
    plain = asdict(entry)
    return {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in plain.items()
    }


def from_plain(plain: dict[str, str | None]) -> Entry:
    """An entry from its file. Raises BadBank if the file is damaged."""
    try:
        expires, case, against = plain["expires_at"], plain["case"], plain["against"]
        return Entry(
            id=EntryId(str(plain["id"])),
            role=EntryRole(str(plain["role"])),
            source=EntrySource(str(plain["source"])),
            status=EntryStatus(str(plain["status"])),
            added_at=datetime.fromisoformat(str(plain["added_at"])),
            added_by=ActorId(str(plain["added_by"])),
            name=plain["name"],
            case=None if case is None else CaseId(case),
            expires_at=None if expires is None else datetime.fromisoformat(expires),
            against=None if against is None else EntryId(against),
        )
    except (KeyError, ValueError) as error:
        raise BadBank("an entry's file is damaged") from error


def write_durably(path: Path, data: bytes) -> None:
    """Write all of it or none of it, and have it on the disk before returning."""
    draft = path.with_name(f"{path.name}.draft")
    with draft.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    draft.replace(path)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def destroy(path: Path) -> None:
    """Overwrite and remove a key. On media that keep old blocks, the overwritten one may survive
    underneath.
    """
    with contextlib.suppress(FileNotFoundError):
        size = path.stat().st_size
        with path.open("r+b") as file:
            file.write(b"\0" * size)
            file.flush()
            os.fsync(file.fileno())
        path.unlink()
