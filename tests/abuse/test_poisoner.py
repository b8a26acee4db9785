"""A poisoner files notices to hide other people's pictures, or to protect their own (LAW 7)."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from skimage import data

from staydown.casework.commands import CommandKind
from staydown.casework.filing import Receipt
from staydown.casework.rules import Action
from staydown.clock import SetClock
from staydown.engine.pictures import encode_jpeg
from staydown.errors import BadNotice
from staydown.jobs.draining import drain
from tests.photographs import doctored, original, plain_copy, unrelated
from tests.records import records_of
from tests.shortcuts import FORM
from tests.stories import PLATFORM, file_notice, hold_copy, screen


def register(house: House, *pictures: bytes) -> Receipt:
    receipt = house.filing.file(FORM, pictures)
    assert isinstance(receipt, Receipt)
    return receipt


@pytest.mark.parametrize("upload", [original, plain_copy])
def test_registering_an_ordinary_photograph_silences_nobody_who_posts_it(
    house: House, upload: Callable[[], bytes]
) -> None:
    register(house, original())

    assert screen(house, upload()).action is Action.PUBLISH


def test_registering_a_doctored_picture_does_not_get_it_published(house: House) -> None:
    """The original wins, but not one that its maker registered without anybody looking."""
    file_notice(house)
    register(house, doctored())

    assert screen(house, doctored(70)).action is Action.HOLD


def test_registering_a_doctored_version_of_a_viral_photograph_holds_few_for_a_while(
    house: House, clock: SetClock
) -> None:
    capped = reopen(replace(house.settings, hold_cap=2), clock)
    register(capped, doctored())

    actions = [screen(capped, original(), f"post/{number}").action for number in range(3)]
    wait(clock, hours=48)
    drain(capped)

    assert actions == [Action.HOLD] * 2 + [Action.PUBLISH]
    restored = [command.kind for command in capped.commands.open(PLATFORM)]
    assert restored == [CommandKind.RESTORE] * 2


def test_a_case_that_is_declined_gives_everything_back(house: House) -> None:
    receipt, _ = hold_copy(house)

    house.reviewing.decline_case(receipt.case, reason="not theirs", by=new_reviewer(house))

    assert [c.kind for c in house.commands.open(PLATFORM)] == [CommandKind.RESTORE]
    assert records_of(house.bank) == ()
    assert screen(house, doctored(), "post/2").action is Action.PUBLISH


def flat() -> bytes:
    return encode_jpeg(np.full((400, 400, 3), 128, np.uint8))


def test_a_flat_picture_cannot_be_registered(house: House) -> None:
    with pytest.raises(BadNotice, match="picture 1: too small or too plain to be recognised"):
        register(house, flat())


def test_a_flat_upload_is_told_apart_from_one_that_was_compared(house: House) -> None:
    assert screen(house, flat()).action is Action.UNSCREENED
    assert screen(house, unrelated()).action is Action.PUBLISH


def test_another_photograph_of_the_same_place_is_left_alone(house: House) -> None:
    left, right, _ = data.stereo_motorcycle()
    register(house, encode_jpeg(left))

    assert screen(house, encode_jpeg(right)).action is Action.PUBLISH
