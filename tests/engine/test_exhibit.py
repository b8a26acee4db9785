"""The proof holds the original, and of the found picture only what is surely kept."""

import numpy as np
import pytest

from staydown.cli.story.doctoring import mirror, page_around
from staydown.cli.story.photographs import photograph
from staydown.engine.comparison import compare
from staydown.engine.exhibit import draw_exhibit, matched_points
from staydown.engine.lettering import width_of, wrap
from staydown.engine.pictures import Pixels
from staydown.engine.subjects import Seen, look_at
from staydown.engine.verdict import Comparison, Verdict
from tests.engine.making import Edit, found, known, patch_over, photo

LURID = (255, 0, 200)
WORDS = ["Derived: a sentence."]


def lurid() -> Pixels:
    """A filling of a colour that is nowhere else, dark and light in turns."""
    filling = np.zeros_like(photo("motorcycle"))
    filling[:] = LURID
    filling[::8] //= 2
    return filling


def drawn(pixels: Pixels) -> tuple[Pixels, Comparison, Seen]:
    seen = look_at(found(pixels))
    comparison = compare(known("motorcycle"), seen)
    exhibit = draw_exhibit(photograph("motorcycle"), known("motorcycle"), seen, comparison, WORDS)
    return exhibit, comparison, seen


HIDINGS: dict[str, Edit] = {
    "as it is": lambda p: p,
    "mirrored": mirror,
    "in a page": page_around,
}


@pytest.mark.parametrize("hiding", HIDINGS)
def test_no_pixel_of_what_was_altered_is_drawn(hiding: str) -> None:
    doctored, _ = patch_over(photo("motorcycle"), lurid())

    exhibit, comparison, _ = drawn(HIDINGS[hiding](doctored))

    is_lurid = (exhibit[..., 0] > 100) & (exhibit[..., 1] < 50) & (exhibit[..., 2] > 80)
    assert comparison.verdict is Verdict.DERIVED
    assert is_lurid.sum() == 0


def test_what_the_found_picture_shows_under_the_cover_makes_no_difference() -> None:
    """Two alterations of one region, the same map: the same proof."""
    exhibit, comparison, seen = drawn(patch_over(photo("motorcycle"), lurid())[0])
    other = found(patch_over(photo("motorcycle"), photo("gravel"))[0])

    again = draw_exhibit(
        photograph("motorcycle"),
        known("motorcycle"),
        Seen(picture=other, fingerprint=seen.fingerprint),
        comparison,
        WORDS,
    )

    assert np.abs(exhibit.astype(int) - again).mean() < 0.5


def test_matched_points_lie_where_the_map_puts_them() -> None:
    _, comparison, seen = drawn(mirror(patch_over(photo("motorcycle"), lurid())[0]))

    here, there = matched_points(known("motorcycle"), seen, comparison)

    matrix = np.array(comparison.transform)
    assert len(here) > 50
    assert np.linalg.norm(here @ matrix[:, :2].T + matrix[:, 2] - there, axis=1).max() < 8


def test_of_a_picture_that_is_no_copy_nothing_is_drawn() -> None:
    exhibit, comparison, seen = drawn(photo("coffee"))

    white = Seen(picture=found(np.full_like(photo("coffee"), 255)), fingerprint=seen.fingerprint)
    again = draw_exhibit(photograph("motorcycle"), known("motorcycle"), white, comparison, WORDS)

    assert comparison.verdict is Verdict.NONE
    assert np.array_equal(exhibit, again)


def test_words_are_wrapped_between_words() -> None:
    text = "a proof of what was kept and what was altered"

    lines = wrap(text, 120)

    assert " ".join(lines) == text
    assert max(width_of(line) for line in lines) <= 120
    assert len(lines) > 1
