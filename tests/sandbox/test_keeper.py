"""Work is done by somebody, or its failure is said; and those who come next are served."""

import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from staydown.sandbox.client import Away, ask
from staydown.sandbox.keeper import BACK_SEAT
from staydown.sandbox.messages import Outcome
from tests.sandbox.burglary import ATTACKS, BOUNDS
from tests.sandbox.conftest import IMPATIENT_SECONDS, Room, opened


def test_the_answer_is_what_the_work_gave_whole_and_read_only(room: Room) -> None:
    data = os.urandom(3_000_000)  # noqa: TID251 -- any bytes will do

    answer = room.ask("echo", data)

    assert (answer.reply.outcome, bytes(answer.data)) == (Outcome.DONE, data + b"!")
    assert answer.data.readonly


def test_the_reason_of_a_refusal_comes_through_without_control_characters(room: Room) -> None:
    answer = room.ask("refuse")

    assert answer.reply.outcome is Outcome.REFUSED
    assert answer.reply.text == "not [31m today"


ENDS = {
    "crash": (Outcome.DIED, "SIGSEGV"),
    "leave": (Outcome.DIED, "exit 7"),
    "spin": (Outcome.DIED, "SIGXCPU"),
    "take more memory": (Outcome.REFUSED, "it needs more memory than it may have"),
    "give back too much": (Outcome.REFUSED, "it could not be worked on (OSError)"),
}


@pytest.mark.parametrize("what", ENDS)
def test_work_that_ends_badly_is_said_and_the_next_is_done(what: str, room: Room) -> None:
    answer = room.ask(what)

    assert (answer.reply.outcome, answer.reply.text) == ENDS[what]
    assert bytes(room.ask("echo", b"next").data) == b"next!"


def test_a_worker_is_replaced_after_so_much_work(large_room: Room) -> None:
    who = [bytes(large_room.ask("who").data) for _ in range(BOUNDS.works * 6)]

    assert max(who.count(one) for one in who) == BOUNDS.works


def test_while_one_is_stuck_the_others_work(large_room: Room) -> None:
    with ThreadPoolExecutor(1) as pool:
        stuck = pool.submit(large_room.ask, "wait for ever")
        time.sleep(0.2)
        began = time.monotonic()
        answer = large_room.ask("echo", b"a")
        took = time.monotonic() - began

        assert bytes(answer.data) == b"a!"
        assert took < IMPATIENT_SECONDS
        assert stuck.result().reply.outcome is Outcome.STALLED


def test_more_than_may_wait_are_sent_away_at_once(large_room: Room) -> None:
    with ThreadPoolExecutor(20) as pool:
        came = [
            one.result().reply.outcome
            for one in [pool.submit(large_room.ask, "wait for ever") for _ in range(12)]
        ]

    assert came.count(Outcome.BUSY) == 12 - 2 - BOUNDS.waiting
    assert came.count(Outcome.STALLED) == 2 + BOUNDS.waiting


def test_whoever_brings_what_takes_long_holds_up_nobody_else(large_room: Room) -> None:
    """Two workers; work that is stuck takes one, and the other stays free for who was here."""
    large_room.ask("echo", client="honest")
    with ThreadPoolExecutor(BOUNDS.waiting + 1) as pool:
        stuck = [
            pool.submit(large_room.ask, "wait for ever", client="hostile")
            for _ in range(BOUNDS.waiting + 1)
        ]
        time.sleep(0.3)
        began = time.monotonic()
        answers = [large_room.ask("echo", b"a", client="honest") for _ in range(3)]
        took = time.monotonic() - began

        assert [bytes(answer.data) for answer in answers] == [b"a!"] * 3
        assert took < IMPATIENT_SECONDS / 2
        assert {one.result().reply.outcome for one in stuck} == {Outcome.STALLED}


def test_whoever_says_nonsense_is_shown_out(room: Room) -> None:
    with pytest.raises(Away):
        room.ask("x" * 300)
    with suppress(Away):
        room.ask("no such attack")
    assert bytes(room.ask("echo", b"next").data) == b"next!"


def test_where_nobody_works_it_is_said(large_room: Room) -> None:
    large_room.keeper.kill()
    large_room.keeper.wait()

    with pytest.raises(Away, match="nobody works at "):
        large_room.ask("echo")


def test_a_keeper_that_comes_back_is_waited_for(tmp_path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        early = pool.submit(ask, tmp_path / "room", b"a", b"echo", max_bytes=9)
        time.sleep(0.3)
        with opened(workers=1, seconds=60, address=tmp_path / "room"):
            assert bytes(early.result().data) == b"a!"


def test_every_attack_is_tried_somewhere() -> None:
    from tests.sandbox.test_locks import FORBIDDEN, POSSIBLE  # noqa: PLC0415 -- both lists at hand

    assert set(ATTACKS) == {*ENDS, *FORBIDDEN, *POSSIBLE, "wait for ever"}


def niceness(pid: int) -> int:
    return os.getpriority(os.PRIO_PROCESS, pid)


def seats_while(room: Room, what: str) -> list[int]:
    """How nice the workers are while one of them does that, and that it is done."""
    with ThreadPoolExecutor(1) as pool:
        long = pool.submit(room.ask, what)
        seats = [0]
        while not long.done():
            seats = sorted(niceness(pid) for pid in workers_of(room))
            time.sleep(0.02)
        assert long.result().reply.outcome is Outcome.DONE
    return seats


@pytest.mark.parametrize(("what", "more"), [("toil", BACK_SEAT), ("nap", 0)])
def test_work_that_costs_much_takes_the_back_seat_and_the_next_does_not(
    what: str, more: int
) -> None:
    """A nap takes as long and costs nothing, as everything does on a busy machine."""
    with opened(workers=2, seconds=60) as room:
        usual = niceness(room.keeper.pid)

        seats = seats_while(room, what)

        room.ask("echo")
        assert seats == [usual, min(usual + more, 19)]
        assert {niceness(pid) for pid in workers_of(room)} == {usual}


def workers_of(room: Room) -> list[int]:
    children = Path(f"/proc/{room.keeper.pid}/task/{room.keeper.pid}/children")
    return [int(pid) for pid in children.read_text().split()]
