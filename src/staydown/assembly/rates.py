"""How often each may call: a steady rate, of which one minute's worth may come at once.

The generic cell rate algorithm (ITU-T I.371, Annex A): for each caller one number, the time at
which all that it has called for would have been due at the steady rate.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

from staydown.errors import TooOften

BURST_SECONDS: Final = 60


@dataclass(slots=True, kw_only=True)
class Rates:
    """Counts the calls of each caller. Of one event loop; other processes count for themselves."""

    per_minute: int
    watch: Callable[[], float] = time.monotonic
    due: dict[str, float] = field(default_factory=dict)
    """Who called longest ago comes first; whoever owes nothing any more is left out in time."""

    def count(self, caller: str) -> None:
        """Count one call. Raises TooOften, and then the call counts for nothing."""
        now, every = self.watch(), 60 / self.per_minute
        due = max(self.due.get(caller, now), now) + every
        wait = due - now - BURST_SECONDS
        if wait > 1e-9:  # not what adding many small numbers leaves over
            raise TooOften(
                f"at most {self.per_minute} requests a minute with one key: wait, then go on",
                seconds=math.ceil(wait),
            )
        self.due.pop(caller, None)
        self.due[caller] = due
        self._forget_before(now)

    def _forget_before(self, now: float) -> None:
        while self.due[longest := next(iter(self.due))] <= now:
            del self.due[longest]
