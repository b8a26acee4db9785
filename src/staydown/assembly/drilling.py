"""The loss of the master key, rehearsed on a copy: what would stay shut, what does yours open?

A backup is made into a folder that goes afterwards, and everything sealed in it is tried. The
database is only read.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

from staydown.clock import Clock
from staydown.errors import SealBroken
from staydown.sealing.envelope import DataKey, MasterKey
from staydown.sealing.masters import one_master
from staydown.storage.dumping import write_backup
from staydown.storage.loading import Keys, find_key, read_keys, sealed_rows
from staydown.storage.models import SealedRow
from staydown.storage.vault import DatabaseVault, open_sealed

KINDS: Mapping[str, str] = MappingProxyType(
    {
        "notice": "words of notices, and reasons",
        "case": "originals, as they were sent",
        "entry": "entries of the bank: what copies are recognised by",
        "copy": "pictures that were found",
        "file": "why files for courts were asked for",
    }
)
"""The beginning of a subject, and what lies under it."""
OTHER = "others"


@dataclass(frozen=True, slots=True, kw_only=True)
class Loss:
    """Of one kind of sealed things: how many subjects and things, bytes, and how many opened."""

    kind: str
    subjects: int
    things: int
    bytes: int
    opened: int


def drill(vault: DatabaseVault, clock: Clock, copy: MasterKey | None) -> tuple[Loss, ...]:
    """What would be lost, by kind, and how much of it the copy of the key opens.

    Raises BadRequest, SealBroken if the copy made for the rehearsal is not whole.
    """
    with TemporaryDirectory(prefix="staydown-drill-") as folder:
        backup = write_backup(Path(folder), key=vault.backup_key(), at=clock.now())
        own, keys = read_keys(backup.keys, vault.masters)
        return _try(backup.data, own, keys, copy)


def _try(data: Path, own: DataKey, keys: Keys, copy: MasterKey | None) -> tuple[Loss, ...]:
    tried: dict[str, list[tuple[str, int, bool]]] = {}
    for row in sealed_rows(data, own):
        subject = str(row.key_id)
        opens = copy is not None and _opens(row, keys, copy)
        kind = KINDS.get(subject.split("_")[0], OTHER)
        tried.setdefault(kind, []).append((subject, len(row.sealed), opens))
    return tuple(
        Loss(
            kind=kind,
            subjects=len({subject for subject, _, _ in tried[kind]}),
            things=len(tried[kind]),
            bytes=sum(size for _, size, _ in tried[kind]),
            opened=sum(opens for _, _, opens in tried[kind]),
        )
        for kind in (*KINDS.values(), OTHER)
        if kind in tried
    )


def _opens(row: SealedRow, keys: Keys, copy: MasterKey) -> bool:
    try:
        open_sealed(row, find_key(str(row.key_id), keys, one_master(copy)))
    except SealBroken:
        return False
    return True
