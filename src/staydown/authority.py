"""Asks a timestamp authority over HTTP (RFC 3161 §3.4). It is sent a digest, and nothing else."""

from dataclasses import dataclass

import httpx

from staydown.errors import Unanswered
from staydown.timestamps import Authorities, ask_about, check_stamp

TIMEOUT_SECONDS = 10.0
MAX_ANSWER_BYTES = 65_536
"""An answer with its certificates has a few kilobytes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """An authority at `url`, and the certificates by which its answers are believed."""

    url: str
    believed: Authorities

    def stamp(self, data: bytes) -> bytes:
        """The authority's answer about the digest of `data`, in DER, after checking it.

        Raises Unanswered, or SealBroken for an answer that does not hold.
        """
        question = ask_about(data)
        answer = _post(self.url, question.request)
        check_stamp(answer, data, self.believed, nonce=question.nonce)
        return answer


def _post(url: str, request: bytes) -> bytes:
    """One request; no redirect is followed, and no proxy or password of the environment used."""
    headers = {"Content-Type": "application/timestamp-query"}
    answer = bytearray()
    try:
        with (
            httpx.Client(timeout=TIMEOUT_SECONDS, trust_env=False) as client,
            client.stream("POST", url, content=request, headers=headers) as response,
        ):
            if response.status_code != httpx.codes.OK:
                raise Unanswered(f"the timestamp authority answered {response.status_code}")
            for piece in response.iter_bytes():
                answer += piece
                if len(answer) > MAX_ANSWER_BYTES:
                    raise Unanswered("the timestamp authority answered too much")
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise Unanswered(f"no timestamp authority answers: {type(error).__name__}") from error
    return bytes(answer)
