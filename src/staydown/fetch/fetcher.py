"""Gets the bytes that lie at a URL, if the operator allowed that, and within bounds.

It asks as a stranger would: without cookies, credentials or a proxy, once, and without a word about
who asks for what. What comes is not opened and not unpacked: a body that says it is compressed is
refused, so that nothing small grows large here.
"""

import ssl
from collections.abc import Sequence
from dataclasses import dataclass, field
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

    def _ask(self, place: Place, stopwatch: Stopwatch) -> bytes | Place:
        """The bytes at `place`, or the allowed place that it sends us on to."""
        lines = Lines(resolve=self.resolve, ours=self.ours, stopwatch=stopwatch)
        url = httpcore.URL(
            scheme=place.scheme, host=place.host, port=place.port, target=place.target
        )
        try:
            with (
                httpcore.ConnectionPool(ssl_context=self.trust, network_backend=lines) as pool,
                pool.stream("GET", url, headers=list(ASKING)) as answer,
            ):
                if answer.status in SENDS_ON:
                    return check_place(place_after(place, _location(answer)), self.allowed)
                return read_whole(answer, max_bytes=self.bounds.max_bytes)
        except httpcore.TimeoutException as error:
            raise NotFetched(f"{place.host} came too slowly, and was given up") from error
        except (httpcore.NetworkError, httpcore.ProtocolError, ssl.SSLError) as error:
            raise NotFetched(f"{place.host} did not answer as it should") from error


def read_whole(answer: httpcore.Response, *, max_bytes: int) -> bytes:
    """All of its body, counted while it comes. Raises NotFetched."""
    if answer.status != FOUND:
        raise NotFetched(f"it was answered with {answer.status}, not {FOUND}")
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
