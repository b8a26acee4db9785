"""An append-only log in which every entry commits to the one before it.

The chain shows that history was not rewritten after the last checkpoint that someone else holds. It
does not show that what was written was true, and cutting off its end is not seen without such a
checkpoint.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from staydown.audit.entries import Fact, as_json
from staydown.digests import Digest, Json, canonical, sha256
from staydown.errors import SealBroken
from staydown.ids import ActorId

GENESIS = Digest("0" * 64)
"""What the first entry commits to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """Where a chain ends: how many entries it has, and the digest of the last."""

    length: int = 0
    digest: Digest = GENESIS


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log. `digest` is of all the other fields."""

    number: int
    at: datetime
    by: ActorId
    previous: Digest
    fact: Fact
    digest: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class Intact:
    """Proof that a chain was checked: only `verify` makes one."""

    length: int
    head: Digest


def append(head: Head, fact: Fact, *, by: ActorId, at: datetime) -> Entry:
    """The entry that follows `head`."""
    number = head.length + 1
    digest = _digest(number=number, at=at, by=by, previous=head.digest, fact=fact)
    return Entry(number=number, at=at, by=by, previous=head.digest, fact=fact, digest=digest)


def verify(entries: Iterable[Entry]) -> Intact:
    """Walk the chain from the first entry. Raises SealBroken at the first break, naming it."""
    head = Head()
    for entry in entries:
        _check(entry, head)
        head = Head(length=entry.number, digest=entry.digest)
    return Intact(length=head.length, head=head.digest)


def _check(entry: Entry, head: Head) -> None:
    expected = head.length + 1
    if entry.number != expected:
        raise SealBroken(f"audit entry {expected} is missing: found {entry.number}")
    if entry.previous != head.digest:
        raise SealBroken(f"audit entry {entry.number} does not follow entry {head.length}")
    digest = _digest(
        number=entry.number, at=entry.at, by=entry.by, previous=entry.previous, fact=entry.fact
    )
    if entry.digest != digest:
        raise SealBroken(f"audit entry {entry.number} was changed after it was written")


def _digest(*, number: int, at: datetime, by: ActorId, previous: Digest, fact: Fact) -> Digest:
    """Over the canonical form; the time to the microsecond, in UTC."""
    written = at.isoformat(timespec="microseconds")
    value: dict[str, Json] = {
        "number": number,
        "at": written,
        "by": by,
        "previous": previous,
        "fact": as_json(fact),
    }
    return sha256(canonical(value))
