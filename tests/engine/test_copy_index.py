"""The short list by codes: it names the photograph that a picture was made from, however it was
laid out, and forgets what was dropped.
"""

import numpy as np
import pytest

from staydown.cli.story.doctoring import crop, mirror, resize, turn
from staydown.cli.story.photographs import ALLOWED
from staydown.engine.codes import encode
from staydown.engine.copy_index import CopyIndex, in_parts
from staydown.engine.fingerprints import fingerprint_upload
from staydown.engine.fits import compose
from staydown.engine.pictures import Pixels
from staydown.engine.segments import GONE, merge_small
from staydown.engine.sketches import CODES
from tests.engine.making import Edit, found, known, patch_over, photo

NAMES = tuple(name for name in ALLOWED if name != "motorcycle, a step aside")


def filled(names: tuple[str, ...] = NAMES) -> CopyIndex:
    """Each photograph added on its own."""
    index = CopyIndex()
    for name in names:
        index.add({name: encode(known(name).fingerprint.features, CODES)})
    return index


def asked(index: CopyIndex, pixels: Pixels) -> list[str]:
    """The keys of the short list."""
    seen = fingerprint_upload(found(pixels))
    return [one.key for one in index.shortlist(seen.features, seen.size)]


EDITS: dict[str, Edit] = {
    "as it is": lambda p: p,
    "mirrored": mirror,
    "turned": lambda p: turn(p, 12),
    "on its side": lambda p: np.ascontiguousarray(np.rot90(p)),
    "half of it": lambda p: crop(p, keep=0.7),
    "half as large": lambda p: resize(p, 0.5),
    "a third replaced": lambda p: patch_over(p, photo("gravel"))[0],
}


@pytest.mark.parametrize("edit", EDITS)
def test_the_photograph_that_a_picture_was_made_from_comes_first(edit: str) -> None:
    assert asked(filled(), EDITS[edit](photo("motorcycle")))[0] == "motorcycle"


@pytest.mark.parametrize("edit", ["half as large", "mirrored"])
def test_the_rough_fit_lays_it_about_where_it_is(edit: str) -> None:
    pixels = EDITS[edit](photo("motorcycle"))
    seen = fingerprint_upload(found(pixels))

    best = filled().shortlist(seen.features, seen.size)[0]

    height, width = pixels.shape[:2]
    flip = np.array([[-1.0, 0, width - 1], [0, 1, 0]])
    matrix = compose(flip, best.rough.matrix) if best.rough.is_mirrored else best.rough.matrix
    middle = matrix @ [photo("motorcycle").shape[1] / 2, photo("motorcycle").shape[0] / 2, 1]
    assert best.rough.is_mirrored == (edit == "mirrored")
    assert middle == pytest.approx([width / 2, height / 2], abs=0.02 * width)


def test_one_by_one_answers_as_all_at_once() -> None:
    at_once = CopyIndex()
    at_once.add({name: encode(known(name).fingerprint.features, CODES) for name in NAMES})
    pixels = patch_over(photo("temple"), photo("gravel"))[0]

    assert set(asked(filled(), pixels)) == set(asked(at_once, pixels))


def test_what_is_dropped_is_not_found_again_and_its_codes_are_wiped() -> None:
    index = filled()
    index.drop("motorcycle")

    assert "motorcycle" not in asked(index, photo("motorcycle"))
    assert index.keys == set(NAMES) - {"motorcycle"}
    wiped = [segment.words[segment.owners == GONE] for segment in index._segments]
    assert sum(len(rows) for rows in wiped) > 0
    assert not any(rows.any() for rows in wiped)


def test_a_merge_leaves_out_what_was_dropped() -> None:
    index = filled()
    before = index.bytes_used
    index.drop("motorcycle")
    index.add({"again": encode(known("motorcycle").fingerprint.features, CODES)})
    index._segments = merge_small((*index._segments, *index._segments[-1:]))

    assert asked(index, photo("motorcycle"))[0] == "again"
    codes = sum(min(CODES, len(known(name).fingerprint.features)) for name in NAMES)
    assert before == 22 * codes + 4 * len(NAMES)


def test_a_key_is_never_taken_twice() -> None:
    with pytest.raises(ValueError, match="in the index already"):
        filled().add({"cat": encode(known("cat").fingerprint.features, CODES)})


def test_nothing_is_found_in_an_empty_index_or_without_features() -> None:
    assert asked(CopyIndex(), photo()) == []
    assert asked(filled(), np.full((300, 300, 3), 128, np.uint8)) == []


def test_more_photographs_than_a_segment_can_name_are_taken_in_parts() -> None:
    codes = encode(known("cat").fingerprint.features, 3)

    parts = list(in_parts([(number, codes) for number in range(7)], most=3))

    assert [[number for number, _ in part] for part in parts] == [[0, 1, 2], [3, 4, 5], [6]]
