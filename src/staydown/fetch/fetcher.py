"""Gets the bytes that lie at a URL, or sends some there, if the operator allowed that: in bounds.

It asks as a stranger would: without cookies, credentials or a proxy, once, and without a word about
who asks for what. What comes is not opened and not unpacked: a body that says it is compressed is
refused, so that nothing small grows large here.
"""

import ssl
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

import httpcore

from staydown.errors import ForbiddenPlace, NotFetched
from staydown.fetch.addresses import Network
from staydown.fetch.bounds import Bounds, Stopwatch, Watch, own_watch
from staydown.fetch.lines import Lines, Resolver, ask_system
from staydown.fetch.places import Origin, Place, check_place, place_after, read_place

ASKING: Final = (
    (b"User-Agent", b"staydown"),
    (b"Accept", b"image/*, application/json"),
    (b"Accept-Encoding", b"identity"),  # RFC 9110 §12.5.3
    (b"Connection", b"close"),
)
FOUND: Final = 200
SENDS_ON: Final = frozenset({301, 302, 303, 307, 308})


MAX_ANSWER: Final = 64_000
"""Bytes of an answer to what was sent."""
NONE: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """What was answered to what was sent."""

    status: int
    body: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """The fetcher of an installation. Without allowed origins it fetches nothing.

    `ours` are networks of the operator that may be asked although the world cannot reach them;
    `resolve`, `watch` and `trust` are the system's unless a test hands in its own.
    """

    allowed: Sequence[Origin]
    ours: Sequence[Network] = ()
    bounds: Bounds = field(default_factory=Bounds)
    resolve: Resolver = ask_system
    watch: Watch = own_watch
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context, repr=False)

    def fetch(self, url: str) -> bytes:
        """What lies there. Raises ForbiddenPlace, and NotFetched for whatever else goes wrong."""
        stopwatch = Stopwatch(bounds=self.bounds, watch=self.watch)
        place = check_place(read_place(url), self.allowed)
        for _ in range(self.bounds.redirects + 1):
            came = self._ask(place, stopwatch)
            if isinstance(came, bytes):
                return came
            place = came
        raise NotFetched(f"it was sent on more than {self.bounds.redirects} times")

    def post(self, url: str, body: bytes, headers: Mapping[str, str]) -> Response:
        """Send `body` there, and what was answered, whatever it is. No redirect is followed.

        Raises ForbiddenPlace, and NotFetched if there was no answer, or one that is too large.
        """
        stopwatch = Stopwatch(bounds=replace(self.bounds, max_bytes=MAX_ANSWER), watch=self.watch)
        place = check_place(read_place(url), self.allowed)
        with self._exchange(place, stopwatch, "POST", headers, body) as answer:
            said = take_body(answer, max_bytes=MAX_ANSWER)
            return Response(status=answer.status, body=said)

    def _ask(self, place: Place, stopwatch: Stopwatch) -> bytes | Place:
        """The bytes at `place`, or the allowed place that it sends us on to."""
        with self._exchange(place, stopwatch, "GET") as answer:
            if answer.status in SENDS_ON:
                return check_place(place_after(place, _location(answer)), self.allowed)
            if answer.status != FOUND:
                raise NotFetched(f"it was answered with {answer.status}, not {FOUND}")
            return take_body(answer, max_bytes=self.bounds.max_bytes)

    @contextmanager
    def _exchange(
        self,
        place: Place,
        stopwatch: Stopwatch,
        method: str,
        headers: Mapping[str, str] = NONE,
        body: bytes | None = None,
    ) -> Iterator[httpcore.Response]:
        """One question and its answer. Raises NotFetched."""
        lines = Lines(resolve=self.resolve, ours=self.ours, stopwatch=stopwatch)
        url = httpcore.URL(
            scheme=place.scheme, host=place.host, port=place.port, target=place.target
        )
        head = [*ASKING, *((name.encode(), value.encode()) for name, value in headers.items())]
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self.trust, network_backend=lines) as pool,
                pool.stream(method, url, headers=head, content=body) as answer,
            ):
                yield answer
        except httpcore.TimeoutException as error:
            raise NotFetched(f"{place.host} came too slowly, and was given up") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise NotFetched(f"{place.host} did not answer as it should") from error


def take_body(answer: httpcore.Response, *, max_bytes: int) -> bytes:
    """All of its body, counted while it comes. Raises NotFetched."""
    if _header(answer, b"content-encoding").lower() not in {b"", b"identity"}:
        raise NotFetched("it came compressed, although we asked for it as it is")
    declared = _header(answer, b"content-length")
    if declared.isdigit() and int(declared) > max_bytes:
        raise NotFetched(f"it has more than the {max_bytes} bytes that are accepted")
    taken = bytearray()
    for piece in answer.iter_stream():
        taken += piece
        if len(taken) > max_bytes:
            raise NotFetched(f"it has more than the {max_bytes} bytes that are accepted")
    return bytes(taken)


def _location(answer: httpcore.Response) -> str:
    try:
        return _header(answer, b"location").decode("ascii")
    except UnicodeDecodeError:
        raise ForbiddenPlace("it sends us on to an address that cannot be read") from None


def _header(answer: httpcore.Response, name: bytes) -> bytes:
    """All values of that name, joined as one (RFC 9110 §5.3); empty if there is none."""
    return b", ".join(value for key, value in answer.headers if key.lower() == name)
