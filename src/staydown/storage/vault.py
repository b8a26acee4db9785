"""Sealed bytes in rows, each subject under a data key of its own, wrapped by the master key.

They lie in the database so that a notice and its pictures are durable in the same instant, and so
that a backup of the database is all of it. The context of every seal names its place: a row moved
elsewhere does not open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db import transaction

from staydown.digests import Digest, commit_parts
from staydown.errors import KeyGone, NotFound, SealBroken
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import DataKey, MasterKey, Parcel, WrappedKey, seal, unseal
from staydown.sealing.masters import Masters
from staydown.storage.models import DataKeyRow, MasterRow, SealedRow
from staydown.storage.tombstones import bury
from staydown.storage.traces import erase_traces

ONLY = 1
MARKS = "marks"
"""The subject whose key makes marks; it is never forgotten."""
BACKUPS = "backups"
"""The subject whose key shows that a backup is whole, and ours; it is never forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseVault:
    """The vault of `casework.ports`."""

    masters: Masters
    randomness: Randomness = system_randomness

    def pack(self, subject: str, things: Mapping[str, bytes]) -> Parcel:
        """Seal `things` under a fresh key of `subject`, which has none yet. Writes nothing."""
        master = self.masters.wrapping
        key = master.new_data_key(self.randomness)
        sealed = (
            (name, seal(plain, key=key, context=_context(subject, name)))
            for name, plain in things.items()
        )
        wrapped = master.wrap(key, context=_key_context(subject))
        return Parcel(subject=subject, key=wrapped, sealed=tuple(sealed))

    def keep(self, parcel: Parcel) -> None:
        """Write a parcel."""
        key = DataKeyRow.objects.create(subject=parcel.subject, wrapped=parcel.key.sealed)
        self._follow_rotation(key)
        SealedRow.objects.bulk_create(
            SealedRow(key=key, name=name, sealed=sealed) for name, sealed in parcel.sealed
        )

    def put(self, subject: str, name: str, plain: bytes) -> None:
        """Seal `plain` as `name` of `subject`, in the place of what was there. Raises KeyGone."""
        key = self._key_made(subject)
        sealed = seal(plain, key=key, context=_context(subject, name))
        SealedRow.objects.update_or_create(key_id=subject, name=name, defaults={"sealed": sealed})

    def open(self, subject: str, name: str) -> bytes:
        """The plain bytes. Raises NotFound, or KeyGone once the subject was forgotten."""
        key = self._key(subject)
        row = SealedRow.objects.filter(key_id=subject, name=name).first()
        if row is None:
            raise NotFound("no such thing")
        return open_sealed(row, key)

    def forget(self, subject: str) -> None:
        """Destroy the key, and what it sealed. The tombstone keeps the subject from coming back."""
        forget_subject(subject)

    def mark(self, *parts: bytes) -> Digest:
        """A keyed digest: without the master key nobody can try which value it is of."""
        return commit_parts(*parts, salt=self._key_made(MARKS).secret)

    def backup_key(self) -> DataKey:
        """What shows that a backup is whole, and ours."""
        return self._key_made(BACKUPS)

    def _key(self, subject: str) -> DataKey:
        row = DataKeyRow.objects.filter(subject=subject).first()
        if row is None:
            raise NotFound("no such thing")
        return unwrap_row(row, self.masters)

    def _key_made(self, subject: str) -> DataKey:
        row = DataKeyRow.objects.filter(subject=subject).first()
        if row is None:
            master = self.masters.wrapping
            key = master.new_data_key(self.randomness)
            wrapped = master.wrap(key, context=_key_context(subject)).sealed
            with transaction.atomic():
                row, is_made = DataKeyRow.objects.get_or_create(
                    subject=subject, defaults={"wrapped": wrapped}
                )
                if is_made:
                    self._follow_rotation(row)
        return unwrap_row(row, self.masters)

    def _follow_rotation(self, row: DataKeyRow) -> None:
        """Wrap a fresh key by the master key of now, if that is another than we thought.

        After writing the row, so that whoever rotates either waits for it or is seen here.
        """
        current = MasterRow.objects.filter(pk=ONLY).first()
        if current is not None and row.wrapped is not None:
            wrap_anew(row, self.masters, self.masters.find(current.name))


def forget_subject(subject: str) -> None:
    """The same, for those who have no vault: it takes no master key to destroy a key."""
    DataKeyRow.objects.update_or_create(subject=subject, defaults={"wrapped": None})
    SealedRow.objects.filter(key_id=subject).delete()
    bury(subject)
    erase_traces()


def holds_sealed() -> bool:
    """Whether there is anything that only a master key opens."""
    return DataKeyRow.objects.filter(wrapped__isnull=False).exists()


def try_keys(masters: Masters) -> None:
    """Open one data key, if there is any. Raises SealBroken if another master key wrapped it."""
    row = DataKeyRow.objects.filter(wrapped__isnull=False).order_by("subject").first()
    if row is not None:
        unwrap_row(row, masters)


def open_sealed(row: SealedRow, key: DataKey) -> bytes:
    """The plain bytes of one row. Raises SealBroken."""
    return unseal(bytes(row.sealed), key=key, context=_context(row.key_id, row.name))


def unwrap_row(row: DataKeyRow, masters: Masters) -> DataKey:
    """The data key in `row`. Raises KeyGone, SealBroken."""
    return masters.unwrap(_wrapped(row), context=_key_context(row.subject))


def wrap_anew(row: DataKeyRow, masters: Masters, by: MasterKey) -> bool:
    """Have `by` wrap the data key in `row`; whether another one did before.

    Raises KeyGone, SealBroken.
    """
    context = _key_context(row.subject)
    try:
        by.unwrap(_wrapped(row), context=context)
    except KeyGone:
        raise
    except SealBroken:
        row.wrapped = by.wrap(unwrap_row(row, masters), context=context).sealed
        row.save(update_fields=["wrapped"])
        return True
    return False


def _wrapped(row: DataKeyRow) -> WrappedKey:
    if row.wrapped is None:
        raise KeyGone("this was forgotten for good")
    return WrappedKey(sealed=bytes(row.wrapped))


def _context(subject: str, name: str) -> str:
    return f"staydown/{subject}/{name}"


def _key_context(subject: str) -> str:
    return f"staydown/key/{subject}"
