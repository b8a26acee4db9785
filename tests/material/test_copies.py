"""The engine on third-party photographs: copies found, real edits called derived, strangers never
called copies.
"""

from pathlib import Path

import cv2
import numpy as np
import pytest

from staydown.engine.pdq import DihedralHashes, hash_pixels
from staydown.engine.verdict import AREA_VALUES, Area, Verdict
from tests.material.sources import Pair, compared, picture, read_forgeries, read_pairs, strangers

pytestmark = pytest.mark.material
SAMPLE, WHOLE = 40, 500
SAMPLE_SEED, WHOLE_SEED = 20, 21


def is_beyond_pdq(pair: Pair) -> bool:
    """Whether plain PDQ at 31 bits misses the pair."""
    one, other = (hash_pixels(picture(path).pixels) for path in (pair.original, pair.found))
    if isinstance(one, DihedralHashes) and isinstance(other, DihedralHashes):
        return one.upright.distance_bits(other.upright) > 31
    return True


SECOND_PHOTOGRAPHS = {"chair-square.png", "chair-tall.png"}
"""Of the same chair, though the table calls them copies: `none` and `same_place` are both true."""


def test_copies_beyond_the_reach_of_pdq_are_found(material: Path) -> None:
    folders = ("dih", "threatexchange-hashing", "mixed_images", "perception")
    pairs = [
        pair
        for pair in read_pairs(material)
        if pair.found.parent.name in folders and is_beyond_pdq(pair)
    ]

    said = {str(pair): compared(pair.original, pair.found).verdict for pair in pairs}

    assert len(said) == 12
    none = {name for name, verdict in said.items() if verdict is Verdict.NONE}
    assert none <= SECOND_PHOTOGRAPHS
    assert sum(verdict.is_copy for verdict in said.values()) >= 10


def test_rows_that_pair_different_pictures_are_no_copies(material: Path) -> None:
    pairs = [
        pair for pair in read_pairs(material) if pair.found.name in ("copyleft.tiff", "giphy.gif")
    ]

    assert [compared(pair.original, pair.found).verdict for pair in pairs] == [Verdict.NONE] * 2


def test_real_edits_over_2_percent_are_derived_and_the_map_meets_the_mask(material: Path) -> None:
    pairs = read_forgeries(material, "imd2020")

    overlaps = []
    for pair in pairs:
        said = compared(pair.original, pair.found)
        assert said.areas is not None, str(pair)
        if area_of_mask(pair) > 0.02:
            assert said.verdict is Verdict.DERIVED, str(pair)
        overlaps.append(share_of_mask(said.areas == AREA_VALUES[Area.ALTERED], pair))

    assert len(overlaps) == 13
    assert min(overlaps) > 0.25


def area_of_mask(pair: Pair) -> float:
    """Which share of the picture was altered."""
    assert pair.mask is not None
    return float((picture(pair.mask).pixels[..., 0] > 127).mean())


def share_of_mask(altered: "np.ndarray", pair: Pair) -> float:
    """Which share of the masked region the map calls altered."""
    assert pair.mask is not None
    mask = picture(pair.mask).pixels[..., 0]
    wanted = cv2.resize(mask, altered.shape[::-1], interpolation=cv2.INTER_NEAREST) > 127
    return float((altered & wanted).sum() / wanted.sum())


def test_different_photographs_are_never_copies(material: Path) -> None:
    assert copies_among(strangers(material, SAMPLE, SAMPLE_SEED)) == []


def copies_among(pairs: "object") -> list[str]:
    """Those of the pairs that are called copies of any kind."""
    return [
        f"{one.name} ~ {other.name}"
        for one, other in pairs  # type: ignore[attr-defined]
        if compared(one, other).verdict.is_copy
    ]


def test_another_moment_at_the_same_place_is_no_copy(material: Path) -> None:
    frames = sorted((material / "negatives" / "boofcv-scene").glob("*.jpg"))
    pairs = list(zip(frames, frames[1:], strict=False))[::2]

    assert copies_among(pairs) == []
