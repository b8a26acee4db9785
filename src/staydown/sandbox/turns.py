"""Whose turn it is: nobody who comes with much keeps those waiting who come with little.

Work is told apart by who it is for, their *client*. Of those that wait, the one for whom least is
being done comes next, and of equals the one who has waited longest. While anybody else was here
lately, nobody takes the last free place with more than one piece of work: it stays free for whoever
comes next, who is not kept waiting then. Work that has begun is never interrupted.

Used by one thread, or one event loop. A client is any word or number.
"""

import time
from collections import Counter, deque
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Final

LATELY_SECONDS: Final = 60


class Crowded(Exception):
    """As much waits for that client as may."""


@dataclass(slots=True, kw_only=True)
class Turns[C: Hashable, W]:
    """Work that waits, by client, and how much is being done for each.

    At most `places` pieces are being done at once, and at most `waiting` wait for one client.
    """

    places: int
    waiting: int
    watch: Callable[[], float] = time.monotonic
    lines: dict[C, deque[W]] = field(default_factory=dict)
    """Who waited longest since their last turn comes first."""
    doing: Counter[C] = field(default_factory=Counter)
    seen: dict[C, float] = field(default_factory=dict)
    """When each was here last, the longest ago first; whoever was not here lately is left out."""

    def come(self, client: C, work: W) -> None:
        """Put `work` at the end of that client's line. Raises Crowded."""
        self._see(client)
        line = self.lines.setdefault(client, deque())
        if len(line) >= self.waiting:
            raise Crowded
        line.append(work)

    def leave(self, client: C, work: W) -> None:
        """Whoever wanted that does not wait any more; nothing, if it does not wait."""
        line = self.lines.get(client, deque())
        if work in line:
            line.remove(work)
            self._close_if_empty(client)

    def call_next(self) -> tuple[C, W] | None:
        """What is to be done next, and for whom; None if nothing is to be begun now."""
        free = self.places - self.doing.total()
        if free < 1 or not self.lines:
            return None
        client = min(self.lines, key=lambda one: self.doing[one])  # the first of equals
        if free == 1 and self.doing[client] and self._is_shared_with(client):
            return None
        line = self.lines.pop(client)
        work = line.popleft()
        if line:
            self.lines[client] = line  # at the end, behind everybody else
        self.doing[client] += 1
        return client, work

    def finish(self, client: C) -> None:
        """One piece of work for that client is done."""
        self._see(client)
        self.doing[client] -= 1
        if not self.doing[client]:
            del self.doing[client]

    def _see(self, client: C) -> None:
        now = self.watch()
        self.seen.pop(client, None)
        self.seen[client] = now
        while self.seen[longest := next(iter(self.seen))] < now - LATELY_SECONDS:
            del self.seen[longest]

    def _is_shared_with(self, client: C) -> bool:
        """Whether anybody else was here lately."""
        latest = next((other for other in reversed(self.seen) if other != client), None)
        return latest is not None and self.seen[latest] >= self.watch() - LATELY_SECONDS

    def _close_if_empty(self, client: C) -> None:
        if not self.lines[client]:
            del self.lines[client]
