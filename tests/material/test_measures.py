"""`make measure`: the figures of docs/accuracy.md, printed. Assertions hold what the issues ask
for.
"""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from staydown.cli.story.doctoring import (
    crop,
    lay_texture,
    mirror,
    page_around,
    resize,
    turn,
    warm,
    watermark,
)
from staydown.engine.comparison import compare
from staydown.engine.covering import safe_to_show
from staydown.engine.pictures import Pixels, encode_jpeg, open_picture
from staydown.engine.subjects import know, look_at
from staydown.engine.verdict import AREA_VALUES, Area, Verdict
from staydown.errors import BadPicture
from tests.material.sources import (
    compared,
    for_reporting,
    picture,
    read_forgeries,
    read_pairs,
    registered,
    same_place_pairs,
    strangers,
)

pytestmark = [pytest.mark.material, pytest.mark.measure]
PAIRS, SEED, DOCTORED = 500, 21, 30
FOLDERS = ("imd2020", "casia1", "comofod")


def test_copies(material: Path) -> None:
    """Every row of PAIRS.tsv, less those that pair different pictures."""
    said: Counter[str] = Counter()
    for pair in read_pairs(material):
        if pair.is_mislabelled:
            continue
        verdict = compared(pair.original, pair.found).verdict
        said[verdict] += 1
        if verdict not in (Verdict.IDENTICAL, Verdict.NEAR_COPY):
            print(f"  {verdict:14} {pair.original.name} ~ {pair.found.name}: {pair.what}")
    print(f"copies: {dict(said)}")
    assert said[Verdict.NONE] == 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_forgeries(material: Path, folder: str) -> None:
    """Verdict, overlap of the map with the mask where pixels really changed, and how much of that a
    reviewer is shown.
    """
    said: Counter[str] = Counter()
    overlaps, shown, kept = [], [], []
    for pair in read_forgeries(material, folder):
        comparison = compared(pair.original, pair.found)
        said[comparison.verdict] += 1
        if comparison.areas is None or pair.mask is None:
            continue
        altered = comparison.areas == AREA_VALUES[Area.ALTERED]
        mask = mask_at(pair.mask, altered.shape)
        changed = really_changed(pair.original, pair.found)
        wanted = mask if changed is None else mask & changed
        union = max(1, int((altered | wanted).sum()))
        overlaps.append(float((altered & wanted).sum() / union))
        safe = safe_to_show(comparison.areas)
        shown.append(float((safe & wanted).sum() / max(1, int(wanted.sum()))))
        kept.append(float((safe & ~wanted).sum() / max(1, int((~wanted).sum()))))
    median = f"{np.median(overlaps):.2f}" if overlaps else "–"
    print(f"{folder}: {dict(said)}; median overlap (IoU) {median} over {len(overlaps)} maps")
    print(
        f"  a reviewer is shown {np.mean(shown):.2%} of what was altered, {np.mean(kept):.0%} else"
    )
    assert sum(said.values()) > 0


def mask_at(path: Path, shape: tuple[int, ...]) -> "np.ndarray":
    """The mask at the size of a map; white is altered."""
    mask = picture(path).pixels[..., 0] > 127
    rows = (np.arange(shape[0]) * mask.shape[0] // shape[0])[:, None]
    columns = np.arange(shape[1]) * mask.shape[1] // shape[1]
    return np.asarray(mask[rows, columns])


def really_changed(original: Path, found: Path) -> "np.ndarray | None":
    """Where pixels differ by more than 15 levels; None if the two have different sizes."""
    one, other = (picture(path).pixels.astype(np.int64) for path in (original, found))
    return None if one.shape != other.shape else (np.abs(one - other) > 15).any(axis=2)


def test_strangers(material: Path) -> None:
    """Different photographs, half of them pairs of official portraits."""
    said = Counter(compared(one, other).verdict for one, other in strangers(material, PAIRS, SEED))
    print(f"{PAIRS} pairs of different photographs: {dict(said)}")
    assert not any(verdict.is_copy for verdict in said)


def test_same_place(material: Path) -> None:
    """Frames of a moving camera: each with the next three."""
    said: Counter[str] = Counter()
    for one, other in same_place_pairs(material):
        try:
            said[compared(one, other).verdict] += 1
        except BadPicture:
            continue
    print(f"same place, another moment: {dict(said)}")
    assert not any(Verdict(verdict).is_copy for verdict in said)


HIDINGS: dict[str, Callable[[Pixels], Pixels]] = {
    "as it is": lambda p: p,
    "mirrored, cropped, warmer, watermark": lambda p: watermark(
        warm(crop(mirror(p), keep=0.88)), "site.example"
    ),
    "turned 2 degrees, 0.7 as large": lambda p: resize(turn(p, 2), 0.7),
    "in a page": page_around,
}


@pytest.mark.parametrize("share", [0.3, 0.5, 0.7])
@pytest.mark.parametrize("hiding", HIDINGS)
def test_doctored(material: Path, share: float, hiding: str) -> None:
    """Another photo's texture over a share of photographs that no threshold was chosen on."""
    photos = [picture(path) for path in for_reporting(material, DOCTORED, SEED)]
    said: Counter[str] = Counter()
    for number, photo in enumerate(photos):
        texture = photos[number - 1].pixels
        doctored = HIDINGS[hiding](lay_texture(photo.pixels, texture, share=share, seed=number))
        found = open_picture(encode_jpeg(doctored, 65))
        said[compare(know(photo), look_at(found)).verdict] += 1
    print(f"{share:.0%} replaced, {hiding}: {dict(said)}")
    assert sum(said.values()) == DOCTORED


@pytest.mark.parametrize("hiding", HIDINGS)
def test_undoctored(material: Path, hiding: str) -> None:
    """The same without any alteration: what is `derived` here would be held for nothing."""
    said: Counter[str] = Counter()
    for path in for_reporting(material, DOCTORED, SEED):
        found = open_picture(encode_jpeg(HIDINGS[hiding](picture(path).pixels), 65))
        said[compare(registered(path), look_at(found)).verdict] += 1
    print(f"nothing replaced, {hiding}: {dict(said)}")
    assert sum(said.values()) == DOCTORED
