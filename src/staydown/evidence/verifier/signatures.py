"""Ed25519 signatures (RFC 8032), by the `cryptography` library alone."""

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from staydown.errors import SealBroken


def check_ed25519(signed: bytes, signature: str, *, public: str, what: str) -> None:
    """Both in hexadecimal. Raises SealBroken unless the holder of `public` signed."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
        key.verify(bytes.fromhex(signature), signed)
    except (InvalidSignature, ValueError, TypeError) as error:
        raise SealBroken(f"{what}: the signature does not hold") from error


def public_pem(public: str) -> bytes:
    """A public key in hexadecimal, as PEM: what `openssl` reads. Raises SealBroken."""
    try:
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public))
    except (ValueError, TypeError) as error:
        raise SealBroken("the manifest names no Ed25519 key as its signer") from error
    return key.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
