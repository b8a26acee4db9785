"""Signed statements of where the chain stood: length, last digest, time.

Whoever holds one, or has it timestamped, sees whether what it covers was rewritten or cut off
since. A signature alone does not show that to somebody who mistrusts the holder of the key: that
one can sign another history. A timestamp does, since nobody can ask for one in the past.
"""

import json
import re
from dataclasses import dataclass
from datetime import UTC, datetime

from staydown.audit.chain import Head
from staydown.digests import Digest, Json, canonical
from staydown.errors import SealBroken
from staydown.sealing.signing import SigningKey, check_signature

FORM = re.compile(r"[0-9a-f]{64}")
DOMAIN = "staydown checkpoint 1"
"""Part of what is signed, so that a signature is of a checkpoint and of nothing else."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """Where the chain stood at a time, by the public key that says so (Ed25519, hexadecimal)."""

    length: int
    head: Digest
    at: datetime
    key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedCheckpoint:
    """A checkpoint and its signature; whether that holds, `check` says."""

    checkpoint: Checkpoint
    signature: str

    def written(self) -> bytes:
        """The one way to write it: what is handed out, and what a timestamp is of."""
        return canonical({**_as_json(self.checkpoint), "signature": self.signature}) + b"\n"

    def check(self) -> None:
        """Raises SealBroken unless the key that it names signed it."""
        stated = self.checkpoint
        try:
            check_signature(_signed(stated), self.signature, public=stated.key)
        except SealBroken as error:
            raise SealBroken(f"checkpoint {stated.length}: {error}") from error


def sign(head: Head, *, at: datetime, key: SigningKey) -> SignedCheckpoint:
    """A checkpoint of a chain that ends at `head`."""
    stated = Checkpoint(length=head.length, head=head.digest, at=at, key=key.public)
    return SignedCheckpoint(checkpoint=stated, signature=key.sign(_signed(stated)))


def read(written: bytes) -> SignedCheckpoint:
    """The checkpoint that `written` wrote, to the byte. Raises SealBroken if it is none."""
    try:
        told = json.loads(written)
        stated = Checkpoint(
            length=told["length"],
            head=Digest(told["head"]),
            at=datetime.fromisoformat(told["at"]).astimezone(UTC),
            key=told["key"],
        )
        signed = SignedCheckpoint(checkpoint=stated, signature=told["signature"])
        is_one = type(stated.length) is int and signed.written() == written
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise SealBroken("not a checkpoint") from error
    if not is_one or not FORM.fullmatch(stated.head) or not FORM.fullmatch(stated.key):
        raise SealBroken("not a checkpoint, or not as it was written")
    return signed


def _signed(stated: Checkpoint) -> bytes:
    return canonical({**_as_json(stated), "what": DOMAIN})


def _as_json(stated: Checkpoint) -> dict[str, Json]:
    at = stated.at.isoformat(timespec="microseconds")
    return {"length": stated.length, "head": stated.head, "at": at, "key": stated.key}
