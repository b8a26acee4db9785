"""Writes a backup: all tables as they were at one moment, and the wrapped keys in a file of their
own.

The data may be kept for years: without its key nothing sealed in it opens. The keys are written
over at every backup, so that a key which was destroyed since is in none. What ends by itself soon
(sessions, links, counted tries) is left out.
"""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.apps import apps
from django.core import serializers
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from staydown.audit.chain import Head
from staydown.digests import Json
from staydown.errors import BadRequest
from staydown.sealing.envelope import DataKey
from staydown.storage.archives import FORM, writing
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import (
    DataKeyRow,
    ErasureRow,
    MasterRow,
    OneTimeLink,
    TombstoneRow,
    TryRow,
)

DATA, KEYS = "data", "keys"
KEYS_FILE = "keys.jsonl"
LEFT_OUT: frozenset[type[models.Model]] = frozenset(
    {DataKeyRow, ErasureRow, MasterRow, OneTimeLink, TombstoneRow, TryRow}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """Where a backup lies, and where the audit chain ends in it."""

    data: Path
    keys: Path
    head: Head


def write_backup(folder: Path, *, key: DataKey, at: datetime) -> Backup:
    """Write data and keys into `folder`. Whoever writes to the database meanwhile does not wait.

    Raises BadRequest.
    """
    data = folder / f"data-{at:%Y%m%dT%H%M%SZ}.jsonl"
    with one_moment():
        head = DatabaseJournal().head()
        with writing(data, key) as archive:
            first: dict[str, Json] = {"staydown": DATA, "form": FORM, "made_at": at.isoformat()}
            chain: dict[str, Json] = {"length": head.length, "digest": head.digest}
            archive.write_line({**first, "tables": tables_of_now(), "chain": chain})
            for model in kept_models():
                rows = model._default_manager.order_by("pk").iterator(chunk_size=100)
                serializers.serialize("jsonl", rows, stream=archive)
        keys = _write_keys(folder, key=key, at=at)
    return Backup(data=data, keys=keys, head=head)


def write_keys(folder: Path, *, key: DataKey, at: datetime) -> Path:
    """Write the keys alone, over those that are there. Raises BadRequest."""
    with one_moment():
        return _write_keys(folder, key=key, at=at)


def _write_keys(folder: Path, *, key: DataKey, at: datetime) -> Path:
    if MasterRow.objects.filter(wraps_all=False).exists():
        raise BadRequest("the master key is being exchanged: finish `staydown keys rotate` first")
    path = folder / KEYS_FILE
    with writing(path, key) as archive:
        archive.write_line({"staydown": KEYS, "form": FORM, "made_at": at.isoformat()})
        for row in DataKeyRow.objects.order_by("subject").iterator(chunk_size=1000):
            wrapped = None if row.wrapped is None else base64.b64encode(row.wrapped).decode()
            archive.write_line({"subject": row.subject, "wrapped": wrapped})
    return path


def kept_models() -> list[type[models.Model]]:
    """Every table of ours but those that are left out."""
    ours = apps.get_app_config("storage").get_models()
    return [model for model in ours if model not in LEFT_OUT]


def tables_of_now() -> str:
    """The last change that was made to our tables: a backup fits into the same ones only."""
    made = MigrationRecorder.Migration.objects.filter(app="storage").order_by("-name")
    return str(made.values_list("name", flat=True)[0])


@contextmanager
def one_moment() -> Iterator[None]:
    """Whatever is read inside is as it was at one moment; writers neither wait nor are seen."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")  # Django's own is IMMEDIATE: it locks writers out
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
        return
    with transaction.atomic(durable=True), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield
