"""Stands before the application: takes each request whole, then has a thread answer it.

An ASGI 3.0 application around a WSGI one (PEP 3333). Threads are for working, never for waiting:
as many requests are worked on at once as there are threads, and those that are still coming in
occupy none. What was not taken is answered all the same, by the door it was meant for: the error
lies in the environment under NOT_TAKEN.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from wsgiref.types import WSGIApplication, WSGIEnvironment

from staydown.assembly.arriving import Gone, Load, Pace, Receive, Share, take_body
from staydown.assembly.callers import Callers
from staydown.assembly.environ import Scope, environ_of
from staydown.assembly.hall import Hall
from staydown.assembly.rates import Rates
from staydown.errors import StaydownError
from staydown.sandbox.client import on_behalf_of

type Send = Callable[[Mapping[str, object]], Awaitable[None]]

NOT_TAKEN = "staydown.not_taken"
"""Key of the environment: the StaydownError for which the body is not there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A whole HTTP answer."""

    status: int
    headers: tuple[tuple[bytes, bytes], ...]
    body: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Front:
    """The ASGI application."""

    application: WSGIApplication
    pace: Pace
    hall: Hall
    rates: Rates
    callers: Callers
    load: Load = field(default_factory=Load)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request; nothing is answered to a sender who hung up."""
        environ = environ_of(scope)
        if self.callers.is_new(environ):
            await self.hall.work_aside(partial(self.callers.learn, environ))
        caller = self.callers.name(environ)
        with self.load.share(caller) as share:
            try:
                is_whole = await self._take(environ, receive, share)
                answer = await self.hall.work(caller, partial(self._ask, caller, environ))
            except Gone:
                return
            except StaydownError as error:
                is_whole, answer = False, await self._refuse(environ, error)
        await send_answer(answer, send, is_last=not is_whole)

    async def _take(self, environ: WSGIEnvironment, receive: Receive, share: Share) -> bool:
        """Whether the body was taken. Raises Gone, and StaydownError if it must not come.

        Who calls too often is told before anything is read. Of a body whose declared length is over
        the limit no byte is read either: every door refuses it by that length, in its own words.
        """
        if self.callers.key_behind(environ):
            self.rates.count(share.caller)
        if int(environ.get("CONTENT_LENGTH") or 0) > self.pace.max_bytes:
            environ["wsgi.input"] = BytesIO()
            return False
        put_body(environ, await take_body(receive, self.pace, share))
        return True

    def _ask(self, caller: str, environ: WSGIEnvironment) -> Answer:
        with on_behalf_of(caller):
            return ask(self.application, environ)

    async def _refuse(self, environ: WSGIEnvironment, error: StaydownError) -> Answer:
        put_body(environ, b"")
        environ[NOT_TAKEN] = error
        return await self.hall.work_aside(partial(ask, self.application, environ))


def put_body(environ: WSGIEnvironment, body: bytes) -> None:
    """Put the body there, whole: its length is known, and chunks are put together."""
    environ["wsgi.input"] = BytesIO(body)
    environ["CONTENT_LENGTH"] = str(len(body))
    environ.pop("HTTP_TRANSFER_ENCODING", None)


def ask(application: WSGIApplication, environ: WSGIEnvironment) -> Answer:
    """What the application answers; runs in one of the threads."""
    started: list[tuple[str, list[tuple[str, str]]]] = []

    def start(
        status: str, headers: list[tuple[str, str]], _error: object = None, /
    ) -> Callable[[bytes], object]:
        started.append((status, headers))
        return lambda _written: None

    body = gather(application(environ, start))
    status, headers = started[-1]
    encoded = tuple((name.lower().encode(), value.encode("latin-1")) for name, value in headers)
    return Answer(status=int(status.split(" ", 1)[0]), headers=encoded, body=body)


def gather(pieces: Iterable[bytes]) -> bytes:
    """All of an answer's body. Closing it is how Django learns that the request is over."""
    try:
        return b"".join(pieces)
    finally:
        if close := getattr(pieces, "close", None):
            close()


async def send_answer(answer: Answer, send: Send, *, is_last: bool) -> None:
    """Send it. After one to a body that was not taken the connection closes: the rest of that body
    would come on it (RFC 9110 §15.5.9).
    """
    headers = [*answer.headers, *([(b"connection", b"close")] if is_last else [])]
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})
    await send({"type": "http.response.body", "body": answer.body})
