"""SHA-256 (FIPS 180-4), salted commitments, and one canonical form of JSON.

A digest names bytes; it does not say who wrote them or that they are true.
"""

import hashlib
import hmac
import json
from collections.abc import Mapping, Sequence
from typing import NewType

Digest = NewType("Digest", str)
"""64 lowercase hexadecimal characters."""

type Json = None | bool | int | str | Sequence[Json] | Mapping[str, Json]
"""What may be digested. No floats: two machines may print them differently."""


def sha256(data: bytes) -> Digest:
    """The SHA-256 of `data`."""
    return Digest(hashlib.sha256(data).hexdigest())


def sha256_of_parts(*parts: bytes | memoryview) -> Digest:
    """The SHA-256 of all parts one after the other, without laying them together in memory."""
    whole = hashlib.sha256()
    for part in parts:
        whole.update(part)
    return Digest(whole.hexdigest())


def commit(value: bytes, salt: bytes) -> Digest:
    """HMAC-SHA-256 of `value` under `salt` (RFC 2104): shows nothing once the salt is destroyed."""
    return commit_parts(value, salt=salt)


def commit_parts(*parts: bytes, salt: bytes) -> Digest:
    """The same of all parts one after the other, without laying them together in memory."""
    whole = hmac.new(salt, digestmod=hashlib.sha256)
    for part in parts:
        whole.update(part)
    return Digest(whole.hexdigest())


def canonical(value: Json) -> bytes:
    """The one way to write `value` as UTF-8 JSON: keys sorted, no spaces, no needless escapes.

    RFC 8785 for the values we use: whole numbers below 2**53, and keys in ASCII.
    """
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()
