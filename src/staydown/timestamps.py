"""RFC 3161 timestamps, as bytes: what an authority is asked, and what its answer proves.

What is asked holds a digest and a nonce, and nothing of what was digested. An answer proves that
the authority saw the digest at its time; it does not prove that what was digested is true. Nothing
here opens a network: `authority` does.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import reduce

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from staydown.errors import Misconfigured, SealBroken


@dataclass(frozen=True, slots=True, kw_only=True)
class Authorities:
    """Root certificates of the timestamp authorities that are believed; at least one."""

    roots: tuple[x509.Certificate, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """What an authority is sent (a TimeStampReq in DER, RFC 3161 §2.4.1), and its nonce."""

    request: bytes
    nonce: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """Proof that an authority saw a digest of something by `at`, in UTC."""

    at: datetime


def read_authorities(pem: bytes) -> Authorities:
    """The certificates in a PEM file. Raises Misconfigured if there is none, or one is damaged."""
    try:
        found = tuple(dict.fromkeys(x509.load_pem_x509_certificates(pem)))
    except ValueError as error:
        raise Misconfigured("not a file of certificates in PEM") from error
    return Authorities(roots=found)


def ask_about(data: bytes) -> Question:
    """A question about the SHA-256 of `data`, which is not empty."""
    builder = TimestampRequestBuilder().data(data).hash_algorithm(HashAlgorithm.SHA256)
    request = builder.build()
    if request.nonce is None:
        raise SealBroken("the request for a timestamp has no nonce")
    return Question(request=request.as_bytes(), nonce=request.nonce)


def check_stamp(
    answer: bytes, data: bytes, authorities: Authorities, *, nonce: int | None = None
) -> Stamp:
    """What `answer` (a TimeStampResp in DER, §2.4.2) proves of `data`.

    A certificate has to be valid at the time of the stamp, not today. Raises SealBroken, saying
    what does not hold: the digest, the nonce of the question if one is given, the signature.
    """
    # Built here, once, for each check: a builder that is derived from another shares its roots.
    start = VerifierBuilder(nonce=nonce)
    verifier = reduce(VerifierBuilder.add_root_certificate, authorities.roots, start).build()
    try:
        response: TimeStampResponse = decode_timestamp_response(answer)
        verifier.verify_message(response, data)
        return Stamp(at=response.tst_info.gen_time)
    except (VerificationError, ValueError) as error:
        raise SealBroken(f"the timestamp does not hold: {error}") from error
