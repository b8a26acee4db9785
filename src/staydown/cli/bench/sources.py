"""Groups photographs by what was photographed: one picture in several sizes is one source.

Two files are of one source if their PDQ hashes lie within 31 bits in one of the eight turns, or if
they have one name in sibling folders that are named for a size, as collections of portraits keep
them; and whatever hangs together so. Two photographs of one scene are two sources.
"""

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NewType

import numpy as np

from staydown.cli.bench.photographs import Photograph

SourceId = NewType("SourceId", str)
WITHIN_BITS = 31
SIZE_NAME = re.compile(r"^(\d+(x\d+)?|original|source|full|large|medium|small|thumb(nail)?s?)$")
ID_CHARACTERS = 16


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Everything that shows one photograph; the largest file stands for it."""

    id: SourceId
    photographs: tuple[Photograph, ...]

    @property
    def best(self) -> Photograph:
        """The largest, and of equal ones the first by digest."""
        return min(self.photographs, key=lambda one: (-one.size_pixels, one.digest))


def group_by_source(photographs: Sequence[Photograph]) -> list[Source]:
    """The sources, in order of their ids, which follow from the files' digests alone."""
    roots = list(range(len(photographs)))
    for one, other in (*near_pairs(photographs), *same_name_pairs(photographs)):
        roots[root_of(roots, one)] = root_of(roots, other)
    groups: dict[int, list[Photograph]] = {}
    for row, photograph in enumerate(photographs):
        groups.setdefault(root_of(roots, row), []).append(photograph)
    made = [source_of(group) for group in groups.values()]
    return sorted(made, key=lambda source: source.id)


def source_of(group: Sequence[Photograph]) -> Source:
    """The source that these files show."""
    ordered = tuple(sorted(group, key=lambda one: one.digest))
    named = hashlib.sha256(f"source:{ordered[0].digest}".encode()).hexdigest()
    return Source(id=SourceId(named[:ID_CHARACTERS]), photographs=ordered)


def root_of(roots: list[int], row: int) -> int:
    """The row that stands for the group of `row`, shortening the way to it."""
    while roots[row] != row:
        roots[row] = roots[roots[row]]
        row = roots[row]
    return row


def near_pairs(photographs: Sequence[Photograph]) -> Iterator[tuple[int, int]]:
    """Rows of photographs whose hashes are close in one of the turns."""
    hashed = [(row, one.hashes) for row, one in enumerate(photographs) if one.hashes is not None]
    if not hashed:
        return
    rows = [row for row, _ in hashed]
    words = np.stack([bits for _, bits in hashed]).view(np.uint64)  # (n, 8, 4)
    for place, turns in enumerate(words[:, :, :]):
        apart = np.bitwise_count(words[place + 1 :, 0, None, :] ^ turns[None]).sum(axis=2)
        for later in np.flatnonzero((apart <= WITHIN_BITS).any(axis=1)):
            yield rows[place], rows[place + 1 + int(later)]


def same_name_pairs(photographs: Sequence[Photograph]) -> Iterator[tuple[int, int]]:
    """Rows of files with one stem in sibling folders named for a size."""
    first: dict[tuple[str, str], int] = {}
    for row, one in enumerate(photographs):
        folder = one.path.parent
        if SIZE_NAME.match(folder.name):
            yield first.setdefault((str(folder.parent), one.path.stem), row), row
