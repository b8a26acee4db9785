"""Which photographs do pairs of like codes speak for, and how would each lie on the picture?

Every pair says by how much a photograph was turned and resized. Pairs of one photograph that say
the same vote together (Jégou, Douze and Schmid, "Hamming embedding and weak geometric consistency",
ECCV 2008); then one pair at a time predicts where the others should be.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staydown.engine.features import Descriptors, Features, Floats, Points
from staydown.engine.fits import Matrix, fit_similarity

TURNS = 12
SIZES = 10
"""Bins of the vote, for the angle and for two thirds of an octave of size each."""
SMALLEST = -10 / 3
"""The change of size in octaves at the first of them."""
BITS_APART = 14.0
"""A pair that differs by so many bits weighs 1/e of one that does not."""
PAIRS_EACH = 64
MIN_AGREEING = 3
REACH = 0.0075
"""By how much of the picture's longest side a pair may miss another's prediction."""
REACH_WITH_DISTANCE = 0.08
"""And by how much of their distance: a keypoint's angle is good to a few degrees."""

type Rows = npt.NDArray[np.intp]
type Votes = npt.NDArray[np.float64]
"""(photographs, 2, TURNS, SIZES): upright and mirrored."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """The picture that is looked up, 2n features: upright ones first, then the mirrored ones."""

    descriptors: Descriptors
    points: Points
    sizes: Floats
    """In octaves."""
    angles: Floats
    longest: int

    @staticmethod
    def of(features: Features, size: tuple[int, int]) -> "Question":
        """What a picture of (width, height) `size` asks."""
        both = (features, features.mirrored(size[0]))
        return Question(
            descriptors=np.concatenate([one.descriptors for one in both]),
            points=np.concatenate([one.points for one in both]),
            sizes=np.log2(np.maximum(np.concatenate([one.sizes for one in both]), 1)),
            angles=np.concatenate([one.angles for one in both]),
            longest=max(size),
        )

    def __len__(self) -> int:
        return len(self.points)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pairs:
    """Codes of the picture and of the bank that look alike."""

    asked: Rows
    bits: npt.NDArray[np.uint8]
    owners: npt.NDArray[np.int32]
    points: Points
    sizes: Floats
    """In octaves."""
    angles: Floats

    def __len__(self) -> int:
        return len(self.asked)

    def only(self, rows: Rows) -> "Pairs":
        """Some of them."""
        return Pairs(
            asked=self.asked[rows],
            bits=self.bits[rows],
            owners=self.owners[rows],
            points=self.points[rows],
            sizes=self.sizes[rows],
            angles=self.angles[rows],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class RoughFit:
    """How a photograph may lie on the picture, by codes alone.

    `matrix` is (2, 3), known → found in pixels; where `is_mirrored`, it lays the photograph on the
    mirror image of the picture.
    """

    matrix: Matrix
    agreeing: int
    is_mirrored: bool


def join(parts: list[Pairs]) -> Pairs:
    """The pairs of all parts of a bank."""
    return Pairs(
        asked=np.concatenate([one.asked for one in parts]),
        bits=np.concatenate([one.bits for one in parts]),
        owners=np.concatenate([one.owners for one in parts]),
        points=np.concatenate([one.points for one in parts]),
        sizes=np.concatenate([one.sizes for one in parts]),
        angles=np.concatenate([one.angles for one in parts]),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What the pairs say, before it is counted."""

    asked: Question
    pairs: Pairs
    is_mirrored: npt.NDArray[np.bool_]
    """(n,)"""
    turns: Floats
    """(n,): 0 to TURNS, in bins and parts of bins; it goes round."""
    sizes: Floats
    """(n,): 0 to SIZES - 1, in bins and parts of bins."""

    @staticmethod
    def of(pairs: Pairs, asked: Question) -> "Poll":
        """The change of angle and of size that each pair speaks for."""
        turns = (asked.angles[pairs.asked] - pairs.angles) % (2 * np.pi) * (TURNS / (2 * np.pi))
        grows = asked.sizes[pairs.asked] - pairs.sizes
        return Poll(
            asked=asked,
            pairs=pairs,
            is_mirrored=2 * pairs.asked >= len(asked),
            turns=np.asarray(turns % TURNS),
            sizes=np.clip((grows - SMALLEST) * 1.5, 0, SIZES - 1.001),
        )


def cast_votes(poll: Poll, photographs: int) -> Votes:
    """The sum of what the pairs weigh, by photograph, mirroring, turn and size; each votes for the
    bins on both sides of it.

    What looks like much weighs less: a code of a fence is like all others of fences.
    """
    pairs = poll.pairs
    often = np.bincount(pairs.asked, minlength=len(poll.asked))
    weights = np.exp(-((pairs.bits / BITS_APART) ** 2)) / np.sqrt(often[pairs.asked])
    lower_turn, lower_size = poll.turns.astype(np.int64), poll.sizes.astype(np.int64)
    base = pairs.owners.astype(np.int64) * 2 + poll.is_mirrored
    votes = np.zeros(photographs * 2 * TURNS * SIZES)
    for turn in (lower_turn, (lower_turn + 1) % TURNS):
        for size in (lower_size, lower_size + 1):
            votes += np.bincount((base * TURNS + turn) * SIZES + size, weights, len(votes))
    return votes.reshape(photographs, 2, TURNS, SIZES)


def group_by_owner(pairs: Pairs) -> Callable[[int], Rows]:
    """The rows of one photograph's pairs, for each."""
    order = np.argsort(pairs.owners, kind="stable")
    owners = pairs.owners[order]

    def rows_of(number: int) -> Rows:
        first, last = np.searchsorted(owners, np.array([number, number + 1], owners.dtype))
        return order[first:last]

    return rows_of


def lay_by_codes(poll: Poll, rows: Rows, votes: Votes) -> RoughFit | None:
    """The similarity that most of one photograph's pairs, in `rows`, agree on, among those that
    voted for its best bin; None if hardly any do.
    """
    side, turn, size = np.unravel_index(int(votes.argmax()), votes.shape)
    apart = np.abs((poll.turns[rows] - turn + TURNS / 2) % TURNS - TURNS / 2)
    agrees = (apart <= 1) & (np.abs(poll.sizes[rows] - size) <= 1)
    rows = rows[agrees & (poll.is_mirrored[rows] == bool(side))]
    if len(rows) < MIN_AGREEING:
        return None
    asked = poll.asked
    pairs = poll.pairs.only(rows[np.argsort(poll.pairs.bits[rows], kind="stable")[:PAIRS_EACH]])
    agrees = predict_each_other(pairs, asked)
    counts = np.minimum(
        count_distinct(agrees, pairs.points[:, 0] * 10_000 + pairs.points[:, 1]),
        count_distinct(agrees, pairs.asked),
    )
    best = int(counts.argmax())
    if counts[best] < MIN_AGREEING:
        return None
    here = pairs.points[agrees[best]].astype(float)
    there = asked.points[pairs.asked[agrees[best]]].astype(float)
    matrix = fit_similarity(here, there)
    return RoughFit(matrix=matrix, agreeing=int(counts[best]), is_mirrored=bool(side))


def predict_each_other(pairs: Pairs, asked: Question) -> npt.NDArray[np.bool_]:
    """(n, n): whether a pair, taken for the whole truth, puts another one about where it is."""
    grows = np.exp2(asked.sizes[pairs.asked] - pairs.sizes)
    turns = asked.angles[pairs.asked] - pairs.angles
    here = pairs.points[:, 0] + 1j * pairs.points[:, 1]
    found = asked.points[pairs.asked]
    there = found[:, 0] + 1j * found[:, 1]
    factor = grows * np.exp(1j * turns)
    away = factor[:, None] * (here[None, :] - here[:, None])
    misses = np.abs(there[:, None] + away - there[None, :])
    return np.asarray(misses < REACH * asked.longest + REACH_WITH_DISTANCE * np.abs(away))


def count_distinct(agrees: npt.NDArray[np.bool_], names: npt.NDArray[np.generic]) -> Rows:
    """How many different names each row marks: many pairs of one keypoint are one proof."""
    order = np.argsort(names, kind="stable")
    sorted_names = names[order]
    starts = np.flatnonzero(np.append(True, sorted_names[1:] != sorted_names[:-1]))
    return np.asarray(np.logical_or.reduceat(agrees[:, order], starts, axis=1).sum(axis=1))
