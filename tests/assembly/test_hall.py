"""Requests are worked on in turn, and one who sends many waits behind nobody but themselves."""

import asyncio
import threading
from collections.abc import Coroutine

import pytest

from staydown.assembly.hall import MAX_WAITING, Hall, open_hall
from staydown.errors import TooOften


def run[T](work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)


def test_what_the_job_gives_comes_back_and_so_does_what_it_raises() -> None:
    def fail() -> None:
        raise ValueError("no")

    async def both(hall: Hall) -> int:
        with pytest.raises(ValueError, match="no"):
            await hall.work("a", fail)
        return await hall.work("a", lambda: 7)

    assert run(both(open_hall(1))) == 7


def test_while_one_fills_the_hall_another_is_called_at_once() -> None:
    """Two threads, one of which stays free for whoever else was here."""
    stuck = threading.Event()

    async def crowd(hall: Hall) -> int:
        await hall.work("b", int)
        many = [asyncio.create_task(hall.work("a", stuck.wait)) for _ in range(20)]
        await asyncio.sleep(0.05)
        try:
            return await asyncio.wait_for(hall.work("b", lambda: 7), 2)
        finally:
            stuck.set()
            await asyncio.gather(*many)

    assert run(crowd(open_hall(2))) == 7


def test_more_than_may_wait_of_one_caller_are_told_to_slow_down() -> None:
    stuck = threading.Event()

    async def crowd(hall: Hall) -> list[bool | BaseException]:
        many = [asyncio.create_task(hall.work("a", stuck.wait)) for _ in range(MAX_WAITING + 3)]
        await asyncio.sleep(0.05)
        refused = await hall.work_aside(lambda: True)  # waits for nobody
        stuck.set()
        return [refused, *await asyncio.gather(*many, return_exceptions=True)]

    came = run(crowd(open_hall(1)))

    assert came[0] is True
    assert sum(isinstance(one, TooOften) for one in came) == 2


def test_who_hangs_up_gives_their_turn_to_the_next() -> None:
    stuck = threading.Event()

    async def leave(hall: Hall) -> tuple[int, int]:
        working = asyncio.create_task(hall.work("a", stuck.wait))
        await asyncio.sleep(0.05)
        gone = [asyncio.create_task(hall.work(name, int)) for name in ("a", "b")]
        await asyncio.sleep(0.05)
        for one in gone:
            one.cancel()
        await asyncio.gather(*gone, return_exceptions=True)
        stuck.set()
        await working
        return await hall.work("c", lambda: 7), hall.turns.doing.total()

    assert run(leave(open_hall(1))) == (7, 0)
