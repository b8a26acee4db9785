"""Seals bytes under a data key, and a data key under the master key.

The cipher is XChaCha20-Poly1305 (RFC 8439, with a 24-byte nonce drawn by libsodium). Destroying a
wrapped data key forgets what it sealed, wherever copies of the sealed bytes lie. A seal shows that
nobody without the key wrote or changed the bytes; it does not show when.
"""

import hmac
from dataclasses import dataclass

from nacl.exceptions import CryptoError
from nacl.secret import Aead

from staydown.errors import SealBroken
from staydown.ids import Randomness, system_randomness

KEY_BYTES = Aead.KEY_SIZE
"""32 bytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DataKey:
    """The key of one entry, original or case text, in the clear: never stored, never printed."""

    secret: bytes

    def __repr__(self) -> str:
        return "DataKey(…)"


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """A data key sealed under a master key: safe to store beside what it seals."""

    sealed: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """Sealed things of one subject, by name, with its wrapped key: ready to be written."""

    subject: str
    key: WrappedKey
    sealed: tuple[tuple[str, bytes], ...]


def seal(plain: bytes, *, key: DataKey, context: str) -> bytes:
    """Encrypt `plain`, bound to `context`: under another context it does not open.

    Adds 40 bytes.
    """
    return bytes(Aead(key.secret).encrypt(plain, aad=context.encode()))


def unseal(sealed: bytes, *, key: DataKey, context: str) -> bytes:
    """The plain bytes.

    Raises SealBroken if the key, the context or a single bit differs from what was sealed.
    """
    try:
        return Aead(key.secret).decrypt(sealed, aad=context.encode())
    except (CryptoError, ValueError) as error:
        raise SealBroken(f"{context}: the seal does not open with this key") from error


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterKey:
    """The key that wraps data keys. Lives in a file (later: a KMS) outside the data folder."""

    secret: bytes

    def __repr__(self) -> str:
        return "MasterKey(…)"

    @property
    def name(self) -> str:
        """Which one it is, 16 hexadecimal characters that say nothing of the key itself."""
        return hmac.digest(self.secret, b"name of a master key", "sha256").hex()[:16]

    def new_data_key(self, randomness: Randomness = system_randomness) -> DataKey:
        """A fresh data key of 256 bits."""
        return DataKey(secret=randomness(KEY_BYTES))

    def wrap(self, key: DataKey, *, context: str) -> WrappedKey:
        """Seal `key` for storage, bound to what it is for."""
        return WrappedKey(sealed=seal(key.secret, key=DataKey(secret=self.secret), context=context))

    def unwrap(self, wrapped: WrappedKey, *, context: str) -> DataKey:
        """The data key again. Raises SealBroken."""
        own = DataKey(secret=self.secret)
        return DataKey(secret=unseal(wrapped.sealed, key=own, context=context))
