"""Whoever comes with much waits for their own, and nobody else does."""

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.sandbox.turns import LATELY_SECONDS, Crowded, Turns


class Watch:
    """Shows what it was set to."""

    shows = 0.0

    def __call__(self) -> float:
        return self.shows


def turns(places: int = 2, waiting: int = 9) -> tuple[Turns[str, int], Watch]:
    watch = Watch()
    return Turns(places=places, waiting=waiting, watch=watch), watch


def called(turns: Turns[str, int]) -> list[tuple[str, int]]:
    """Everything that may begin now."""
    found = []
    while (one := turns.call_next()) is not None:
        found.append(one)
    return found


def come(turns: Turns[str, int], client: str, *works: int) -> None:
    for work in works:
        turns.come(client, work)


def test_whoever_is_alone_has_every_place() -> None:
    line, _ = turns(places=3)

    come(line, "a", 1, 2, 3, 4)

    assert called(line) == [("a", 1), ("a", 2), ("a", 3)]


def test_while_others_were_here_lately_one_place_stays_free_for_them() -> None:
    line, _ = turns(places=3)
    come(line, "b", 0)
    called(line)
    line.finish("b")

    come(line, "a", 1, 2, 3, 4)
    assert called(line) == [("a", 1), ("a", 2)]

    come(line, "b", 5)
    assert called(line) == [("b", 5)]


def test_once_they_were_not_here_for_a_while_it_does_not() -> None:
    line, watch = turns()
    come(line, "b", 0)
    called(line)
    line.finish("b")

    watch.shows += LATELY_SECONDS + 1
    come(line, "a", 1, 2)

    assert called(line) == [("a", 1), ("a", 2)]


def test_a_single_place_is_not_kept_free_for_ever() -> None:
    line, _ = turns(places=1)
    come(line, "b", 0)
    called(line)
    line.finish("b")
    come(line, "a", 1, 2)

    assert called(line) == [("a", 1)]
    line.finish("a")
    assert called(line) == [("a", 2)]


def test_callers_take_turns_however_much_one_of_them_brings() -> None:
    line, _ = turns(places=1)
    come(line, "a", 1, 2, 3)
    come(line, "b", 4)
    come(line, "c", 5)

    order = []
    while found := called(line):
        order += [client for client, _ in found]
        line.finish(found[0][0])

    assert order == ["a", "b", "c", "a", "a"]


def test_for_whom_least_is_being_done_comes_first() -> None:
    line, _ = turns(places=4)
    come(line, "a", 1, 2, 3)
    called(line)
    come(line, "a", 4)
    come(line, "b", 5)
    line.finish("a")

    assert called(line)[0] == ("b", 5)


def test_of_one_client_only_so_much_waits_and_others_still_may() -> None:
    line, _ = turns(places=1, waiting=2)
    come(line, "a", 1)
    called(line)
    come(line, "a", 2, 3)

    with pytest.raises(Crowded):
        line.come("a", 4)
    line.come("b", 5)


def test_who_leaves_is_not_called() -> None:
    line, _ = turns(places=2)
    come(line, "a", 1, 2)

    line.leave("a", 1)
    line.leave("a", 7)
    line.leave("nobody", 7)

    assert called(line) == [("a", 2)]


STEPS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["come", "finish", "wait"])))


@given(STEPS, st.integers(1, 4))
def test_nothing_is_lost_nothing_done_twice_and_never_more_than_there_is_room_for(
    steps: list[tuple[str, str]], places: int
) -> None:
    line, watch = turns(places=places, waiting=1_000)
    doing: Counter[str] = Counter()
    came, begun = [], []
    for number, (client, step) in enumerate(steps):
        if step == "come":
            line.come(client, number)
            came.append((client, number))
        elif step == "wait":
            watch.shows += LATELY_SECONDS / 2
        elif doing[client]:
            line.finish(client)
            doing[client] -= 1
        for found in called(line):
            begun.append(found)
            doing[found[0]] += 1
        assert doing.total() <= places
    while doing.total():
        client = next(iter(+doing))
        line.finish(client)
        doing[client] -= 1
        for found in called(line):
            begun.append(found)
            doing[found[0]] += 1

    assert sorted(begun) == sorted(came)
    assert not line.lines
