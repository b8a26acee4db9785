"""Between the network and the application nothing is lost and nothing is made up."""

import asyncio
from dataclasses import dataclass, field
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest

from staydown.assembly.arriving import Message, Pace
from staydown.assembly.callers import Callers
from staydown.assembly.environ import Scope, environ_of
from staydown.assembly.front import NOT_TAKEN, Front
from staydown.assembly.hall import open_hall
from staydown.assembly.rates import Rates
from staydown.errors import TooLarge, TooOften, TooSlow
from staydown.ids import ActorId

PACE = Pace(max_bytes=1_000, grace_seconds=0.05)
SCOPE = Scope(
    type="http",
    http_version="1.1",
    method="POST",
    scheme="http",
    raw_path=b"/v1/caf%C3%A9/%ff",
    query_string=b"a=%20b",
    headers=[],
    client=("192.0.2.7", 4711),
    server=("127.0.0.1", 8000),
)


@dataclass(slots=True)
class Application:
    """Keeps what it was asked, and answers with the body it was sent."""

    asked: list[WSGIEnvironment] = field(default_factory=list)
    closed: int = 0

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> "Pieces":
        self.asked.append(environ)
        body = environ["wsgi.input"].read()
        start("201 Created", [("Set-Cookie", "a=1"), ("Set-Cookie", "b=2"), ("X-Name", "caf\xe9")])
        return Pieces(self, [b"got ", body])


class Pieces(list[bytes]):
    """An answer that must be closed."""

    def __init__(self, owner: Application, pieces: list[bytes]) -> None:
        super().__init__(pieces)
        self.owner = owner

    def close(self) -> None:
        self.owner.closed += 1


def front_of(application: WSGIApplication, *, per_minute: int = 100) -> Front:
    return Front(
        application=application,
        pace=PACE,
        hall=open_hall(1),
        rates=Rates(per_minute=per_minute),
        callers=Callers(whose={"good": ActorId("key_1")}.get),
    )


def send_to(application: WSGIApplication, *messages: Message, **scope: object) -> list[object]:
    """What the front sends back."""
    return send_through(front_of(application), *messages, **scope)


def send_through(front: Front, *messages: Message, **scope: object) -> list[object]:
    coming, sent = list(messages), list[object]()

    async def receive() -> Message:
        return coming.pop(0) if coming else await asyncio.Future()

    async def send(message: object) -> None:
        sent.append(message)

    asyncio.run(front({**SCOPE, **scope}, receive, send))  # type: ignore[typeddict-item]  # parts
    return sent


def test_a_request_comes_through_whole_and_so_does_its_answer() -> None:
    application = Application()
    pieces: list[Message] = [
        {"type": "http.request", "body": b"on", "more_body": True},
        {"type": "http.request", "body": b"ce"},
    ]

    sent = send_to(application, *pieces, headers=[(b"transfer-encoding", b"chunked")])

    [asked] = application.asked
    assert (asked["CONTENT_LENGTH"], asked.get("HTTP_TRANSFER_ENCODING")) == ("4", None)
    assert sent == [
        {
            "type": "http.response.start",
            "status": 201,
            "headers": [(b"set-cookie", b"a=1"), (b"set-cookie", b"b=2"), (b"x-name", b"caf\xe9")],
        },
        {"type": "http.response.body", "body": b"got once"},
    ]
    assert application.closed == 1


def test_addresses_and_headers_are_as_pep_3333_has_them() -> None:
    headers = [
        (b"host", b"forum.example"),
        (b"content-type", b"image/jpeg"),
        (b"cookie", b"a=1"),
        (b"cookie", b"b=2"),
        (b"x-forwarded-for", b"192.0.2.1"),
        (b"x-forwarded-for", b"192.0.2.2"),
        (b"x_forwarded_for", b"10.0.0.1"),
    ]

    environ = environ_of({**SCOPE, "headers": headers})

    assert environ["PATH_INFO"].encode("latin-1") == "/v1/café/".encode() + b"\xff"
    assert environ["QUERY_STRING"] == "a=%20b"
    assert environ["REMOTE_ADDR"] == "192.0.2.7"
    assert {name: text for name, text in environ.items() if name.startswith(("HTTP_", "CONT"))} == {
        "HTTP_HOST": "forum.example",
        "CONTENT_TYPE": "image/jpeg",
        "HTTP_COOKIE": "a=1; b=2",
        "HTTP_X_FORWARDED_FOR": "192.0.2.1,192.0.2.2",
    }


@pytest.mark.parametrize(
    ("sender", "error"),
    [
        ((), TooSlow),
        (({"type": "http.request", "body": b"x" * 1_001, "more_body": True},), TooLarge),
    ],
)
def test_a_body_that_was_not_taken_is_still_answered(
    sender: tuple[Message, ...], error: type[Exception]
) -> None:
    application = Application()

    start, body = send_to(application, *sender)

    [asked] = application.asked
    assert type(asked[NOT_TAKEN]) is error
    assert (b"connection", b"close") in start["headers"]  # type: ignore[index]  # a message
    assert body == {"type": "http.response.body", "body": b"got "}


def test_of_a_body_that_is_announced_too_large_nothing_is_read() -> None:
    application = Application()

    send_to(application, headers=[(b"content-length", b"1001")])

    [asked] = application.asked
    assert asked["CONTENT_LENGTH"] == "1001"
    assert NOT_TAKEN not in asked


def test_who_hangs_up_is_not_answered_and_nothing_is_done() -> None:
    application = Application()

    assert send_to(application, {"type": "http.disconnect"}) == []
    assert application.asked == []


def test_a_key_that_calls_too_often_is_told_so_before_anything_is_read() -> None:
    application = Application()
    front = front_of(application, per_minute=2)
    head = {"headers": [(b"authorization", b"Bearer good")]}
    whole: Message = {"type": "http.request", "body": b"x"}

    for _ in range(2):
        send_through(front, whole, **head)
    send_through(front, {"type": "http.disconnect"}, **head)

    assert [type(asked.get(NOT_TAKEN)) for asked in application.asked] == [
        *[type(None)] * 2,
        TooOften,
    ]
    assert application.asked[-1]["wsgi.input"].getvalue() == b""


def test_made_up_keys_and_no_key_are_not_counted_as_anybodys() -> None:
    application = Application()
    front = front_of(application, per_minute=1)

    for header in ([], [(b"authorization", b"Bearer bad")]) * 3:
        send_through(front, {"type": "http.request", "body": b"x"}, headers=header)

    assert [asked.get(NOT_TAKEN) for asked in application.asked] == [None] * 6


def test_the_body_is_handed_on_without_another_copy() -> None:
    application = Application()
    body = b"x" * 900

    send_to(application, {"type": "http.request", "body": body})

    [asked] = application.asked
    asked["wsgi.input"].seek(0)
    assert asked["wsgi.input"].read(900) is asked["wsgi.input"].getvalue()
