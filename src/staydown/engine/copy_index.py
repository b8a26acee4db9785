"""An inverted index of local codes: which registered photographs may a picture be made from?

Codes lie sorted by their cell. A look-up reads the cells nearest to each of its own codes, upright
and mirrored, keeps what is near by Hamming distance, lets each pair vote for a change of size and
angle, and lays the best on the picture by geometry on codes alone. What comes out is a short list
with a rough fit each, no verdict.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from staydown.engine.codes import CELLS, Codes, coder
from staydown.engine.features import Features
from staydown.engine.segments import MOST_PHOTOGRAPHS, Segment, merge_small, segment_of
from staydown.engine.votes import (
    Pairs,
    Poll,
    Question,
    RoughFit,
    cast_votes,
    group_by_owner,
    join,
    lay_by_codes,
)

READ_AT_MOST = 400_000
"""Codes compared in one look-up, roughly: the number of cells read follows from it."""
CELLS_READ = (2, 12)
"""Fewest and most cells that are read for one code."""
ASKED = 900
"""How many features of a picture are looked up, each also mirrored."""
GEOMETRY_FOR = 80
"""How many of those with the best votes are laid on the picture."""


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
        for part in in_parts(numbered, MOST_PHOTOGRAPHS):
            self._segments = merge_small((*self._segments, segment_of(part)))

    def drop(self, key: str) -> None:
        """Forget a photograph, and wipe its codes. Nothing happens if it is not there."""
        number = self._numbers.pop(key, None)
        if number is None:
            return
        self._keys[number] = ""
        for segment in self._segments:
            segment.wipe(number)

    def shortlist(self, features: Features, size: tuple[int, int]) -> tuple[Candidate, ...]:
        """The photographs that a picture of (width, height) `size` may be made from, best first."""
        if not len(features) or not self._numbers:
            return ()
        asked = Question.of(features.only(np.arange(min(ASKED, len(features)))), size)
        poll = Poll.of(read(self._segments, asked), asked)
        count = len(self._keys)  # asked after the segments: none of them knows a higher number
        votes = cast_votes(poll, count)
        best = votes.reshape(count, -1).max(axis=1)
        order = np.argsort(-best, kind="stable")[:GEOMETRY_FOR]
        groups = group_by_owner(poll.pairs)
        found = []
        for number in order[best[order] > 0].tolist():
            laid = lay_by_codes(poll, groups(number), votes[number])
            if laid is not None and (key := self._keys[number]):
                found.append(Candidate(key=key, rough=laid))
        return tuple(sorted(found, key=lambda one: -one.agreeing))


def read(segments: tuple[Segment, ...], asked: Question) -> Pairs:
    """What looks like the picture's codes."""
    words, placed = coder().embed(asked.descriptors)
    total = sum(len(one) for one in segments)
    count = round(READ_AT_MOST * CELLS / max(1, total * len(words)))
    cells = coder().nearest_cells(placed, min(max(count, CELLS_READ[0]), CELLS_READ[1]))
    return join([one.read(words, cells) for one in segments])


def in_parts(
    numbered: Sequence[tuple[int, Codes]], most: int
) -> Iterator[Sequence[tuple[int, Codes]]]:
    """At most so many at a time."""
    for first in range(0, len(numbered), most):
        yield numbered[first : first + most]
