"""Hard negatives: found by plain geometry, and never two files of one photograph."""

from pathlib import Path

import numpy as np

from staydown.cli.bench.negatives import Kind, frame_pairs, numbered_pairs
from staydown.cli.bench.resembling import likeness_of, sketch
from staydown.engine.pictures import encode_jpeg, open_picture
from tests.bench.making import small, write_photo

STEP_ASIDE = "motorcycle, a step aside"


def test_two_photographs_of_one_place_look_alike() -> None:
    found = likeness_of(sketch(small("motorcycle")), sketch(small(STEP_ASIDE)))

    assert found is not None
    assert not found.is_same_photograph


def test_two_photographs_of_different_places_do_not() -> None:
    assert likeness_of(sketch(small("motorcycle")), sketch(small("rocket"))) is None


def test_a_copy_of_one_photograph_is_told_from_a_second_one() -> None:
    photo = small("motorcycle")
    copy = open_picture(encode_jpeg(photo[20:-10, 30:-20], 60)).pixels

    found = likeness_of(sketch(photo), sketch(copy))

    assert found is not None
    assert found.is_same_photograph


def test_blank_pictures_look_like_nothing() -> None:
    blank = sketch(np.full((200, 300, 3), 90, np.uint8))

    assert likeness_of(blank, blank) is None


def test_neighbouring_frames_are_one_session_and_later_ones_one_place(tmp_path: Path) -> None:
    frames = [
        write_photo(tmp_path / "image01.jpg", small("motorcycle")),
        write_photo(tmp_path / "image02.jpg", small(STEP_ASIDE)),
        write_photo(tmp_path / "image04.jpg", small("motorcycle", 280)),
        write_photo(tmp_path / "image90.jpg", small(STEP_ASIDE, 280)),
    ]

    pairs = list(frame_pairs(frames))

    said = {(one.kind, one.registered.path.stem, one.found.path.stem) for one in pairs}
    assert said == {
        (Kind.SAME_SESSION, "image01", "image02"),
        (Kind.SAME_SESSION, "image02", "image01"),
        (Kind.SAME_PLACE, "image02", "image04"),
        (Kind.SAME_PLACE, "image04", "image02"),
    }  # image04 is image01 in another size: one photograph, and no pair


def test_frames_of_different_series_are_no_pairs(tmp_path: Path) -> None:
    frames = [
        write_photo(tmp_path / "walk1.jpg", small("motorcycle")),
        write_photo(tmp_path / "drive2.jpg", small(STEP_ASIDE)),
        write_photo(tmp_path / "elsewhere" / "walk2.jpg", small("rocket")),
    ]

    assert list(numbered_pairs(frames)) == []
