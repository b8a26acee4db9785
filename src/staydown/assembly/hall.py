"""Where requests that came whole wait for a thread, and are called in turn.

As many are worked on at once as there are threads. Whose turn it is, `sandbox.turns` says, here and
once more before the processes that open pictures: whoever sends much, or what takes long, waits for
their own, and holds up nobody else. What takes next to no time, a refusal for one, is done aside.
"""

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Final

from staydown.errors import TooOften
from staydown.sandbox.turns import Crowded, Turns

MAX_WAITING: Final = 64
"""Requests of one caller that wait for a thread; whoever sends more is told to slow down."""
CROWDED_SECONDS: Final = 2

type Place = asyncio.Future[None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Hall:
    """The threads, and who waits for them. Used by one event loop."""

    threads: ThreadPoolExecutor
    turns: Turns[str, Place]
    aside: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, "aside"))

    async def work[T](self, caller: str, job: Callable[[], T]) -> T:
        """What the job gives, once it is that caller's turn. Raises TooOften if too many wait."""
        loop = asyncio.get_running_loop()
        await self._wait(caller, loop.create_future())
        try:
            return await loop.run_in_executor(self.threads, job)
        finally:
            self.turns.finish(caller)
            self._call()

    async def work_aside[T](self, job: Callable[[], T]) -> T:
        """What the job gives, which takes next to no time, and no turn."""
        return await asyncio.get_running_loop().run_in_executor(self.aside, job)

    async def _wait(self, caller: str, place: Place) -> None:
        try:
            self.turns.come(caller, place)
        except Crowded:
            raise TooOften(
                f"{MAX_WAITING} of your requests wait already: send fewer at once",
                seconds=CROWDED_SECONDS,
            ) from None
        self._call()
        try:
            await place
        except asyncio.CancelledError:
            self._give_up(caller, place)
            raise

    def _give_up(self, caller: str, place: Place) -> None:
        """Nobody waits for the answer any more; a turn that was given goes to the next."""
        self.turns.leave(caller, place)
        if place.done() and not place.cancelled():
            self.turns.finish(caller)
        self._call()

    def _call(self) -> None:
        while called := self.turns.call_next():
            caller, place = called
            if place.cancelled():
                self.turns.finish(caller)
            else:
                place.set_result(None)


def open_hall(threads: int) -> Hall:
    """One with so many threads."""
    return Hall(
        threads=ThreadPoolExecutor(threads, thread_name_prefix="answers"),
        turns=Turns(places=threads, waiting=MAX_WAITING),
    )
