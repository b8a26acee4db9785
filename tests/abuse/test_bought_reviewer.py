"""A reviewer who was bought, or fooled, calls a doctored picture a false match, to set it free.

What they may do alone, what two of them may do, and what undoes it.
"""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

import numpy as np
import pytest

from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Person
from staydown.casework.rules import Action
from staydown.casework.screening import Screened
from staydown.engine.pictures import encode_jpeg, open_picture
from staydown.errors import NotAllowed
from staydown.jobs.draining import drain
from tests.casework.making import AGREED
from tests.photographs import cat, doctored, unrelated
from tests.shortcuts import hold_quickly
from tests.stories import screen


@pytest.fixture
def bought(house: House) -> Person:
    return new_reviewer(house, "bought")


@pytest.fixture
def fooled(house: House) -> Person:
    return new_reviewer(house, "fooled")


def decide(
    house: House, found: Screened, move: CopyMove, by: Person, *, is_false_match: bool = False
) -> None:
    assert found.case
    assert found.copy
    house.reviewing.decide_copy(
        found.case,
        found.copy,
        move,
        findings=AGREED,
        reason="?",
        by=by,
        is_false_match=is_false_match,
    )
    drain(house)


def set_free(house: House, found: Screened, bought: Person, fooled: Person) -> None:
    """Both of them say that it is another photograph."""
    decide(house, found, CopyMove.RELEASE, bought, is_false_match=True)
    [waiting] = house.cases.to_confirm(fooled)
    house.reviewing.confirm_entry(waiting.entry, by=fooled)


def removed_by_two(house: House) -> tuple[Receipt, Screened]:
    """A case in which two honest reviewers removed the doctored copy."""
    receipt, held = hold_quickly(house)
    decide(house, held, CopyMove.REMOVE, new_reviewer(house, "kim"))
    [waiting] = house.cases.to_confirm(lee := new_reviewer(house, "lee"))
    house.reviewing.confirm_entry(waiting.entry, by=lee)
    return receipt, held


def another_doctored() -> bytes:
    """The original with coffee over another part of it."""
    pixels = cat().copy()
    pixels[20:200, 20:200] = open_picture(unrelated()).pixels[100:280, 100:280]
    return encode_jpeg(pixels)


def test_what_two_people_removed_is_not_called_a_false_match_by_anybody(
    house: House, bought: Person
) -> None:
    removed_by_two(house)
    again = screen(house, doctored(70), "post/2")
    assert again.action is Action.BLOCK

    with pytest.raises(NotAllowed, match="two people removed this very picture"):
        decide(house, again, CopyMove.RELEASE, bought, is_false_match=True)

    assert screen(house, doctored(75), "post/3").action is Action.BLOCK


def test_a_picture_set_free_before_is_stopped_once_two_people_removed_it(
    house: House, bought: Person, fooled: Person
) -> None:
    """Filed against the original it hides it from that; the removal speaks for itself."""
    _, first = hold_quickly(house)
    again = screen(house, doctored(80), "post/2")
    set_free(house, first, bought, fooled)
    assert screen(house, doctored(70), "post/3").action is Action.PUBLISH

    decide(house, again, CopyMove.REMOVE, new_reviewer(house, "kim"))
    [waiting] = house.cases.to_confirm(lee := new_reviewer(house, "lee"))
    house.reviewing.confirm_entry(waiting.entry, by=lee)

    assert screen(house, doctored(75), "post/4").action is Action.BLOCK


def test_one_picture_set_free_frees_no_other_doctored_one(
    house: House, bought: Person, fooled: Person
) -> None:
    _, held = hold_quickly(house)

    set_free(house, held, bought, fooled)

    assert screen(house, another_doctored(), "post/2").action is Action.HOLD


def test_a_picture_set_free_covers_for_none_beside_it(
    house: House, bought: Person, fooled: Person
) -> None:
    _, held = hold_quickly(house)
    set_free(house, held, bought, fooled)
    pair = np.hstack([open_picture(one).pixels for one in (doctored(), another_doctored())])

    assert screen(house, encode_jpeg(pair), "post/2").action is Action.HOLD
