"""What a reviewer is sent holds nothing of the altered region: not a pixel, not its colour, not its
outline in detail.
"""

import numpy as np
import pytest

from staydown.digests import sha256
from staydown.engine.covering import COVER_COLOUR, cover
from staydown.engine.pictures import picture_of
from staydown.engine.verdict import AREA_VALUES, Area
from tests.engine.making import compared, found, patch_over, photo


@pytest.mark.parametrize("name", ["temple", "motorcycle", "coffee"])
def test_of_the_truly_altered_pixels_hardly_any_is_shown(name: str) -> None:
    doctored, where = patch_over(photo(name), photo("gravel"))
    picture = found(doctored)

    shown = cover(picture, compared(doctored, name).areas)

    is_shown = (shown != np.array(COVER_COLOUR, np.uint8)).any(axis=2)
    assert (is_shown & where).sum() / where.sum() < 0.005
    assert is_shown.mean() > 0.2


def test_what_is_shown_is_grey() -> None:
    picture = found(photo())
    areas = np.full(photo().shape[:2], AREA_VALUES[Area.KEPT], np.uint8)

    shown = cover(picture, areas)

    assert np.array_equal(shown[..., 0], shown[..., 1])
    assert np.array_equal(shown[..., 1], shown[..., 2])


def test_without_a_map_everything_is_covered() -> None:
    picture = picture_of(photo(), "PNG", sha256(b""))

    shown = cover(picture, None)

    assert (shown == np.array(COVER_COLOUR, np.uint8)).all()


def test_what_is_not_surely_kept_is_covered() -> None:
    picture = found(photo())
    areas = np.full(photo().shape[:2], AREA_VALUES[Area.KEPT], np.uint8)
    areas[:, :200] = AREA_VALUES[Area.UNSURE]

    shown = cover(picture, areas)

    is_covered = (shown == np.array(COVER_COLOUR, np.uint8)).all(axis=2)
    assert is_covered[:, :200].all()
    assert not is_covered[:, 220:].any()
