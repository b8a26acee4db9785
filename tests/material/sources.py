"""The third-party pictures, grouped by source: the same portrait lies there in several sizes."""

import csv
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from staydown.engine.comparison import compare
from staydown.engine.pictures import Picture, open_picture
from staydown.engine.subjects import Known, know, look_at
from staydown.engine.verdict import Comparison
from staydown.errors import BadPicture

ENDINGS = {".jpg", ".jpeg", ".png", ".webp"}
MISLABELLED = {"copyleft.tiff", "giphy.gif", "Iggy.1024.ppm", "baboon.pgm", "marbles.pbm"}
"""Rows of PAIRS.tsv whose two files show different pictures altogether: samples of formats, no
copies.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A row of PAIRS.tsv or TRIPLES.tsv."""

    original: Path
    found: Path
    what: str
    mask: Path | None = None

    @property
    def is_mislabelled(self) -> bool:
        """Whether the two are different pictures."""
        return self.found.name in MISLABELLED

    def __str__(self) -> str:
        return self.found.name


def read_pairs(material: Path) -> list[Pair]:
    """The copies whose truth is known."""
    with (material / "copies" / "PAIRS.tsv").open(newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return [
        Pair(
            original=material / row["original"],
            found=material / row["derivative"],
            what=row["change"],
        )
        for row in rows
    ]


def read_forgeries(material: Path, folder: str) -> list[Pair]:
    """The altered pictures of one folder, with their masks."""
    with (material / "forgery" / "TRIPLES.tsv").open(newline="") as file:
        rows = [
            row for row in csv.DictReader(file, delimiter="\t") if f"/{folder}/" in row["original"]
        ]
    return [
        Pair(
            original=material / row["original"],
            found=material / row["tampered"],
            what=row["kind"],
            mask=material / row["mask"],
        )
        for row in rows
    ]


@cache
def picture(path: Path) -> Picture:
    """Raises BadPicture."""
    return open_picture(path.read_bytes())


@cache
def registered(path: Path) -> Known:
    """Raises BadPicture."""
    return know(picture(path))


def compared(original: Path, found: Path) -> Comparison:
    """Raises BadPicture."""
    return compare(registered(original), look_at(picture(found)))


def source_of(path: Path) -> str:
    """What a file shows, whatever its size: portraits lie in folders by size."""
    return (
        f"{path.parent.parent.name}/{path.stem}"
        if "people" in path.parts
        else f"{path.parent.name}/{path.stem}"
    )


def strangers(material: Path, count: int, seed: int) -> Iterator[tuple[Path, Path]]:
    """`count` seeded pairs of files of different sources; every second one of two portraits, often
    before the same flag.
    """
    every = sorted(
        one
        for kind in ("photos", "people")
        for one in (material / kind).rglob("*")
        if one.suffix in ENDINGS
    )
    portraits = [one for one in every if "us-house" in one.parts or "us-senate" in one.parts]
    chance = np.random.default_rng(seed)
    made = 0
    while made < count:
        pool = portraits if made % 2 else every
        one, other = (pool[int(index)] for index in chance.choice(len(pool), 2, replace=False))
        if source_of(one) != source_of(other) and can_open(one) and can_open(other):
            made += 1
            yield one, other


def can_open(path: Path) -> bool:
    """Whether the file holds a picture that we open."""
    try:
        picture(path)
    except BadPicture:
        return False
    return True


def same_place_pairs(material: Path) -> list[tuple[Path, Path]]:
    """Each frame of the scene series with the three that follow it."""
    frames = sorted((material / "negatives" / "boofcv-scene").glob("*.jpg"))
    return [(one, other) for i, one in enumerate(frames) for other in frames[i + 1 : i + 4]]


def for_reporting(material: Path, count: int, seed: int) -> list[Path]:
    """A seeded choice of photographs on which no threshold was chosen (calibration.toml)."""
    photos = sorted(one for one in (material / "photos").rglob("*") if one.suffix in ENDINGS)
    unseen = [one for one in photos if zlib.crc32(one.name.encode()) % 2 and can_open(one)]
    order = np.random.default_rng(seed).permutation(len(unseen))
    return [unseen[int(index)] for index in order[:count]]
