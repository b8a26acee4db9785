"""A bank in a folder: no server, no database. One sealed file and one key file an entry, and a list
of both.

The master key lies elsewhere, wherever the caller says. Forgetting an entry
overwrites and removes its key file; the sealed file that stays behind can be read by nobody. Two
processes may use a folder at once.
"""

import contextlib
import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.shelf import Record, pack_known, unpack_known
from staydown.clock import Clock
from staydown.engine.subjects import Known
from staydown.errors import BadBank, KeyGone, NotAllowed, NotFound
from staydown.ids import ActorId, CaseId, EntryId
from staydown.sealing.envelope import MasterKey, WrappedKey, seal, unseal
from staydown.sealing.key_file import make_key_file, read_key_file

MARK = "staydown-bank"
FORMAT = "1\n"


@dataclass(slots=True, kw_only=True)
class FolderBank:
    """Implements `Bank` on files. Made by `open_bank`."""

    folder: Path
    master: MasterKey
    clock: Clock
    opened: dict[EntryId, Known] = field(default_factory=dict)

    def add(self, entry: Entry, known: Known) -> None:
        """See Bank.add: everything is on the disk before the list names it."""
        if self.path(entry.id, "entry").exists() or self.path(entry.id, "gone").exists():
            raise NotAllowed(f"{entry.id} is in this bank already")
        key = self.master.new_data_key()
        write_durably(self.path(entry.id, "key"), self.master.wrap(key, context=entry.id).sealed)
        write_durably(
            self.path(entry.id, "sealed"), seal(pack_known(known), key=key, context=entry.id)
        )
        write_durably(self.path(entry.id, "entry"), json.dumps(to_plain(entry)).encode())
        self.opened[entry.id] = known

    def records(self) -> Sequence[Record]:
        """See Bank.records. Entries that another process forgot since the last call are gone from
        this one too.
        """
        self.opened = {one: known for one, known in self.opened.items() if self.has_key(one)}
        entries = [entry for entry in self.entries() if entry.is_live(self.clock.now())]
        found = []
        for entry in entries:
            try:
                found.append(Record(entry=entry, known=self.open(entry)))
            except KeyGone:  # forgotten meanwhile, by another process
                continue
        return found

    def entries(self) -> list[Entry]:
        """All that were not forgotten, oldest first."""
        paths = sorted(self.folder.glob("*.entry"))
        found = [from_plain(json.loads(path.read_text(encoding="utf-8"))) for path in paths]
        return sorted(found, key=lambda entry: (entry.added_at, entry.id))

    def open(self, entry: Entry) -> Known:
        """What is known of an entry's picture. Raises SealBroken."""
        if entry.id not in self.opened:
            wrapped = self.wrapped_key(entry.id)
            key = self.master.unwrap(wrapped, context=entry.id)
            sealed = self.path(entry.id, "sealed").read_bytes()
            self.opened[entry.id] = unpack_known(unseal(sealed, key=key, context=entry.id))
        return self.opened[entry.id]

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
        for kind in ("entry", "sealed"):
            self.path(entry, kind).unlink(missing_ok=True)
        self.opened.pop(entry, None)

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
