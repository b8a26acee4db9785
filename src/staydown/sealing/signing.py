"""Signatures that anybody can check (Ed25519, RFC 8032), under a key kept in a file of its own.

A signature shows that the holder of the key signed these bytes. It does not show when, nor that
they signed nothing else.
"""

from dataclasses import dataclass
from pathlib import Path

from nacl.exceptions import CryptoError
from nacl.signing import SigningKey as Ed25519
from nacl.signing import VerifyKey

from staydown.errors import Misconfigured, SealBroken
from staydown.ids import Randomness, system_randomness
from staydown.sealing.key_file import KeyKind, make_secret, read_secret

KIND = KeyKind(header="staydown checkpoint key 1", name="checkpoint key")


@dataclass(frozen=True, slots=True, kw_only=True)
class SigningKey:
    """A key that signs: never stored beside what it signs, never printed."""

    seed: bytes

    def __repr__(self) -> str:
        return "SigningKey(…)"

    @property
    def public(self) -> str:
        """What anybody checks its signatures with: 64 lowercase hexadecimal characters."""
        return bytes(Ed25519(self.seed).verify_key).hex()

    def sign(self, signed: bytes) -> str:
        """The signature of these bytes: 128 lowercase hexadecimal characters."""
        return Ed25519(self.seed).sign(signed).signature.hex()


def check_signature(signed: bytes, signature: str, *, public: str) -> None:
    """Raises SealBroken unless the holder of `public` signed these bytes."""
    try:
        VerifyKey(bytes.fromhex(public)).verify(signed, bytes.fromhex(signature))
    except (CryptoError, ValueError, TypeError) as error:
        raise SealBroken("the signature does not hold") from error


def open_signing_key(
    path: Path, randomness: Randomness = system_randomness, *, kind: KeyKind = KIND
) -> SigningKey:
    """The key in `path`, made first if there is none. Raises Misconfigured."""
    if not path.exists():
        try:
            return SigningKey(seed=make_secret(path, kind, randomness))
        except Misconfigured:
            if not path.exists():
                raise  # otherwise another process of ours was faster: its key is the one
    return read_signing_key(path, kind)


def read_signing_key(path: Path, kind: KeyKind = KIND) -> SigningKey:
    """The key in `path`. Raises Misconfigured."""
    return SigningKey(seed=read_secret(path, kind))
