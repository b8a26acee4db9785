"""What the map calls kept, altered and covered, where the truth is known: on photographs that
nothing was learned from.
"""

import cv2
import numpy as np
import pytest

from staydown.cli.story.doctoring import watermark
from staydown.engine.alteration import Alteration, drop_rims, drop_small, find_alterations
from staydown.engine.calibration import calibration
from staydown.engine.canvas import Canvas, lay_out
from staydown.engine.pictures import Pixels
from staydown.engine.verdict import AREA_VALUES, Area
from tests.engine.making import Edit, Mask, blurred, fitted, found, patch_over, photo

NAMES = ["temple", "motorcycle", "coffee", "flower"]


def laid(known: Pixels, seen: Pixels, quality: int = 75) -> Canvas:
    """Two pictures of one size on one canvas, the second as it is found."""
    scale = seen.shape[1] / known.shape[1]
    matrix = np.array([[scale, 0, (scale - 1) / 2], [0, scale, (scale - 1) / 2]])
    canvas = lay_out(known, found(seen, quality).pixels, matrix)
    assert canvas is not None
    return canvas


def mapped(known: Pixels, seen: Pixels, quality: int = 75) -> Alteration:
    return find_alterations(laid(known, seen, quality))


def is_of(changes: Alteration, area: Area) -> Mask:
    return np.asarray(changes.areas == AREA_VALUES[area])


def on_canvas(where: Mask, changes: Alteration) -> Mask:
    height, width = changes.areas.shape
    small = cv2.resize(where.astype(np.uint8), (width, height), interpolation=cv2.INTER_NEAREST)
    return np.asarray(small > 0)


def darkened_corners(pixels: Pixels) -> Pixels:
    rows, columns = np.mgrid[-1 : 1 : pixels.shape[0] * 1j, -1 : 1 : pixels.shape[1] * 1j]
    shade = 1 - 0.3 * (rows**2 + columns**2) / 2
    return np.asarray(pixels * shade[..., None], np.uint8)


def drifted(pixels: Pixels, reach: float) -> Pixels:
    """Bent by up to `reach` pixels each way at the working size."""
    rows, columns = np.mgrid[0 : pixels.shape[0], 0 : pixels.shape[1]].astype(np.float32)
    scale = reach * max(pixels.shape) / 400
    across = columns + scale * np.sin(rows / pixels.shape[0] * 5).astype(np.float32)
    down = rows + scale * np.sin(columns / pixels.shape[1] * 5).astype(np.float32)
    return np.asarray(
        cv2.remap(pixels, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.uint8
    )


def sharpened(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.addWeighted(pixels, 2, blurred(pixels, 1.5), -1, 0), np.uint8)


def contrasted(pixels: Pixels) -> Pixels:
    curve = 255 / (1 + np.exp(-(np.arange(256) - 128) / 50))
    return np.asarray(curve[pixels], np.uint8)


HONEST: dict[str, Edit] = {
    "as it is": lambda p: p,
    "half as large": lambda p: fitted(p, like=p[::2, ::2]),
    "darkened corners": darkened_corners,
    "drift of two pixels": lambda p: drifted(p, 1.41),
    "sharpened": sharpened,
    "blurred": lambda p: blurred(p, 1.2),
    "more contrast": contrasted,
    "less red": lambda p: (p * np.array([0.8, 1, 1.0])).astype(np.uint8),
}


@pytest.mark.parametrize("edit", HONEST)
@pytest.mark.parametrize("name", NAMES)
def test_an_honest_copy_has_nothing_altered(name: str, edit: str) -> None:
    changes = mapped(photo(name), HONEST[edit](photo(name)))

    assert changes.altered_fraction == 0.0


@pytest.mark.parametrize("quality", [30, 90])
def test_no_encoder_alters_anything(quality: int) -> None:
    assert mapped(photo("temple"), photo("temple"), quality).altered_fraction == 0.0


@pytest.mark.parametrize("name", NAMES)
def test_the_map_meets_a_replaced_region(name: str) -> None:
    doctored, where = patch_over(photo(name), photo("gravel"))

    changes = mapped(photo(name), doctored)

    altered, wanted = is_of(changes, Area.ALTERED), on_canvas(where, changes)
    assert (altered & wanted).sum() / (altered | wanted).sum() > 0.93


def replaced(pixels: Pixels, filling: Pixels, share: float) -> tuple[Pixels, Mask]:
    """A box of `share` of the area in the middle, from another photograph."""
    height, width = pixels.shape[:2]
    where = np.zeros((height, width), dtype=bool)
    down, across = round(height * share**0.5 / 2), round(width * share**0.5 / 2)
    middle = np.s_[
        height // 2 - down : height // 2 + down, width // 2 - across : width // 2 + across
    ]
    where[middle] = True
    laid_over = fitted(filling, like=pixels)
    return np.where(where[..., None], laid_over, pixels).astype(np.uint8), where


@pytest.mark.parametrize("name", NAMES)
def test_an_altered_fiftieth_is_found(name: str) -> None:
    doctored, where = replaced(photo(name), photo("bricks"), 0.02)

    changes = mapped(photo(name), doctored, 60)

    altered, wanted = is_of(changes, Area.ALTERED), on_canvas(where, changes)
    assert (altered & wanted).sum() / wanted.sum() > 0.8
    assert 0.01 < changes.altered_fraction < 0.03


def test_a_part_moved_within_the_photograph_is_altered() -> None:
    """The same colours, the same sharpness, the same noise: only the place is wrong."""
    aside = np.roll(photo("motorcycle"), 60, axis=1)
    doctored, where = patch_over(photo("motorcycle"), aside)

    changes = mapped(photo("motorcycle"), doctored)

    altered, wanted = is_of(changes, Area.ALTERED), on_canvas(where, changes)
    assert (altered & wanted).sum() / (altered | wanted).sum() > 0.8


def test_a_patch_of_another_colour_is_altered() -> None:
    doctored, where = patch_over(photo("coffee"), photo("coffee")[..., ::-1].copy())

    assert mapped(photo("coffee"), doctored).altered_fraction > 0.5 * where.mean()


def written(pixels: Pixels) -> Pixels:
    height, width = pixels.shape[:2]
    over = pixels.copy()
    for line in range(6):
        place = (round(width * 0.22), round(height * (0.48 + 0.08 * line)))
        cv2.putText(over, "words over it all", place, 1, width / 240, (255, 255, 255), 2)
    return over


@pytest.mark.parametrize("name", NAMES)
def test_a_watermark_is_covered_and_nothing_altered(name: str) -> None:
    changes = mapped(photo(name), watermark(photo(name), "forum.example"))

    assert changes.altered_fraction == 0.0
    assert changes.covered_fraction > 0.005


def test_many_words_over_the_photograph_are_covered_and_hardly_anything_altered() -> None:
    changes = mapped(photo("motorcycle"), written(photo("motorcycle")))

    assert changes.altered_fraction < calibration().min_altered_fraction
    assert changes.covered_fraction > 0.05


@pytest.mark.parametrize("name", NAMES)
def test_words_over_a_doctored_region_do_not_hide_it(name: str) -> None:
    doctored, where = patch_over(photo(name), photo("gravel"))

    changes = mapped(photo(name), written(doctored))

    altered, wanted = is_of(changes, Area.ALTERED), on_canvas(where, changes)
    assert (altered & wanted).sum() / wanted.sum() > 0.9


def hatched(pixels: Pixels, step: int) -> Pixels:
    over = pixels.copy()
    over[::step] = over[1::step] = 255
    over[:, ::step] = over[:, 1::step] = 255
    return over


@pytest.mark.parametrize("step", [12, 24])
def test_hatching_hides_no_alteration(step: int) -> None:
    doctored, where = patch_over(photo("motorcycle"), photo("gravel"))

    changes = mapped(photo("motorcycle"), hatched(doctored, step))

    assert changes.altered_fraction > 0.5 * where.mean()


def test_a_solid_sticker_is_altered() -> None:
    """Nobody can see what lies under it."""
    stuck = photo("temple").copy()
    cv2.circle(stuck, (300, 260), 60, (255, 210, 0), -1)

    changes = mapped(photo("temple"), stuck)

    assert changes.altered_fraction > 0.02
    assert changes.covered_fraction == 0.0


@pytest.mark.parametrize("filling", ["gravel", "bricks", "cat"])
def test_what_is_surely_kept_holds_hardly_anything_of_what_was_altered(filling: str) -> None:
    doctored, where = patch_over(photo("temple"), photo(filling))

    changes = mapped(photo("temple"), doctored, 50)

    kept, wanted = is_of(changes, Area.KEPT), on_canvas(where, changes)
    assert (kept & wanted).sum() / wanted.sum() < 0.02
    assert (kept & ~wanted).sum() / (~wanted).sum() > 0.6


def test_slivers_along_the_edge_are_left_by_a_turn_or_a_page_and_are_dropped() -> None:
    core = np.zeros((60, 80), dtype=bool)
    core[2:-2, 2:-2] = True
    sliver, bay = np.zeros_like(core), np.zeros_like(core)
    sliver[:, :2] = True
    bay[20:40, :10] = True

    assert not drop_rims(sliver, core).any()
    assert np.array_equal(drop_rims(bay, core), bay)


SMALL = {
    "a speck": (np.s_[20:24, 20:24], False),
    "a patch": (np.s_[20:60, 20:60], True),
}


@pytest.mark.parametrize("what", SMALL)
def test_specks_are_dropped_and_patches_stay(what: str) -> None:
    place, stays = SMALL[what]
    mask = np.zeros((100, 100), dtype=bool)
    mask[place] = True

    assert drop_small(mask, 0.01).any() == stays
    assert drop_small(~mask, 0.01).all() != stays


def test_the_map_of_a_tiny_canvas_is_drawn_all_the_same() -> None:
    tiny = fitted(photo("temple"), like=np.zeros((30, 40, 3), np.uint8))

    assert find_alterations(laid(tiny, tiny)).areas.shape == (30, 40)
