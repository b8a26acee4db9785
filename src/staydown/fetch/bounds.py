"""What one fetch may take, and the watch that holds it to that."""

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from staydown.errors import NotFetched

type Watch = Callable[[], float]
"""Seconds that never go back."""

own_watch: Final[Watch] = time.monotonic

SLACK_BYTES: Final = 1_000_000
"""What may come beside the picture: heads, and the marks between chunks (RFC 9112 §7.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of one fetch, redirects and all.

    It may take `grace_seconds` and, for what has come, a second for every `bytes_per_second`; and
    at most `max_seconds` in all.
    """

    max_bytes: int = 40_000_000
    max_seconds: float = 60
    grace_seconds: float = 10
    bytes_per_second: float = 50_000
    """A least pace: slower than any machine that serves pictures to a public."""
    connect_seconds: float = 5
    """For finding the address, and again for reaching it."""
    redirects: int = 3
    addresses: int = 4
    """How many addresses of one name are tried."""


@dataclass(slots=True, kw_only=True)
class Stopwatch:
    """How long the fetch that it was started for may still take."""

    bounds: Bounds
    watch: Watch = own_watch
    started: float = field(init=False)
    taken_bytes: int = field(default=0, init=False)

    def __post_init__(self) -> None:
        self.started = self.watch()

    def take(self, count: int) -> None:
        """So many bytes came, of whatever kind. Raises NotFetched if those are too many."""
        self.taken_bytes += count
        if self.taken_bytes > self.bounds.max_bytes + SLACK_BYTES:
            raise NotFetched(f"more came than the {self.bounds.max_bytes} bytes that are accepted")

    def left(self, at_most: float = float("inf")) -> float:
        """Seconds that the next step may take. Raises NotFetched if there are none."""
        bounds = self.bounds
        paced = bounds.grace_seconds + self.taken_bytes / bounds.bytes_per_second
        left = self.started + min(bounds.max_seconds, paced) - self.watch()
        if left <= 0:
            raise NotFetched("it came too slowly, and was given up")
        return min(left, at_most)
