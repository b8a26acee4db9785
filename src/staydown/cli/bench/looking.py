"""Looks up one picture after the other, in whichever process: makes the edit, asks the engine, and
notes what came of it.

What is kept of an answer are figures. Pixels and maps stay in the process that made them; only the
files that peers are to see are written.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from staydown.bank.shelf import Shelf
from staydown.cli.bench.catalogue import CATALOGUE, Made, make
from staydown.cli.bench.edited import resample
from staydown.cli.bench.mapping import MapFigures, figures_of
from staydown.cli.bench.ours import (
    Candidate,
    EntrySize,
    Spent,
    keep,
    look_up,
    open_shelf,
    size_of,
    time_quick,
)
from staydown.cli.bench.photographs import Photograph
from staydown.cli.bench.planning import Query
from staydown.engine.pictures import Pixels, encode_jpeg, open_picture
from staydown.engine.verdict import Verdict

MAX_SIDE = 1024
"""Larger photographs are shrunk before they are edited, as platforms do it."""
LARGE_PIXELS = 1_000_000
TOLD = 10
"""How many of the best other candidates are noted, besides those that were called copies."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """The folder in which the processes of one run leave things for each other."""

    folder: Path
    seed: int
    entries: int
    keeps_uploads: bool = False

    def entry(self, number: int) -> Path:
        """Where what is kept of a registered photograph lies."""
        return self.folder / f"entry-{number:06}.kept"

    def upload(self, number: int) -> Path:
        """Where the file of a query lies, for peers."""
        return self.folder / f"upload-{number:06}.jpg"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said about one entry."""

    entry: int
    score: float
    verdict: Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of one query. `own` is about the photograph that it was made of; `verdict` is what
    was said of that, `none` or `cannot_tell` if nothing else.
    """

    query: Query
    verdict: Verdict
    own: Said | None
    others: tuple[Said, ...]
    spent: tuple[Spent, ...]
    size_pixels: int
    map: MapFigures | None


def register(ground: Ground, task: tuple[int, Path]) -> EntrySize:
    """Keep the photograph in that file under that number. Raises BadPicture."""
    number, path = task
    kept = keep(path.read_bytes())
    ground.entry(number).write_bytes(kept)
    return size_of(kept)


@lru_cache(maxsize=1)
def shelf_of(ground: Ground) -> Shelf:
    """The registered photographs, opened once in each process."""
    return open_shelf([ground.entry(number).read_bytes() for number in range(ground.entries)])


@lru_cache(maxsize=2)
def photograph_pixels(path: Path) -> Pixels:
    """The photograph, shrunk to MAX_SIDE. Raises BadPicture."""
    pixels = open_picture(path.read_bytes()).pixels
    factor = MAX_SIDE / max(pixels.shape[:2])
    if factor >= 1:
        return pixels
    return resample(pixels, (round(pixels.shape[1] * factor), round(pixels.shape[0] * factor)))


def make_upload(photograph: Photograph, query: Query, seed: int) -> Made:
    """The picture that is looked up. Raises BadPicture."""
    pixels = photograph_pixels(photograph.path)
    return make(CATALOGUE[query.edit], pixels, photograph.digest, seed)


def look(ground: Ground, query: Query) -> Outcome:
    """Make the picture and look it up. Raises BadPicture."""
    shelf = shelf_of(ground)
    made = make_upload(query.photograph, query, ground.seed)
    if ground.keeps_uploads:
        ground.upload(query.number).write_bytes(made.data)
    answer = look_up(shelf, made.data)
    own = next((one for one in answer.candidates if one.entry == query.entry), None)
    width, height = made.edited.size
    return Outcome(
        query=query,
        verdict=verdict_of(own, answer.candidates),
        own=None if own is None else said_of(own),
        others=strongest(answer.candidates, query.entry),
        spent=answer.spent,
        size_pixels=width * height,
        map=None if own is None or own.areas is None else figures_of(own.areas, made.edited),
    )


def look_large(ground: Ground, photograph: Photograph) -> tuple[tuple[Spent, ...], float]:
    """What a picture of one megapixel takes: the stages of depth `full`, and milliseconds of
    `quick`. Raises BadPicture.
    """
    shelf = shelf_of(ground)
    data = encode_jpeg(resample(*scaled_to(photograph_pixels(photograph.path), LARGE_PIXELS)), 85)
    return look_up(shelf, data).spent, time_quick(shelf, data)


def scaled_to(pixels: Pixels, count: int) -> tuple[Pixels, tuple[int, int]]:
    """The picture, and the (width, height) at which it has so many pixels."""
    height, width = pixels.shape[:2]
    factor = (count / (width * height)) ** 0.5
    return pixels, (max(1, round(width * factor)), max(1, round(height * factor)))


def verdict_of(own: Candidate | None, candidates: Sequence[Candidate]) -> Verdict:
    """What was said of the photograph that the query was made of."""
    if any(one.verdict is Verdict.CANNOT_TELL for one in candidates):
        return Verdict.CANNOT_TELL
    return Verdict.NONE if own is None else own.verdict


def strongest(candidates: Sequence[Candidate], own: int | None) -> tuple[Said, ...]:
    """Of all other entries those called copies, and the highest scores."""
    others = [said_of(one) for one in candidates if one.entry != own and is_telling(one)]
    others.sort(key=lambda one: (-one.score, one.entry))
    return tuple(one for place, one in enumerate(others) if place < TOLD or one.verdict.is_copy)


def is_telling(candidate: Candidate) -> bool:
    """Whether anything is said about that entry in particular."""
    return candidate.verdict is not Verdict.CANNOT_TELL


def said_of(candidate: Candidate) -> Said:
    """A candidate without its map."""
    return Said(entry=candidate.entry, score=candidate.score, verdict=candidate.verdict)
