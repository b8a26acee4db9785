"""Commands as signed webhooks, after the Standard Webhooks specification 1.0.0.

`webhook-id` is the command's own name, the same at each try, by which the platform knows what it
has carried out already; `webhook-timestamp` is the time of the try, by which it turns down what
somebody recorded and sends again; `webhook-signature` vouches for both and for the body.
"""

import base64
import hmac
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

from staydown.casework.commands import Command
from staydown.casework.telling import Heard
from staydown.errors import NotFetched

SECRET_BYTES: Final = 32
PREFIX: Final = "whsec_"
GONE: Final = 410


class Response(Protocol):
    """What was answered."""

    @property
    def status(self) -> int: ...
    @property
    def body(self) -> bytes: ...


type Post = Callable[[str, bytes, Mapping[str, str]], Response]
"""Address, body and headers → answer. Raises NotFetched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Webhook:
    """The platform's own address for commands. `secrets` gives those that sign, the newest first.

    While the platform changes from one to the next, both of them sign.
    """

    address: str = field(repr=False)
    post: Post = field(repr=False)
    secrets: Callable[[], Sequence[bytes]] = field(repr=False)

    def tell(self, command: Command, at: datetime) -> Heard:
        """Tell one command. Raises NotFetched unless it was answered with 2xx, or 410.

        An answer of `{"acknowledged": true}` says that it was carried out.
        """
        body = body_of(command)
        headers = headers_for(command.id, at, body, self.secrets())
        answer = self.post(self.address, body, headers)
        if answer.status == GONE:
            return Heard.GONE
        if not 200 <= answer.status < 300:
            raise NotFetched(f"the webhook answered with {answer.status}")
        return Heard.DONE if is_acknowledged(answer.body) else Heard.CAME


def body_of(command: Command) -> bytes:
    """What is told of a command: as much as `GET /v1/commands` says, and not of whom."""
    issued_at = command.issued_at.isoformat().replace("+00:00", "Z")
    data = {
        "id": command.id,
        "kind": command.kind,
        "content_ref": command.content_ref,
        "case": command.case,
        "issued_at": issued_at,
    }
    told = {"type": f"command.{command.kind}", "timestamp": issued_at, "data": data}
    return json.dumps(told, separators=(",", ":")).encode()


def headers_for(
    name: str, at: datetime, body: bytes, secrets: Sequence[bytes]
) -> Mapping[str, str]:
    """The headers that vouch for it. Raises NotFetched without a secret: then nothing is sent."""
    if not secrets:
        raise NotFetched("the webhook has no secret yet: make one with `staydown webhook secret`")
    seconds = int(at.timestamp())
    return {
        "content-type": "application/json",
        "webhook-id": name,
        "webhook-timestamp": str(seconds),
        "webhook-signature": " ".join(sign(name, seconds, body, secret) for secret in secrets),
    }


def sign(name: str, seconds: int, body: bytes, secret: bytes) -> str:
    """HMAC-SHA-256 of `name.seconds.body` (Standard Webhooks, "Signature scheme")."""
    signed = f"{name}.{seconds}.".encode() + body
    return "v1," + base64.b64encode(hmac.digest(secret, signed, "sha256")).decode()


def write_secret(secret: bytes) -> str:
    """The secret as both sides keep it, recognisable to those who look for leaked ones."""
    return PREFIX + base64.b64encode(secret).decode()


def is_acknowledged(body: bytes) -> bool:
    """Whether the answer says that the command was carried out, and not only that it came."""
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return False
    return isinstance(found, dict) and found.get("acknowledged") is True
