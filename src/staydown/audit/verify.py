"""Checks an exported audit chain, alone: no server, no database, no knowledge of what entries mean.

    python -m staydown.audit EXPORT --key KEY --authority PEM --checkpoint HELD

1. Every line is one entry, written the one way it may be written.
2. The entries are numbered from 1, each names the digest of the one before, and its own digest is
   the SHA-256 of everything else in it.
3. The chain goes through every checkpoint, those in the export and those that you hold yourself.
4. Every checkpoint is signed, by a key that you know if you name one.
5. Every timestamp is of its checkpoint, by an authority that you believe if you name one.

The first break is named. A chain that passes was not rewritten since the last checkpoint that you
hold, or that was timestamped. It is not shown that what was written was true, nor that nothing was
cut off after that checkpoint.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from staydown.audit.chain import GENESIS, Head
from staydown.audit.checkpoints import SignedCheckpoint, read
from staydown.audit.export import CHAIN, CHECKPOINTS, STAMP, STATEMENT
from staydown.digests import Digest, canonical, sha256
from staydown.errors import BadRequest, SealBroken
from staydown.timestamps import Authorities, check_stamp

MAX_LINE_BYTES = 65_536
KINDS = {"number": int, "at": str, "by": str, "previous": str, "fact": dict, "digest": str}
SKEW = timedelta(minutes=5)
"""How far the clocks of two machines may be apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Auditor:
    """What you bring along, from somewhere else than the export."""

    keys: frozenset[str] = frozenset()
    authorities: Authorities | None = None
    held: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Verified:
    """Proof that an export was checked.

    `signed` and `stamped` are the lengths up to which a signature, and a timestamp that was
    checked, cover the chain; `stamped_at` is the time that the latter shows.
    """

    length: int
    head: Digest
    signed: int = 0
    stamped: int = 0
    stamped_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A checkpoint that the chain has to go through, and its timestamp where one was checked."""

    signed: SignedCheckpoint
    stamped_at: datetime | None


def verify_export(export: Path, auditor: Auditor) -> Verified:
    """Check all five. `export` is the folder, or a chain file alone.

    Raises SealBroken, naming the first break, or BadRequest for what cannot be read.
    """
    chain = export / CHAIN if export.is_dir() else export
    claims = sorted(_claims(export, auditor), key=lambda claim: claim.signed.checkpoint.length)
    waiting = list(claims)
    head = Head()
    for line in _lines(chain):
        head = _follow(head, line)
        while waiting and waiting[0].signed.checkpoint.length <= head.length:
            _check_passed(head, waiting.pop(0).signed)
    for claim in waiting:  # those of an empty chain, and those beyond its end
        _check_passed(head, claim.signed)
    stamped = [claim for claim in claims if claim.stamped_at]
    return Verified(
        length=head.length,
        head=head.digest,
        signed=claims[-1].signed.checkpoint.length if claims else 0,
        stamped=stamped[-1].signed.checkpoint.length if stamped else 0,
        stamped_at=stamped[-1].stamped_at if stamped else None,
    )


def _lines(chain: Path) -> Iterator[bytes]:
    try:
        with chain.open("rb") as file:
            while line := file.readline(MAX_LINE_BYTES):
                yield line
    except OSError as error:
        raise BadRequest(f"{chain}: it cannot be read ({error.strerror})") from error


def _follow(head: Head, line: bytes) -> Head:
    """The head after one more entry: checks 1 and 2."""
    number = head.length + 1
    try:
        entry = json.loads(line)
        is_one = {name: type(value) for name, value in entry.items()} == KINDS
        is_one = is_one and canonical(entry) + b"\n" == line
    except (ValueError, AttributeError, TypeError, RecursionError):
        is_one = False
    if not is_one:
        raise SealBroken(f"audit entry {number} cannot be read: it was changed, or cut off")
    if entry["number"] != number:
        raise SealBroken(f"audit entry {number} is missing: found {entry['number']}")
    if entry["previous"] != head.digest:
        raise SealBroken(f"audit entry {number} does not follow entry {head.length}")
    digest = entry.pop("digest")
    if digest != sha256(canonical(entry)):
        raise SealBroken(f"audit entry {number} was changed after it was written")
    return Head(length=number, digest=digest)


def _check_passed(head: Head, signed: SignedCheckpoint) -> None:
    """Check 3, called as soon as the chain is as long as the checkpoint, or at its end."""
    stated = signed.checkpoint
    when = f"the checkpoint of {stated.at:%Y-%m-%d %H:%M:%S} UTC"
    if stated.length > head.length:
        raise SealBroken(
            f"audit entry {head.length + 1} is missing: {when} says that {stated.length} were there"
        )
    expected = head.digest if stated.length else GENESIS
    if stated.head != expected:
        raise SealBroken(
            f"audit entry {stated.length} is not the one that was there at {when}: "
            "it, or something before it, was rewritten"
        )


def _claims(export: Path, auditor: Auditor) -> Iterator[Claim]:
    """Checks 4 and 5 of every checkpoint, in their order."""
    folder = export / CHECKPOINTS
    own = sorted(folder.glob(f"*{STATEMENT}")) if folder.is_dir() else []
    stray = {path.with_suffix(STATEMENT) for path in folder.glob(f"*{STAMP}")} - set(own)
    if stray:
        raise SealBroken(f"checkpoint {min(stray).stem} is missing: its timestamp is there")
    for path in (*own, *auditor.held):
        yield _claim(path, auditor)


def _claim(path: Path, auditor: Auditor) -> Claim:
    written = _read(path)
    try:
        signed = read(written)
    except SealBroken as error:
        raise SealBroken(f"checkpoint {path.stem}: {error}") from error
    signed.check()
    stated = signed.checkpoint
    if auditor.keys and stated.key not in auditor.keys:
        raise SealBroken(f"checkpoint {stated.length} is signed by another key, {stated.key}")
    answer = path.with_suffix(STAMP)
    if auditor.authorities is None or not answer.exists():
        return Claim(signed=signed, stamped_at=None)
    try:
        at = check_stamp(_read(answer), written, auditor.authorities).at
    except SealBroken as error:
        raise SealBroken(f"checkpoint {stated.length}: {error}") from error
    if at < stated.at - SKEW:
        raise SealBroken(f"checkpoint {stated.length} was timestamped before it says it was made")
    return Claim(signed=signed, stamped_at=at)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(MAX_LINE_BYTES)
    except OSError as error:
        raise BadRequest(f"{path}: it cannot be read ({error.strerror})") from error


def tell(verified: Verified, auditor: Auditor) -> Sequence[str]:
    """What was shown, and what was not, in sentences."""
    told = [f"The audit chain is whole: {verified.length} entries, ending in {verified.head}."]
    if not verified.signed:
        told.append("No checkpoint: that nothing was rewritten or cut off is not shown.")
        return told
    known = "by a key you named" if auditor.keys else "by a key you did not name (--key)"
    told.append(f"Signed up to entry {verified.signed}, {known}.")
    if verified.stamped_at:
        when = f"{verified.stamped_at:%Y-%m-%d %H:%M:%S} UTC"
        told.append(f"Timestamped up to entry {verified.stamped}: it was there by {when}.")
    elif auditor.authorities:
        told.append("No checkpoint has a timestamp.")
    else:
        told.append("Timestamps were not checked: name an authority's certificate (--authority).")
    return told
