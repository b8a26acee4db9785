"""An inverted index of local codes: which registered photographs may a picture be made from?

Codes lie sorted by their cell. A look-up reads the cells nearest to each of its own codes, upright
and mirrored, keeps what is near by Hamming distance, lets each pair vote for a change of size and
angle, and lays the best on the picture by geometry on codes alone. What comes out is a short list
with a rough fit each, no verdict.

Segments are never changed but to wipe what was dropped: adding makes a small one, and small ones
are merged as they gather (O'Neil et al., "The log-structured merge-tree", 1996).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from staydown.engine.codes import CELLS, Cells, Codes, Words, coder
from staydown.engine.features import Features
from staydown.engine.votes import (
    Pairs,
    Question,
    RoughFit,
    cast_votes,
    group_by_owner,
    join,
    lay_by_codes,
)

MAX_BITS = 26
"""Codes further apart than this are not the same patch: 85 in 100 true pairs are nearer."""
READ_AT_MOST = 400_000
"""Codes compared in one look-up, roughly: the number of cells read follows from it."""
CELLS_READ = (2, 8)
"""Fewest and most cells that are read for one code."""
ASKED = 900
"""How many features of a picture are looked up, each also mirrored."""
GEOMETRY_FOR = 60
"""How many of those with the best votes are laid on the picture."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Codes of some photographs, sorted by cell: 26 bytes each. See Codes for the units."""

    words: Words
    owners: npt.NDArray[np.int32]
    """(n,): the number of the photograph; -1 once it was dropped."""
    places: npt.NDArray[np.uint16]
    """(n, 2): x and y in eighths of a pixel."""
    shapes: npt.NDArray[np.uint8]
    """(n, 2): the size in sixteenths of an octave, the angle in 256ths of a turn."""
    starts: npt.NDArray[np.uint32]
    """(CELLS + 1,): where each cell's codes begin."""

    def __len__(self) -> int:
        return len(self.words)

    @property
    def bytes_used(self) -> int:
        """Memory of the codes themselves."""
        return sum(one.nbytes for one in (self.words, self.owners, self.places, self.shapes))


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A photograph that the picture may be made from, and how it may lie on it."""

    key: str
    rough: RoughFit

    @property
    def agreeing(self) -> int:
        """Pairs of codes that agree on one fit."""
        return self.rough.agreeing


@dataclass(slots=True, kw_only=True)
class CopyIndex:
    """The codes of a bank. Look-ups may run while one thread adds and drops."""

    _segments: tuple[Segment, ...] = ()
    _numbers: dict[str, int] = field(default_factory=dict)
    _keys: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def keys(self) -> frozenset[str]:
        """What is in it."""
        return frozenset(self._numbers)

    @property
    def bytes_used(self) -> int:
        """Memory of all codes, without the tables of cells, whose size does not grow."""
        return sum(one.bytes_used for one in self._segments)

    def add(self, photographs: Mapping[str, Codes]) -> None:
        """Make `photographs` findable. Raises ValueError for a key that is there already."""
        if taken := self._numbers.keys() & photographs.keys():
            raise ValueError(f"in the index already: {sorted(taken)}")
        numbered = []
        for key, codes in photographs.items():
            self._numbers[key] = len(self._keys)
            self._keys.append(key)
            numbered.append((self._numbers[key], codes))
        if numbered:
            self._segments = merge_small((*self._segments, segment_of(numbered)))

    def drop(self, key: str) -> None:
        """Forget a photograph, and wipe its codes. Nothing happens if it is not there."""
        number = self._numbers.pop(key, None)
        if number is None:
            return
        self._keys[number] = ""
        for segment in self._segments:
            rows = segment.owners == number
            segment.words[rows] = 0
            segment.places[rows] = 0
            segment.shapes[rows] = 0
            segment.owners[rows] = -1

    def shortlist(self, features: Features, size: tuple[int, int]) -> tuple[Candidate, ...]:
        """The photographs that a picture of (width, height) `size` may be made from, best first."""
        if not len(features) or not self._numbers:
            return ()
        asked = Question.of(features.only(np.arange(min(ASKED, len(features)))), size)
        pairs = read(self._segments, asked)
        count = len(self._keys)  # asked after the segments: none of them knows a higher number
        votes = cast_votes(pairs, asked, count)
        best = votes.reshape(count, -1).max(axis=1)
        order = np.argsort(-best, kind="stable")[:GEOMETRY_FOR]
        groups = group_by_owner(pairs)
        found = []
        for number in order[best[order] > 0].tolist():
            laid = lay_by_codes(pairs.only(groups(number)), asked, votes[number])
            if laid is not None and (key := self._keys[number]):
                found.append(Candidate(key=key, rough=laid))
        return tuple(sorted(found, key=lambda one: -one.agreeing))


def segment_of(numbered: Iterable[tuple[int, Codes]]) -> Segment:
    """The codes of some photographs, sorted."""
    pairs = list(numbered)
    cells = np.concatenate([codes.cells for _, codes in pairs])
    owners = np.concatenate([np.full(len(codes), number, np.int32) for number, codes in pairs])
    order = np.argsort(cells, kind="stable")
    return Segment(
        words=np.concatenate([codes.words for _, codes in pairs])[order],
        owners=owners[order],
        places=np.concatenate([codes.places for _, codes in pairs])[order],
        shapes=np.concatenate([codes.shapes for _, codes in pairs])[order],
        starts=starts_of(cells[order]),
    )


def starts_of(cells: Cells) -> npt.NDArray[np.uint32]:
    """Where each cell begins among sorted `cells`."""
    return np.searchsorted(cells, np.arange(CELLS + 1)).astype(np.uint32)


def merge_small(segments: tuple[Segment, ...]) -> tuple[Segment, ...]:
    """Merge the last segments while they are no smaller than a half of the one before."""
    while len(segments) > 1 and 2 * len(segments[-1]) >= len(segments[-2]):
        segments = (*segments[:-2], merge(segments[-2], segments[-1]))
    return segments


def merge(left: Segment, right: Segment) -> Segment:
    """One segment of two, without what was dropped."""
    both = (left, right)
    cells = np.concatenate([np.repeat(np.arange(CELLS), np.diff(one.starts)) for one in both])
    owners = np.concatenate([one.owners for one in both])
    order = np.argsort(cells, kind="stable")
    order = order[owners[order] >= 0]
    return Segment(
        words=np.concatenate([one.words for one in both])[order],
        owners=owners[order],
        places=np.concatenate([one.places for one in both])[order],
        shapes=np.concatenate([one.shapes for one in both])[order],
        starts=starts_of(cells[order]),
    )


def read(segments: tuple[Segment, ...], asked: Question) -> Pairs:
    """What looks like the picture's codes."""
    words, placed = coder().embed(asked.descriptors)
    total = sum(len(one) for one in segments)
    count = round(READ_AT_MOST * CELLS / max(1, total * len(words)))
    cells = coder().nearest_cells(placed, min(max(count, CELLS_READ[0]), CELLS_READ[1]))
    return join([read_segment(one, words, cells) for one in segments])


def read_segment(segment: Segment, words: Words, cells: Cells) -> Pairs:
    """Every code in those cells that is near the one that asks."""
    first = segment.starts[cells].astype(np.int64)
    lengths = segment.starts[cells + 1] - first
    flat = lengths.ravel()
    ends = np.cumsum(flat)
    total = int(ends[-1]) if len(ends) else 0
    rows = np.repeat(first.ravel() - (ends - flat), flat) + np.arange(total)
    asked = np.repeat(np.arange(len(words)), lengths.sum(axis=1))
    bits = np.bitwise_count(segment.words[rows] ^ words[asked]).sum(axis=1, dtype=np.uint8)
    near = np.flatnonzero((bits <= MAX_BITS) & (segment.owners[rows] >= 0))
    rows = rows[near]
    return Pairs(
        asked=asked[near],
        bits=bits[near],
        owners=segment.owners[rows],
        points=segment.places[rows].astype(np.float32) / np.float32(8),
        sizes=segment.shapes[rows, 0].astype(np.float32) / np.float32(16),
        angles=segment.shapes[rows, 1].astype(np.float32) * np.float32(np.pi / 128),
    )
