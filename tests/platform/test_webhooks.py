"""A webhook is what the specification says, and says no more than the platform may know."""

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

import pytest

from staydown.casework.commands import Command, CommandKind
from staydown.casework.telling import Heard
from staydown.errors import NotFetched
from staydown.ids import CaseId, CommandId
from staydown.platform.webhooks import PREFIX, Webhook, body_of, sign, write_secret

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
COMMAND = Command(
    id=CommandId("command_a"),
    kind=CommandKind.HIDE,
    content_ref="post/8213 – ü",
    case=CaseId("case_a"),
    issued_at=NOON,
)
SECRET = b"s" * 32


def test_the_signature_is_that_of_the_specification() -> None:
    """The example that libraries for it are tested with."""
    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")

    signed = sign("msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}', secret)

    assert signed == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="


def test_a_secret_is_written_as_others_read_it() -> None:
    written = write_secret(SECRET)

    assert written.startswith(PREFIX)
    assert base64.b64decode(written.removeprefix(PREFIX)) == SECRET


def test_the_body_says_what_to_do_with_which_content_and_nothing_else() -> None:
    assert json.loads(body_of(COMMAND)) == {
        "type": "command.hide",
        "timestamp": "2026-03-01T12:00:00Z",
        "data": {
            "id": "command_a",
            "kind": "hide",
            "content_ref": "post/8213 – ü",
            "case": "case_a",
            "issued_at": "2026-03-01T12:00:00Z",
        },
    }


@dataclass(frozen=True)
class Answered:
    status: int
    body: bytes = b""


@dataclass
class Platform:
    """Takes what is posted, checks it as the specification tells receivers to, and answers."""

    answer: Answered
    came: list[tuple[Mapping[str, str], bytes]] = field(default_factory=list)

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Answered:
        self.came.append((headers, body))
        return self.answer

    def vouched_by(self, secret: bytes) -> list[bool]:
        """Whether each was signed by that secret, among others perhaps."""
        return [
            any(
                hmac.compare_digest(one, sign_anew(headers, body, secret))
                for one in headers["webhook-signature"].split(" ")
            )
            for headers, body in self.came
        ]


def sign_anew(headers: Mapping[str, str], body: bytes, secret: bytes) -> str:
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.{body.decode()}"
    digest = hmac.new(secret, signed.encode(), "sha256").digest()
    return f"v1,{base64.b64encode(digest).decode()}"


def webhook(platform: Platform, *secrets: bytes) -> Webhook:
    return Webhook(address="https://forum.example/h", post=platform.post, secrets=lambda: secrets)


def test_every_secret_signs_and_no_other() -> None:
    platform = Platform(Answered(204))

    webhook(platform, b"new" * 10, b"old" * 10).tell(COMMAND, NOON)

    vouched = [platform.vouched_by(secret) for secret in (b"new" * 10, b"old" * 10, b"bad" * 10)]
    assert vouched == [[True], [True], [False]]


def test_each_try_has_the_same_id_and_its_own_time() -> None:
    platform = Platform(Answered(200))

    for minute in (0, 5):
        webhook(platform, SECRET).tell(COMMAND, replace_minute(minute))

    told = [(headers["webhook-id"], headers["webhook-timestamp"]) for headers, _ in platform.came]
    assert told == [("command_a", "1772366400"), ("command_a", "1772366700")]
    assert platform.vouched_by(SECRET) == [True, True]


def replace_minute(minute: int) -> datetime:
    return NOON.replace(minute=minute)


@pytest.mark.parametrize(
    ("answer", "heard"),
    [
        (Answered(200), Heard.CAME),
        (Answered(204), Heard.CAME),
        (Answered(200, b'{"acknowledged": true}'), Heard.DONE),
        (Answered(200, b'{"acknowledged": "yes"}'), Heard.CAME),
        (Answered(200, b"[" * 100_000), Heard.CAME),
        (Answered(200, b"<html>acknowledged"), Heard.CAME),
        (Answered(410, b'{"acknowledged": true}'), Heard.GONE),
    ],
)
def test_what_an_answer_means(answer: Answered, heard: Heard) -> None:
    assert webhook(Platform(answer), SECRET).tell(COMMAND, NOON) is heard


@pytest.mark.parametrize("status", [301, 400, 404, 429, 500, 503])
def test_anything_else_means_that_it_did_not_come(status: int) -> None:
    platform = Platform(Answered(status, b'{"acknowledged": true}'))

    with pytest.raises(NotFetched, match=str(status)):
        webhook(platform, SECRET).tell(COMMAND, NOON)


def test_without_a_secret_nothing_is_sent() -> None:
    platform = Platform(Answered(200))

    with pytest.raises(NotFetched, match="staydown webhook secret"):
        webhook(platform).tell(replace(COMMAND), NOON)
    assert platform.came == []
