"""An export with checkpoints and timestamps, made without a database, for tests that spoil it."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from staydown.audit.chain import Entry, Head, append
from staydown.audit.checkpoints import SignedCheckpoint, sign
from staydown.audit.entries import CaseOpened, Fact
from staydown.audit.export import CHAIN, CHECKPOINTS, STAMP, STATEMENT, name_of, write_entry
from staydown.digests import Json, canonical
from staydown.ids import ActorId, CaseId
from staydown.sealing.signing import SigningKey
from staydown.timestamps import ask_about
from tests.tsa import Tsa

KEY = SigningKey(seed=b"k" * 32)
OTHER_KEY = SigningKey(seed=b"o" * 32)
KIM = ActorId("reviewer_kim")
AT = datetime.now(UTC) - timedelta(minutes=1)  # noqa: TID251 -- the authority has the machine's clock


def chain(length: int, *, first: Fact | None = None) -> list[Entry]:
    """Entries about cases; with another `first` fact, another history."""
    entries: list[Entry] = []
    head = Head()
    for number in range(1, length + 1):
        fact = CaseOpened(case=CaseId(f"case_{number}"))
        entry = append(head, first if first and number == 1 else fact, by=KIM, at=AT)
        entries.append(entry)
        head = Head(length=number, digest=entry.digest)
    return entries


def head_of(entries: list[Entry], length: int) -> Head:
    """Where the chain stood when it was that long."""
    return Head(length=length, digest=entries[length - 1].digest) if length else Head()


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """A folder as it is handed out."""

    folder: Path

    @property
    def chain(self) -> Path:
        return self.folder / CHAIN

    def statement(self, length: int) -> Path:
        return self.folder / CHECKPOINTS / f"{name_of(length)}{STATEMENT}"

    def stamp(self, length: int) -> Path:
        return self.folder / CHECKPOINTS / f"{name_of(length)}{STAMP}"

    def write_chain(self, entries: list[Entry]) -> None:
        self.chain.write_bytes(b"".join(map(write_entry, entries)))

    def write_checkpoint(self, signed: SignedCheckpoint, tsa: Tsa | None = None) -> None:
        length = signed.checkpoint.length
        self.statement(length).write_bytes(signed.written())
        if tsa:
            self.stamp(length).write_bytes(tsa.answer(ask_about(signed.written()).request))

    @property
    def lines(self) -> list[bytes]:
        return self.chain.read_bytes().splitlines(keepends=True)

    def write_lines(self, lines: list[bytes]) -> None:
        self.chain.write_bytes(b"".join(lines))


def export_into(folder: Path, tsa: Tsa, *, length: int = 6) -> Export:
    """A chain of six, with checkpoints after three and at its end, both timestamped."""
    (folder / CHECKPOINTS).mkdir(parents=True)
    export, entries = Export(folder=folder), chain(length)
    export.write_chain(entries)
    for covered in (3, length):
        export.write_checkpoint(sign(head_of(entries, covered), at=AT, key=KEY), tsa)
    return export


def rewrite_and_sign_by(export: Export, key: SigningKey) -> None:
    """Another history from its beginning, and checkpoints that fit."""
    entries = chain(6, first=CaseOpened(case=CaseId("case_9")))
    export.write_chain(entries)
    for length in (3, 6):
        export.statement(length).write_bytes(
            sign(head_of(entries, length), at=AT, key=key).written()
        )


def with_value(line: bytes, **changed: Json) -> bytes:
    """An entry that says something else."""
    return canonical({**json.loads(line), **changed}) + b"\n"
