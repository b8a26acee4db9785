"""What the engine says about copies, altered copies and strangers: on photographs that nothing was
calibrated on.
"""

import numpy as np
import pytest

from staydown.cli.story.doctoring import (
    crop,
    grey,
    mirror,
    page_around,
    resize,
    turn,
    warm,
    watermark,
)
from staydown.cli.story.photographs import ALLOWED
from staydown.engine.comparison import compare
from staydown.engine.pictures import Pixels, encode_png, open_picture
from staydown.engine.subjects import know, look_at
from staydown.engine.verdict import AREA_VALUES, Area, Verdict, WhyNot
from tests.engine.making import (
    Edit,
    blurred,
    bordered,
    compared,
    fitted,
    found,
    known,
    patch_over,
    photo,
    squashed,
)

WHOLE: dict[str, Edit] = {
    "re-encoded": lambda p: p,
    "half as large": lambda p: resize(p, 0.5),
    "larger": lambda p: resize(p, 1.5),
    "without colour": grey,
    "warmer": warm,
    "mirrored": mirror,
    "on its side": lambda p: np.ascontiguousarray(np.rot90(p)),
    "blurred": lambda p: blurred(p, 1.2),
    "squashed square": lambda p: squashed(p, 300),
}


@pytest.mark.parametrize("edit", WHOLE)
def test_the_whole_photograph_however_saved_is_a_near_copy(edit: str) -> None:
    said = compared(WHOLE[edit](photo()))

    assert (said.verdict, said.altered_fraction) == (Verdict.NEAR_COPY, 0.0)


PARTS: dict[str, Edit] = {
    "cropped": lambda p: crop(p, keep=0.7),
    "turned": lambda p: turn(p, 6),
    "in a page": page_around,
    "with a border": bordered,
    "watermarked": lambda p: watermark(p, "forum.example"),
}


@pytest.mark.parametrize("edit", PARTS)
def test_a_part_of_the_photograph_unaltered_is_a_partial_copy(edit: str) -> None:
    said = compared(PARTS[edit](photo()))

    assert said.verdict is Verdict.PARTIAL_COPY


FILLINGS: dict[str, Edit] = {
    "texture": lambda p: photo("gravel"),
    "colour": lambda p: np.full_like(p, (170, 120, 90)),
    "noise": lambda p: np.random.default_rng(1).integers(0, 255, p.shape, np.uint8),
    "blur": lambda p: blurred(p, 15),
    "another photo": lambda p: photo("coffee"),
}


@pytest.mark.parametrize("filling", FILLINGS)
@pytest.mark.parametrize("name", ["temple", "motorcycle"])
def test_a_replaced_region_makes_it_derived_and_the_map_shows_where(
    filling: str, name: str
) -> None:
    doctored, where = patch_over(photo(name), FILLINGS[filling](photo(name)))

    said = compared(doctored, name)

    assert said.verdict is Verdict.DERIVED
    assert said.areas is not None
    altered = said.areas == AREA_VALUES[Area.ALTERED]
    assert (altered & where).sum() / (altered | where).sum() > 0.6


@pytest.mark.parametrize("edit", ["mirrored", "cropped", "in a page", "turned", "half as large"])
def test_an_altered_copy_is_derived_however_its_traces_are_hidden(edit: str) -> None:
    doctored, _ = patch_over(photo("motorcycle"), photo("gravel"))

    said = compared({**WHOLE, **PARTS}[edit](doctored), "motorcycle", quality=65)

    assert said.verdict is Verdict.DERIVED
    assert said.is_mirrored == (edit == "mirrored")


@pytest.mark.parametrize("colour", [255, 0])
def test_a_line_across_the_photo_hides_no_alteration(colour: int) -> None:
    """A few flat lines look like the margin of a page; what follows them here is no page."""
    doctored = photo("motorcycle").copy()
    start = round(len(doctored) * 0.55)
    gravel = fitted(photo("gravel"), like=doctored)
    doctored[start:] = gravel[start:]
    doctored[start - 8 : start] = colour

    assert compared(doctored, "motorcycle").verdict is Verdict.DERIVED


def test_a_photo_beside_another_does_not_account_for_the_whole() -> None:
    beside = compared(np.hstack([photo(), fitted(photo("coffee"), like=photo())]))

    assert (beside.verdict, beside.explains_found) == (Verdict.PARTIAL_COPY, False)
    assert compared(crop(photo(), keep=0.7)).explains_found


def test_the_transform_leads_from_the_original_to_the_found_picture() -> None:
    said = compared(crop(resize(photo(), 0.8), keep=0.75))
    height, width = photo().shape[:2]

    assert said.transform is not None
    middle = np.array(said.transform) @ [width / 2, height / 2, 1]
    assert middle == pytest.approx([width * 0.3, height * 0.3], abs=1.5)


STRANGERS = [
    (one, other)
    for one in ALLOWED
    for other in ALLOWED
    if one < other and not one.startswith("motorcycle")
]


@pytest.mark.parametrize(("one", "other"), STRANGERS)
def test_different_photographs_are_none(one: str, other: str) -> None:
    assert compared(photo(other), one).verdict is Verdict.NONE


def test_a_second_photograph_of_the_same_thing_is_no_copy() -> None:
    """A stereo pair: the same motorcycle, photographed a step to the side at the same moment."""
    said = compared(photo("motorcycle, a step aside"), "motorcycle")

    assert said.verdict in {Verdict.SAME_PLACE, Verdict.SAME_SESSION}


NOTHING_TO_SEE = {
    "blank": (np.full((300, 300, 3), 200, np.uint8), WhyNot.TOO_FLAT),
    "a gradient": (
        np.linspace(0, 255, 300, dtype=np.uint8)[None, :, None].repeat(300, 0).repeat(3, 2),
        WhyNot.TOO_FLAT,
    ),
    "20×20": (squashed(photo("gravel"), 20), WhyNot.TOO_SMALL),
}


@pytest.mark.parametrize("what", NOTHING_TO_SEE)
def test_what_cannot_be_compared_says_why(what: str) -> None:
    pixels, why = NOTHING_TO_SEE[what]

    said = compare(known(), look_at(open_picture(encode_png(pixels))))

    assert (said.verdict, said.why) == (Verdict.CANNOT_TELL, why)


def test_two_blank_pictures_do_not_match_each_other() -> None:
    white, paper = (
        open_picture(encode_png(np.full((200, 200, 3), shade, np.uint8))) for shade in (255, 250)
    )

    assert compare(know(white), look_at(paper)).verdict is Verdict.CANNOT_TELL


def removed_picture() -> tuple[Pixels, "np.ndarray"]:
    doctored, _ = patch_over(photo("motorcycle"), photo("bricks"))
    areas = compared(doctored, "motorcycle").areas
    assert areas is not None
    return doctored, areas


def test_a_removed_picture_is_found_again_by_its_altered_region() -> None:
    doctored, areas = removed_picture()
    removed = know(found(doctored), altered_only=areas)

    again = compare(removed, look_at(found(crop(doctored, keep=0.9), 60)))

    assert again.verdict is Verdict.PARTIAL_COPY


def test_the_innocent_original_does_not_match_the_removed_picture() -> None:
    doctored, areas = removed_picture()
    removed = know(found(doctored), altered_only=areas)

    assert compare(removed, look_at(found(photo("motorcycle")))).verdict is Verdict.NONE
    assert (
        compare(removed, look_at(found(crop(photo("motorcycle"), keep=0.8)))).verdict
        is Verdict.NONE
    )
