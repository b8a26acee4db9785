"""Takes a request's body whole, piece by piece, under a pace: whoever sends too slowly is let go.

Nothing here occupies a thread, so that a hundred slow senders hold up nobody. What is being taken
from all senders together is bounded as well. Bodies stay in memory: an innocent original never
touches a temporary folder.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Self, TypedDict

from staydown.errors import TooBusy, TooLarge, TooOften, TooSlow


class Message(TypedDict, total=False):
    """One event from the sender (ASGI 3.0, "HTTP & WebSocket ASGI Message Format")."""

    type: str
    body: bytes
    more_body: bool


type Receive = Callable[[], Awaitable[Message]]

GRACE_SECONDS = 20
BYTES_PER_SECOND = 4_000
"""Slower than any telephone network that still carries pictures."""
MAX_SECONDS = 600
MAX_HELD_BYTES = 512_000_000
MAX_HELD_BYTES_EACH = 256_000_000
"""Of one caller: nobody fills the server alone."""
FULL_SECONDS = 10
FORM_SLACK_BYTES = 256 * 1024
"""What a form may weigh beside its pictures: its texts and boundaries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """How large a body may be, and how long it may take.

    Each may take `grace_seconds` and, for what has come, a second for every `bytes_per_second`; and
    at most `max_seconds` in all.
    """

    max_bytes: int
    grace_seconds: float = GRACE_SECONDS
    bytes_per_second: float = BYTES_PER_SECOND
    max_seconds: float = MAX_SECONDS

    def seconds_for(self, taken_bytes: int) -> float:
        """How many seconds after its beginning a body of which so much has come must have more."""
        return min(self.max_seconds, self.grace_seconds + taken_bytes / self.bytes_per_second)


class Gone(Exception):
    """The sender hung up: nobody waits for an answer."""


@dataclass(slots=True, kw_only=True)
class Load:
    """Counts the bytes of all bodies that are held, from their first byte until their answer.

    Used by one event loop.
    """

    max_bytes: int = MAX_HELD_BYTES
    max_bytes_each: int = MAX_HELD_BYTES_EACH
    held: Counter[str] = field(default_factory=Counter)
    """Bytes by caller."""

    def share(self, caller: str = "") -> "Share":
        """What one request of that caller holds; given back when it ends."""
        return Share(load=self, caller=caller)


@dataclass(slots=True, kw_only=True)
class Share:
    """One request's part of the load."""

    load: Load
    caller: str
    held_bytes: int = field(default=0, init=False)

    def take(self, count: int) -> None:
        """Raises TooOften if this caller holds all that one may, TooBusy if the load is full."""
        load = self.load
        if load.held[self.caller] + count > load.max_bytes_each:
            raise TooOften("you send too much at once: wait for answers", seconds=FULL_SECONDS)
        if load.held.total() + count > load.max_bytes:
            raise TooBusy("too much is being sent to this server at once: try again in a minute")
        self.held_bytes += count
        load.held[self.caller] += count

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.load.held[self.caller] -= self.held_bytes
        self.load.held += Counter()  # leaves out who holds nothing
        self.held_bytes = 0


async def take_body(receive: Receive, pace: Pace, share: Share) -> bytes:
    """The whole body, copied once. Raises TooLarge, TooSlow, TooOften, TooBusy, and Gone."""
    loop = asyncio.get_running_loop()
    started = loop.time()
    pieces: list[bytes] = []
    while True:
        try:
            async with asyncio.timeout_at(started + pace.seconds_for(share.held_bytes)):
                message = await receive()
        except TimeoutError:
            raise TooSlow("the body came too slowly: nothing was done, send it again") from None
        if message["type"] == "http.disconnect":
            raise Gone
        piece = message.get("body", b"")
        share.take(len(piece))
        pieces.append(piece)
        if share.held_bytes > pace.max_bytes:
            raise TooLarge(f"the body has more than the {pace.max_bytes} bytes that are accepted")
        if not message.get("more_body", False):
            return b"".join(pieces)
