"""The negatives of a benchmark: pairs of different photographs, the harder the better.

`unrelated` is every pair of a query and a registered photograph of which nothing else is known.
`same_place` are photographs before one wall or flag, found among those given by `resembling`; and
frames of a series that are two or three apart. `same_session` are neighbouring frames of a series.
Pairs that turn out to be one photograph after all are no negatives, and are left out everywhere.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

import numpy as np

from staydown.cli.bench.looking import Said
from staydown.cli.bench.ours import keep, look_up, open_shelf
from staydown.cli.bench.photographs import Photograph
from staydown.cli.bench.resembling import Sketch, likeness_of, sketch
from staydown.engine.pictures import open_picture

HARDEST = 240
FRAME_NUMBER = re.compile(r"^(.*?)(\d+)$")
MAX_FRAMES_APART = 3


class Kind(StrEnum):
    """How near to each other two different photographs are, the nearest last."""

    UNRELATED = "unrelated"
    SAME_PLACE = "same_place"
    SAME_SESSION = "same_session"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alike:
    """Two photographs, by their rows, that lie on each other somehow."""

    one: int
    other: int
    inliers: int
    is_same_photograph: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HardPair:
    """Two different photographs to be compared: the first registered, the second found."""

    kind: Kind
    registered: Photograph
    found: Photograph
    inliers: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HardOutcome:
    """What was said of the two; None if nothing was."""

    pair: HardPair
    said: Said | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sketches:
    """The folder in which sketches lie, and how many."""

    folder: Path
    count: int

    def place(self, row: int) -> Path:
        """Where the sketch of that row lies."""
        return self.folder / f"sketch-{row:06}.npz"


def draw_sketch(sketches: Sketches, task: tuple[int, Path]) -> None:
    """Sketch the photograph in that file as that row. Raises BadPicture."""
    row, path = task
    made = sketch(open_picture(path.read_bytes()).pixels)
    np.savez(sketches.place(row), grey=made.grey, points=made.points, rows=made.rows)


@lru_cache(maxsize=1)
def read_sketches(sketches: Sketches) -> tuple[Sketch, ...]:
    """All of them, opened once in each process."""
    found = []
    for row in range(sketches.count):
        with np.load(sketches.place(row)) as arrays:
            found.append(Sketch(grey=arrays["grey"], points=arrays["points"], rows=arrays["rows"]))
    return tuple(found)


def compare_row(sketches: Sketches, row: int) -> list[Alike]:
    """Every later photograph that looks like the one of that row."""
    every = read_sketches(sketches)
    return [
        Alike(
            one=row,
            other=other,
            inliers=likeness.inliers,
            is_same_photograph=likeness.is_same_photograph,
        )
        for other in range(row + 1, len(every))
        if (likeness := likeness_of(every[row], every[other])) is not None
    ]


def hardest_pairs(alike: Sequence[Alike], photographs: Sequence[Photograph]) -> list[HardPair]:
    """The pairs with most inliers, as `same_place`, each both ways round."""
    ordered = sorted(
        (one for one in alike if not one.is_same_photograph),
        key=lambda one: (-one.inliers, photographs[one.one].digest, photographs[one.other].digest),
    )
    return [
        HardPair(
            kind=Kind.SAME_PLACE,
            registered=photographs[first],
            found=photographs[second],
            inliers=pair.inliers,
        )
        for pair in ordered[:HARDEST]
        for first, second in ((pair.one, pair.other), (pair.other, pair.one))
    ]


def frame_pairs(frames: Sequence[Photograph]) -> Iterator[HardPair]:
    """Numbered files of one folder with one name, up to three apart, if they look alike at all and
    are not one photograph.
    """
    sketches = {one.path: sketch(open_picture(one.path.read_bytes()).pixels) for one in frames}
    for one, other, apart in numbered_pairs(frames):
        likeness = likeness_of(sketches[one.path], sketches[other.path])
        if likeness is None or likeness.is_same_photograph:
            continue
        kind = Kind.SAME_SESSION if apart == 1 else Kind.SAME_PLACE
        for first, second in ((one, other), (other, one)):
            yield HardPair(kind=kind, registered=first, found=second, inliers=likeness.inliers)


def numbered_pairs(frames: Sequence[Photograph]) -> Iterator[tuple[Photograph, Photograph, int]]:
    """Pairs of frames of one series, and how many numbers they are apart."""
    series: dict[tuple[Path, str], list[tuple[int, Photograph]]] = {}
    for frame in frames:
        if found := FRAME_NUMBER.match(frame.path.stem):
            place = (frame.path.parent, found[1])
            series.setdefault(place, []).append((int(found[2]), frame))
    for numbered in series.values():
        numbered.sort(key=lambda one: one[0])
        for row, (number, frame) in enumerate(numbered):
            for later, other in numbered[row + 1 :]:
                if later - number <= MAX_FRAMES_APART:
                    yield frame, other, later - number


def compare_hard(pair: HardPair) -> HardOutcome:
    """The engine's answer with nothing else registered, so that no index can spare it the pair.
    Raises BadPicture.
    """
    shelf = open_shelf([keep_file(pair.registered.path)])
    answers = look_up(shelf, pair.found.path.read_bytes()).candidates
    said = [Said(entry=0, score=one.score, verdict=one.verdict) for one in answers]
    return HardOutcome(pair=pair, said=said[0] if said else None)


@lru_cache(maxsize=256)
def keep_file(path: Path) -> bytes:
    """What is kept of the photograph in that file: it meets several others. Raises BadPicture."""
    return keep(path.read_bytes())
