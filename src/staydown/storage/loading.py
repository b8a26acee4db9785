"""Reads a backup back into empty tables, without what was forgotten since it was made.

The key of what was forgotten is never written, not even for a moment: whether something may come
back is known before the first row is.
"""

import base64
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.core import serializers
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.db import DatabaseError, connection, models

from staydown.audit.chain import Head
from staydown.digests import Digest, Json
from staydown.errors import BadRequest, KeyGone, NotAllowed, SealBroken
from staydown.sealing.envelope import DataKey
from staydown.sealing.masters import Masters
from staydown.storage.archives import read_first, read_lines
from staydown.storage.dumping import DATA, KEYS, kept_models, tables_of_now
from staydown.storage.models import DataKeyRow, SealedRow
from staydown.storage.vault import BACKUPS, MARKS, open_sealed, unwrap_row

AT_ONCE = 50

type Keys = Mapping[str, bytes | None]
"""Subject → its wrapped key, or None for a tombstone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Restored:
    """What came back: rows, sealed things that open; and ids of what has to stay ended."""

    head: Head
    rows: int
    opened: int
    ended: frozenset[str]


def check_age(data: Path, keys: Path) -> None:
    """Raises BadRequest for keys older than the data: what came between would look forgotten."""
    made = [str(read_first(*file)["made_at"]) for file in ((data, DATA), (keys, KEYS))]
    if datetime.fromisoformat(made[1]) < datetime.fromisoformat(made[0]):
        raise BadRequest(
            f"{keys} is older than the data: what was filed between them would be lost. "
            "Name the newest keys there are"
        )


def read_keys(path: Path, masters: Masters) -> tuple[DataKey, Keys]:
    """The key that shows that the backup is ours, and all wrapped keys.

    Raises BadRequest, or SealBroken where another master key wrapped them, or the file is damaged.
    """
    read_first(path, KEYS)
    own = _own_key(path, masters)
    lines = list(read_lines(path, own))[1:]
    return own, {str(line["subject"]): _unpack(line["wrapped"]) for line in lines}


def _own_key(path: Path, masters: Masters) -> DataKey:
    """Looked for before the rest is believed: a seal of its own shows that this line is ours."""
    with path.open("rb") as file:
        for line in file:
            if b'"%s"' % BACKUPS.encode() in line:
                return find_key(BACKUPS, {BACKUPS: _unpack(_field(line, "wrapped"))}, masters)
    raise SealBroken(f"{path}: it is cut off, or not of this installation")


def _field(line: bytes, name: str) -> Json:
    try:
        told: Json = json.loads(line)[name]
    except (ValueError, KeyError, TypeError) as error:
        raise SealBroken("the keys of the backup are damaged") from error
    return told


def _unpack(wrapped: Json) -> bytes | None:
    return None if wrapped is None else base64.b64decode(str(wrapped))


def load(data: Path, own: DataKey, keys: Keys, ended: frozenset[str], masters: Masters) -> Restored:
    """Fill the empty tables in the transaction that is open, and see that everything opens.

    What has no key in `keys`, or is among the `ended`, comes back as a tombstone. Raises NotAllowed
    if the tables are not empty, BadRequest, SealBroken.
    """
    first = read_first(data, DATA)
    _check_place(first)
    live = {one: key for one, key in keys.items() if key is not None and one not in ended}
    met: set[str] = set()
    rows = 0
    for batch in _batches(_objects(data, own)):
        sealed = [one for one in batch if isinstance(one, SealedRow)]
        met |= {str(one.key_id) for one in sealed}
        kept = [one for one in batch if not isinstance(one, SealedRow) or one.key_id in live]
        _create(kept)
        rows += len(kept)
    _create_keys({*met, MARKS, BACKUPS} & live.keys(), live)
    tombstones = {one for one, key in keys.items() if key is None}
    dead = frozenset(tombstones | (met - live.keys()) | (ended & keys.keys()))
    _create(DataKeyRow(subject=subject, wrapped=None) for subject in sorted(dead))
    _set_sequences()
    opened = _open_all(masters)
    return Restored(head=_head(first), rows=rows, opened=opened, ended=ended | dead)


def _check_place(first: Mapping[str, Json]) -> None:
    if first.get("tables") != tables_of_now():
        raise BadRequest(
            f"the backup was made by another version, whose tables are those of {first['tables']}: "
            "restore it with that version, and update then"
        )
    tables: list[type[models.Model]] = [*kept_models(), DataKeyRow]
    for model in tables:
        if model._default_manager.exists():
            raise NotAllowed("the database is not empty: a backup is restored into an empty one")


def _head(first: Mapping[str, Json]) -> Head:
    chain = first["chain"]
    if not isinstance(chain, Mapping):
        raise SealBroken("the backup does not say where the audit chain ends in it")
    return Head(length=int(str(chain["length"])), digest=Digest(str(chain["digest"])))


def _objects(data: Path, own: DataKey) -> Iterator[models.Model]:
    known = frozenset(kept_models())
    lines = read_lines(data, own)
    next(lines, None)
    for line in lines:
        try:
            [found] = serializers.deserialize("python", [line])
        except (DeserializationError, ValueError) as error:
            raise SealBroken(f"{data}: it is damaged") from error
        if type(found.object) not in known:
            raise SealBroken(f"{data}: it holds what no backup holds")
        yield found.object


def sealed_rows(data: Path, own: DataKey) -> Iterator[SealedRow]:
    """The sealed things in a backup, from the file alone. Raises BadRequest, SealBroken."""
    return (one for one in _objects(data, own) if isinstance(one, SealedRow))


def find_key(subject: str, keys: Keys, masters: Masters) -> DataKey:
    """The data key of a subject in a backup. Raises SealBroken, or KeyGone for a tombstone."""
    return unwrap_row(DataKeyRow(subject=subject, wrapped=keys.get(subject)), masters)


def _batches(objects: Iterable[models.Model]) -> Iterator[list[models.Model]]:
    """Rows of one table each, few enough to be held in memory with their pictures."""
    batch: list[models.Model] = []
    for one in objects:
        if batch and (type(batch[0]) is not type(one) or len(batch) == AT_ONCE):
            yield batch
            batch = []
        batch.append(one)
    if batch:
        yield batch


def _create(rows: Iterable[models.Model]) -> None:
    batch: list[models.Model] = list(rows)
    if not batch:
        return
    try:
        batch[0].__class__._default_manager.bulk_create(batch, batch_size=AT_ONCE)
    except DatabaseError as error:
        raise SealBroken(f"the backup does not fit together ({type(error).__name__})") from error


def _create_keys(subjects: Iterable[str], live: Mapping[str, bytes]) -> None:
    _create(DataKeyRow(subject=one, wrapped=live[one]) for one in sorted(subjects))


def _set_sequences() -> None:
    """Numbers go on where they were: PostgreSQL counts apart from the tables."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), kept_models()):
            cursor.execute(statement)


def _open_all(masters: Masters) -> int:
    """How many sealed things there are, each opened once. Raises SealBroken."""
    count = 0
    for row in SealedRow.objects.select_related("key").order_by("pk").iterator(AT_ONCE):
        try:
            open_sealed(row, unwrap_row(row.key, masters))
        except KeyGone as error:
            raise SealBroken("a sealed thing has no key") from error
        count += 1
    return count
