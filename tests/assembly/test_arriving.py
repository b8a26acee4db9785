"""A body is taken whole at its sender's pace, within bounds; a slow one occupies no thread."""

import asyncio
from collections.abc import AsyncIterator, Coroutine

import pytest

from staydown.assembly.arriving import Gone, Load, Message, Pace, Receive, take_body
from staydown.errors import StaydownError, TooBusy, TooLarge, TooOften, TooSlow

PACE = Pace(max_bytes=1_000, grace_seconds=0.05, bytes_per_second=10_000, max_seconds=0.2)
LAST: Message = {"type": "http.request", "body": b"x"}
GONE: Message = {"type": "http.disconnect"}


def piece(size: int) -> Message:
    return {"type": "http.request", "body": b"x" * size, "more_body": True}


def sending(*messages: Message, every_seconds: float = 0) -> Receive:
    """A sender of those messages, who then falls silent."""

    async def come() -> AsyncIterator[Message]:
        for message in messages:
            await asyncio.sleep(every_seconds)
            yield message
        await asyncio.Event().wait()

    return come().__anext__


def run[T](work: Coroutine[object, object, T]) -> T:
    return asyncio.run(work)


def take(receive: Receive, load: Load | None = None, pace: Pace = PACE) -> bytes:
    with (load or Load()).share() as share:
        return run(take_body(receive, pace, share))


def test_pieces_are_put_together() -> None:
    assert take(sending(piece(10), piece(20), LAST)) == b"x" * 31


@pytest.mark.parametrize(
    ("sender", "error"),
    {
        "says nothing": (sending(), TooSlow),
        "stops in the middle": (sending(piece(10)), TooSlow),
        "sends a byte now and then": (sending(*[piece(1)] * 90, every_seconds=0.01), TooSlow),
        "sends for ever": (sending(*[piece(1)] * 2_000), TooLarge),
        "hangs up": (sending(piece(10), GONE), Gone),
    }.values(),
)
def test_who_is_not_waited_for(sender: Receive, error: type[Exception]) -> None:
    with pytest.raises(error):
        take(sender)


def test_a_slow_sender_who_keeps_the_pace_is_waited_for() -> None:
    pace = Pace(max_bytes=1_000, grace_seconds=0.05, bytes_per_second=1_000, max_seconds=9)

    assert len(take(sending(*[piece(100)] * 5, LAST, every_seconds=0.04), pace=pace)) == 501


def test_nobody_is_waited_for_longer_than_the_longest_time() -> None:
    assert PACE.seconds_for(10_000_000) == PACE.max_seconds


def test_a_body_of_exactly_the_limit_is_taken() -> None:
    assert len(take(sending(piece(999), LAST))) == 1_000


def test_all_bodies_together_are_bounded_and_room_is_given_back() -> None:
    load = Load(max_bytes=100)

    async def take_two() -> list[bytes | StaydownError]:
        with load.share() as one, load.share() as other:
            first = await take_body(sending(piece(79), LAST), PACE, one)
            with pytest.raises(TooBusy):
                await take_body(sending(piece(30)), PACE, other)
            return [first]

    assert [len(one) for one in run(take_two())] == [80]  # type: ignore[arg-type]  # bodies only
    assert load.held == {}
    assert len(take(sending(piece(99), LAST), load)) == 100


def test_one_caller_does_not_fill_the_server_alone() -> None:
    load = Load(max_bytes=100, max_bytes_each=50)

    async def take_three() -> int:
        with load.share("a") as one, load.share("a") as more, load.share("b") as other:
            await take_body(sending(piece(39), LAST), PACE, one)
            with pytest.raises(TooOften):
                await take_body(sending(piece(20)), PACE, more)
            return len(await take_body(sending(piece(29), LAST), PACE, other))

    assert run(take_three()) == 30
    assert load.held == {}
