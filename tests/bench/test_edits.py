"""Every edit of the catalogue: map and mask are true to the pixels, and chance is repeated."""

import cv2
import numpy as np
import pytest

from staydown.cli.bench.catalogue import CATALOGUE, EditName, Group, make
from staydown.cli.bench.edited import Edited, begin
from staydown.cli.bench.filling import FILLS, replace_part
from staydown.cli.bench.pages import DARK, LIGHT, show_in_page
from staydown.digests import sha256
from staydown.engine.pictures import Pixels, open_picture
from tests.bench.making import dots, small

DIGEST = sha256(b"a photograph")
WANTED = {
    "a": "quality_30 quality_50 quality_70 quality_90 resize_25 resize_50 resize_75 resize_125 "
    "resize_150 colour grey blur sharpen",
    "b": "crop_80 crop_60 crop_40 mirror turn_90 turn_2 turn_5 turn_10 turn_15 stretch border "
    "perspective page_light page_dark phone watermark meme stickers",
    "c": " ".join(
        f"{share}_{kind}"
        for share in (30, 50, 70)
        for kind in ("texture", "colour", "noise", "blur", "smear")
    ),
    "d": " ".join(
        f"{share}{hidden}"
        for share in (30, 50, 70)
        for hidden in ("", "_page_light", "_page_dark", "_redrawn")
    ),
}
"""Issue 3's list."""
MARKS = np.array([(60, 50), (260, 60), (70, 170), (250, 180), (160, 30)], np.float64)
MOVING = [name for name, edit in CATALOGUE.items() if edit.group in (Group.A, Group.B)]
OVERLAID = {"b_meme", "b_stickers", "b_watermark"}


@pytest.mark.parametrize("group", Group)
def test_a_group_has_every_edit_that_was_asked_for(group: Group) -> None:
    names = [name for name, edit in CATALOGUE.items() if edit.group is group]

    assert names == [f"{group}_{name}" for name in WANTED[group].split()]


@pytest.mark.parametrize("name", CATALOGUE)
def test_the_same_seed_makes_the_same_bytes_and_other_seeds_others(name: EditName) -> None:
    edit, photo = CATALOGUE[name], small()

    first, again = (make(edit, photo, DIGEST, seed=1).data for _ in range(2))
    others = {make(edit, photo, DIGEST, seed=seed).data for seed in (2, 3, 4)}

    assert first == again
    assert (others == {first}) == is_settled(name)


def is_settled(name: EditName) -> bool:
    """Whether chance has no part in it."""
    return name.startswith(("a_quality", "a_resize", "a_grey", "b_mirror", "b_turn_90"))


def brightest_near(pixels: Pixels, place: "np.ndarray", reach: int = 9) -> "np.ndarray":
    """The middle of what is bright around a place, (across, down)."""
    left, top = (max(0, int(round(one)) - reach) for one in place)
    window = pixels[top : top + 2 * reach + 1, left : left + 2 * reach + 1, :].mean(axis=2)
    down, across = np.nonzero(window > (window.max() + window.min()) / 2)
    return np.array([left + across.mean(), top + down.mean()])


@pytest.mark.parametrize("name", [one for one in MOVING if one not in OVERLAID])
def test_the_map_says_where_each_point_has_gone(name: EditName) -> None:
    shown = make(CATALOGUE[name], dots((320, 240), MARKS), DIGEST, seed=3)

    pixels = open_picture(shown.data).pixels
    gone = cv2.perspectiveTransform(MARKS[None], shown.edited.to_edited)[0]
    inside = ((gone > 14) & (gone < np.array(shown.edited.size) - 14)).all(axis=1)
    assert pixels.shape == shown.edited.pixels.shape
    assert inside.any()
    for place in gone[inside]:
        assert np.hypot(*(brightest_near(pixels, place) - place)) < 0.8, name


@pytest.mark.parametrize("kind", FILLS)
@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
def test_a_mask_covers_its_share_and_nothing_is_touched_outside(kind: str, share: float) -> None:
    photo = begin(small())

    shown = replace_part(photo, np.random.default_rng(4), share=share, kind=kind)

    assert shown.altered is not None
    assert shown.changed is not None
    outside = shown.altered < 1e-3
    assert (shown.altered > 0.5).mean() == pytest.approx(share, abs=0.01)
    assert np.array_equal(shown.pixels[outside], photo.pixels[outside])
    assert not (shown.changed > 0.5)[shown.altered <= 0.5].any()


def test_what_changed_is_where_somebody_could_see_it() -> None:
    photo = begin(np.full((120, 160, 3), 128, np.uint8))

    shown = replace_part(photo, np.random.default_rng(1), share=0.5, kind="blur")

    assert shown.changed is not None
    assert shown.changed.max() == 0


@pytest.mark.parametrize("name", [name for name in CATALOGUE if name.startswith("d_")])
def test_the_mask_of_a_hidden_edit_lies_where_the_replaced_part_is(name: EditName) -> None:
    photo = small()
    shown = make(CATALOGUE[name], photo, DIGEST, seed=2).edited

    assert shown.altered is not None
    places = np.argwhere(shown.altered > 0.9)[::97, ::-1].astype(np.float64)
    back = cv2.perspectiveTransform(places[None], np.linalg.inv(shown.to_edited))[0]
    height, width = photo.shape[:2]
    assert len(places) > 10
    assert ((back > -1) & (back < (width, height))).all()
    assert np.median(back[:, 1]) > height * 0.4


def test_a_photo_in_a_page_is_the_photo() -> None:
    for theme in (LIGHT, DARK):
        shown = show_in_page(begin(small()), np.random.default_rng(5), theme=theme)

        size = (small().shape[1], small().shape[0])
        back = cv2.warpPerspective(
            shown.pixels, shown.to_edited, size, flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        )
        assert np.abs(back.astype(int) - small()).mean() < 6


def test_edits_that_replace_nothing_have_no_mask() -> None:
    made: dict[EditName, Edited] = {
        name: make(edit, small(), DIGEST, seed=1).edited for name, edit in CATALOGUE.items()
    }

    masked = {name for name, shown in made.items() if shown.altered is not None}
    assert masked == {name for name, edit in CATALOGUE.items() if edit.is_altering}
