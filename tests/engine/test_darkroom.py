"""What a locked worker hands back is what is made here, and nothing else is believed."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.engine.darkroom import (
    InThisProcess,
    Task,
    develop,
    read_known,
    read_opened,
    read_seen,
    read_views,
    write_order,
)
from staydown.engine.features import Features
from staydown.engine.fingerprints import Fingerprint, pack
from staydown.engine.negatives import (
    FEATURES,
    Spoiled,
    read_fingerprint,
    write_fingerprint,
)
from staydown.engine.pictures import Limits, Picture, encode_jpeg, encode_png
from staydown.engine.rehearsal import draw_noise
from staydown.engine.subjects import Known, Seen
from staydown.engine.views import FIRST, MAX_VIEWS, View
from staydown.errors import BadPicture
from tests.engine.making import animation

HERE = InThisProcess()
FLAT = encode_png(np.full((40, 60, 3), 7, np.uint8))
LARGE = encode_jpeg(np.tile(draw_noise(), (4, 5, 1)))
FILES = {"large": LARGE, "small": encode_png(draw_noise()), "flat": FLAT}
FILES |= {"animated": animation(draw_noise(), draw_noise()[:, ::-1], draw_noise() // 8)}
VIEWS = {"animated": 3}


def developed(
    task: Task, data: bytes, limits: Limits = HERE.limits, view: View = FIRST
) -> memoryview:
    """What a worker hands back, in one piece of memory."""
    return memoryview(b"".join(develop(bytearray(data), write_order(task, limits, view))))


def same_picture(one: Picture | None, other: Picture | None) -> bool:
    if one is None or other is None:
        return one is other
    return bool((one.pixels == other.pixels).all()) and (
        one.format,
        one.file_digest,
        one.pixel_digest,
        one.view,
        one.full_size,
    ) == (other.format, other.file_digest, other.pixel_digest, other.view, other.full_size)


def same_fingerprint(one: Fingerprint, other: Fingerprint) -> bool:
    return pack(one) == pack(other)


@pytest.mark.parametrize("name", FILES)
def test_a_picture_comes_back_as_it_is(name: str) -> None:
    assert same_picture(read_opened(developed(Task.OPEN, FILES[name])), HERE.open(FILES[name]))


@pytest.mark.parametrize("name", FILES)
def test_what_is_looked_at_comes_back_as_it_is(name: str) -> None:
    there, here = read_seen(developed(Task.LOOK_AT, FILES[name])), HERE.look_at(FILES[name])

    assert len(there) == len(here) == VIEWS.get(name, 1)
    for one, other in zip(there, here, strict=True):
        assert same_picture(one.picture, other.picture)
        assert same_fingerprint(one.fingerprint, other.fingerprint)


@pytest.mark.parametrize("name", FILES)
def test_every_view_comes_back_as_it_is_and_is_found_again_by_its_name(name: str) -> None:
    data = FILES[name]

    for there, here in zip(read_views(developed(Task.VIEWS, data)), HERE.views(data), strict=True):
        assert same_picture(there, here)
        again = read_opened(developed(Task.OPEN, data, view=here.view))
        assert same_picture(again, here)


@pytest.mark.parametrize("name", FILES)
def test_what_is_known_comes_back_as_it_is(name: str) -> None:
    there, here = read_known(developed(Task.KNOW, FILES[name])), HERE.know(FILES[name])

    assert there.proxy is not None
    assert here.proxy is not None
    assert same_picture(there.proxy.open(), here.proxy.open())
    assert same_fingerprint(there.fingerprint, here.fingerprint)
    assert there.focus is here.focus is None


def test_the_layout_has_every_field() -> None:
    """Else a new one would be lost on the way, and nobody would notice."""
    assert list(FEATURES) == [field.name for field in fields(Features)]
    assert {field.name for field in fields(Seen)} == {"picture", "fingerprint"}
    assert {field.name for field in fields(Known)} == {"fingerprint", "proxy", "focus"}
    assert {field.name for field in fields(Fingerprint)} == {
        *("file_digest", "pixel_digest", "pdq", "features", "width", "height", "is_only_text"),
    }


def test_limits_travel_with_the_order() -> None:
    with pytest.raises(BadPicture, match="at most 1,000 are opened"):
        developed(Task.OPEN, FLAT, Limits(max_pixels=1_000))


READERS: tuple[tuple[Task, Callable[[memoryview], object]], ...] = (
    (Task.OPEN, read_opened),
    (Task.LOOK_AT, read_seen),
    (Task.KNOW, read_known),
    (Task.VIEWS, read_views),
)


@given(st.data())
@pytest.mark.parametrize(("task", "read"), READERS)
def test_what_is_not_in_the_layout_is_spoiled_and_does_no_harm(
    task: Task, read: Callable[[memoryview], object], data: st.DataObject
) -> None:
    good = GOOD[task]
    place = data.draw(st.integers(0, min(len(good), 4_000)))
    forged = bytearray(good)
    forged[place : place + 4] = data.draw(st.binary(max_size=8))

    with suppress(Spoiled):
        read(memoryview(forged))


GOOD = {task: bytes(developed(task, FILES["small"])) for task in Task}


@pytest.mark.parametrize(("task", "read"), READERS)
def test_cut_short_or_too_long_is_spoiled(task: Task, read: Callable[[memoryview], object]) -> None:
    for forged in (b"", GOOD[task][:-1], GOOD[task] + b"x"):
        with pytest.raises(Spoiled):
            read(memoryview(forged))


def test_more_views_than_there_can_be_are_spoiled() -> None:
    one = bytes(developed(Task.VIEWS, FLAT))

    assert len(read_views(memoryview(one * MAX_VIEWS))) == MAX_VIEWS
    with pytest.raises(Spoiled, match="more views"):
        read_views(memoryview(one * (MAX_VIEWS + 1)))


def test_a_place_that_is_no_number_is_spoiled() -> None:
    [seen] = HERE.look_at(FILES["small"])
    seen.fingerprint.features.points[0, 0] = np.nan

    with pytest.raises(Spoiled, match="a place that is no number"):
        read_fingerprint(memoryview(b"".join(write_fingerprint(seen.fingerprint))))
