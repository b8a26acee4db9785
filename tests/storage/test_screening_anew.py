"""An upload that comes again is answered by what is known now, not by what was known then."""

from tests.timed import House, new_reviewer, wait  # isort: skip -- sets Django up

import pytest

from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.filing import Receipt
from staydown.casework.people import Notifier, Person
from staydown.casework.rules import Action
from staydown.casework.screening import Screened
from staydown.clock import SetClock
from staydown.jobs.draining import drain
from staydown.storage.models import CopyRow, SealedRow
from tests.casework.making import AGREED
from tests.photographs import doctored
from tests.shortcuts import file_quickly, hold_quickly, screen_quickly
from tests.stories import PLATFORM, screen


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


def decide(house: House, held: Screened, move: CopyMove, by: Person) -> None:
    assert held.case
    assert held.copy
    house.reviewing.decide_copy(held.case, held.copy, move, findings=AGREED, reason="bricks", by=by)


def copies() -> list[tuple[str, str]]:
    """Case and state of each copy."""
    return [(row.case_id, row.state) for row in CopyRow.objects.order_by("number")]


def orders(house: House) -> list[CommandKind]:
    return [command.kind for command in house.commands.open(PLATFORM)]


def take_back(house: House, receipt: Receipt) -> None:
    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))


def test_a_hold_that_ended_is_not_begun_again(house: House, clock: SetClock) -> None:
    _, held = hold_quickly(house)
    wait(clock, hours=48)
    drain(house)

    again = screen_quickly(house)

    assert (again.action, again.copy) == (Action.PUBLISH, held.copy)
    assert copies() == [(held.case, CopyState.EXPIRED)]


def test_what_expired_is_blocked_once_another_copy_of_it_was_removed(
    house: House, clock: SetClock, kim: Person
) -> None:
    """The same pixels under another name, which two people removed meanwhile."""
    _, first = hold_quickly(house)
    second = screen_quickly(house, "post/2")
    decide(house, first, CopyMove.RELEASE, kim)
    decide(house, second, CopyMove.REMOVE, kim)
    drain(house)
    [waiting] = house.cases.to_confirm(lee := new_reviewer(house, "lee"))
    house.reviewing.confirm_entry(waiting.entry, by=lee)

    again = screen(house, doctored())

    assert again.action is Action.BLOCK
    assert again.copy != first.copy
    assert screen(house, doctored()) == again


def test_what_was_released_is_held_for_a_case_that_was_opened_later(
    house: House, kim: Person
) -> None:
    first, held = hold_quickly(house)
    decide(house, held, CopyMove.RELEASE, kim)
    assert screen_quickly(house).action is Action.PUBLISH

    later = file_quickly(house)
    again = screen_quickly(house)

    assert (again.action, again.case) == (Action.HOLD, later.case)
    assert copies() == [(first.case, CopyState.RELEASED), (later.case, CopyState.HELD)]
    decide(house, again, CopyMove.RELEASE, kim)
    assert screen_quickly(house).action is Action.PUBLISH


def test_what_expired_is_held_for_a_case_that_was_opened_later(
    house: House, clock: SetClock
) -> None:
    hold_quickly(house)
    wait(clock, hours=48)
    drain(house)

    later = file_quickly(house)
    again = screen_quickly(house)

    assert (again.action, again.case) == (Action.HOLD, later.case)


def test_an_upload_that_concerns_two_notices_is_a_copy_in_both_cases(house: House) -> None:
    mine, hers = file_quickly(house), file_quickly(house)

    answer = screen_quickly(house)

    assert sorted(copies()) == sorted([(mine.case, CopyState.HELD), (hers.case, CopyState.HELD)])
    assert answer.case in {mine.case, hers.case}
    assert SealedRow.objects.filter(name="picture").count() == 2  # each goes with its own notice


def test_taking_one_notice_back_does_not_show_what_the_other_stops(house: House) -> None:
    """Else whoever made the picture files a notice of their own, and takes it back."""
    his, hers = file_quickly(house), file_quickly(house)
    screen_quickly(house)

    take_back(house, his)

    assert orders(house) == []
    assert dict(copies())[hers.case] == CopyState.HELD
    assert screen_quickly(house).case == hers.case


def test_it_is_shown_once_nothing_stops_it(house: House, kim: Person) -> None:
    his, hers = file_quickly(house), file_quickly(house)
    screen_quickly(house)

    take_back(house, his)
    take_back(house, hers)

    assert orders(house) == [CommandKind.RESTORE]


def test_a_hold_that_ends_in_one_case_does_not_show_what_another_removed(
    house: House, clock: SetClock, kim: Person
) -> None:
    file_quickly(house), file_quickly(house)
    answer = screen_quickly(house)
    decide(house, answer, CopyMove.REMOVE, kim)
    wait(clock, hours=48)

    drain(house)

    assert orders(house) == [CommandKind.REMOVE]
    assert sorted(state for _, state in copies()) == [CopyState.EXPIRED, CopyState.REMOVED]


def test_a_withdrawn_case_recognises_nothing_again(house: House) -> None:
    receipt, _ = hold_quickly(house)

    take_back(house, receipt)

    assert [(row.mark, row.pixels) for row in CopyRow.objects.all()] == [(None, None)]
