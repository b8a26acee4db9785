"""Sealed bytes in rows, each subject under a data key of its own, wrapped by the master key.

They lie in the database so that a notice and its pictures are durable in the same instant, and so
that a backup of the database is all of it. The context of every seal names its place: a row moved
elsewhere does not open.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from staydown.digests import Digest, commit_parts
from staydown.errors import KeyGone, NotFound
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import DataKey, MasterKey, Parcel, WrappedKey, seal, unseal
from staydown.storage.models import DataKeyRow, SealedRow
from staydown.storage.traces import erase_traces

MARKS = "marks"
"""The subject whose key makes marks; it is never forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseVault:
    """The vault of `casework.ports`."""

    master: MasterKey
    randomness: Randomness = system_randomness

    def pack(self, subject: str, things: Mapping[str, bytes]) -> Parcel:
        """Seal `things` under a fresh key of `subject`, which has none yet. Writes nothing."""
        key = self.master.new_data_key(self.randomness)
        sealed = (
            (name, seal(plain, key=key, context=_context(subject, name)))
            for name, plain in things.items()
        )
        wrapped = self.master.wrap(key, context=_key_context(subject))
        return Parcel(subject=subject, key=wrapped, sealed=tuple(sealed))

    def keep(self, parcel: Parcel) -> None:
        """Write a parcel."""
        key = DataKeyRow.objects.create(subject=parcel.subject, wrapped=parcel.key.sealed)
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
        return unseal(bytes(row.sealed), key=key, context=_context(subject, name))

    def forget(self, subject: str) -> None:
        """Destroy the key, and what it sealed. The tombstone keeps the subject from coming back."""
        DataKeyRow.objects.update_or_create(subject=subject, defaults={"wrapped": None})
        SealedRow.objects.filter(key_id=subject).delete()
        erase_traces()

    def mark(self, *parts: bytes) -> Digest:
        """A keyed digest: without the master key nobody can try which value it is of."""
        return commit_parts(*parts, salt=self._key_made(MARKS).secret)

    def _key(self, subject: str) -> DataKey:
        row = DataKeyRow.objects.filter(subject=subject).first()
        if row is None:
            raise NotFound("no such thing")
        return _unwrap(row, self.master)

    def _key_made(self, subject: str) -> DataKey:
        row = DataKeyRow.objects.filter(subject=subject).first()
        if row is None:
            key = self.master.new_data_key(self.randomness)
            wrapped = self.master.wrap(key, context=_key_context(subject)).sealed
            row, _ = DataKeyRow.objects.get_or_create(
                subject=subject, defaults={"wrapped": wrapped}
            )
        return _unwrap(row, self.master)


def holds_sealed() -> bool:
    """Whether there is anything that only a master key opens."""
    return DataKeyRow.objects.filter(wrapped__isnull=False).exists()


def try_key(master: MasterKey) -> None:
    """Open one data key, if there is any. Raises SealBroken if another master key wrapped it."""
    row = DataKeyRow.objects.filter(wrapped__isnull=False).order_by("subject").first()
    if row is not None:
        _unwrap(row, master)


def _unwrap(row: DataKeyRow, master: MasterKey) -> DataKey:
    if row.wrapped is None:
        raise KeyGone("this was forgotten for good")
    wrapped = WrappedKey(sealed=bytes(row.wrapped))
    return master.unwrap(wrapped, context=_key_context(row.subject))


def _context(subject: str, name: str) -> str:
    return f"staydown/{subject}/{name}"


def _key_context(subject: str) -> str:
    return f"staydown/key/{subject}"
