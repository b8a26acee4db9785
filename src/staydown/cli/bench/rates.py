"""Rates with what they are worth: intervals, thresholds, and what a number of pairs can show.

Pictures of one source are not independent, so intervals come from resampling sources, not pictures
(cluster bootstrap; Field and Welsh 2007). Where that shows no spread (none or all), the exact
binomial bound over sources stands in (Clopper and Pearson 1934; for none of n it is the rule of
three, about 3/n).
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import beta

CONFIDENCE = 0.95
ROUNDS = 1000
TAIL_SHARE = 0.1
"""Of the scores of strangers, those that are their tail (DuMouchel, Annals of Statistics 1983)."""
TAIL = 200
MIN_TAIL = 30
"""At most and at least so many."""
MOST_SHAPE = 0.5
NEARLY_EXPONENTIAL = 1e-6

type Scores = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One thing that was tried: of which source, and whether it came out."""

    source: str
    is_hit: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`hits` of `trials`, from so many sources; `low` and `high` bound it with 95 % confidence."""

    hits: int
    trials: int
    sources: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """0 to 1; 0 if nothing was tried."""
        return self.hits / self.trials if self.trials else 0.0


def rate_of(trials: Iterable[Trial], seed: int) -> Rate:
    """The rate of hits, its interval by resampling sources."""
    counts: dict[str, list[int]] = {}
    for trial in trials:
        count = counts.setdefault(trial.source, [0, 0])
        count[0] += trial.is_hit
        count[1] += 1
    table = np.array([counts[name] for name in sorted(counts)], np.int64).reshape(-1, 2)
    hits, tried = (int(one) for one in table.sum(axis=0))
    low, high = (
        exact_bounds(len(table) if hits else 0, len(table))
        if hits in (0, tried)
        else resampled_bounds(table, seed)
    )
    return Rate(hits=hits, trials=tried, sources=len(table), low=low, high=high)


def resampled_bounds(table: npt.NDArray[np.int64], seed: int) -> tuple[float, float]:
    """Of (n, 2) hits and trials of each source."""
    chance = np.random.default_rng(seed)
    drawn = chance.integers(0, len(table), (ROUNDS, len(table)))
    hits, tried = table[drawn, 0].sum(axis=1), table[drawn, 1].sum(axis=1)
    low, high = np.quantile(hits / tried, ((1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))
    return float(low), float(high)


def exact_bounds(hits: int, trials: int) -> tuple[float, float]:
    """Clopper and Pearson; one-sided where none or all came out."""
    if trials == 0:
        return 0.0, 1.0
    if hits == 0:
        return 0.0, float(beta.ppf(CONFIDENCE, 1, trials))
    if hits == trials:
        return float(beta.ppf(1 - CONFIDENCE, trials, 1)), 1.0
    tail = (1 - CONFIDENCE) / 2
    return (
        float(beta.ppf(tail, hits, trials - hits + 1)),
        float(beta.ppf(1 - tail, hits + 1, trials - hits)),
    )


def threshold_at(strangers: Scores, pairs: int, false_positive_rate: float) -> float | None:
    """The score that a pair must exceed, so that of `pairs` unrelated ones at most that share does;
    None if any score will do.

    `strangers` are the scores of unrelated pairs, as many of the highest as matter; pairs that are
    not among them scored nothing. Where the share of `pairs` is less than one pair, none may exceed
    it: the rate itself is then not shown, only bounded.
    """
    allowed = math.floor(false_positive_rate * pairs)
    ordered = np.sort(strangers)[::-1]
    return float(ordered[allowed]) if allowed < len(ordered) else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tail:
    """How the highest false scores fall off: a generalised Pareto distribution of what exceeds
    `start` (Pickands 1975). `shape` 0 is exponential, below 0 it ends somewhere; `reached` is the
    share of pairs that exceed `start`.
    """

    start: float
    scale: float
    shape: float
    reached: float

    def threshold_at(self, false_positive_rate: float) -> float:
        """The score that unrelated pairs would exceed at that rate if the tail went on so."""
        ratio = self.reached / false_positive_rate
        if abs(self.shape) < NEARLY_EXPONENTIAL:
            return self.start + self.scale * math.log(ratio)
        return self.start + self.scale / self.shape * math.expm1(self.shape * math.log(ratio))


def tail_of(strangers: Scores, pairs: int) -> Tail | None:
    """Fitted to the highest tenth of the scores, 30 at least and 200 at most, by
    probability-weighted moments (Hosking and Wallis 1987). None for fewer than 30 scores, or if
    they do not fall off.

    A search that scores few strangers at all has no more of a tail than that: among two hundred of
    four hundred, what is fitted is their middle.
    """
    wanted = min(max(MIN_TAIL, round(TAIL_SHARE * len(strangers))), TAIL)
    top = np.sort(strangers)[::-1][:wanted]
    if len(top) < MIN_TAIL or pairs == 0:
        return None
    start = float(top[-1])
    excess = (top[:-1] - start)[::-1]
    count = len(excess)
    beyond = 1 - (np.arange(1, count + 1) - 0.35) / count
    first, second = float(excess.mean()), float((excess * beyond).mean())
    if first <= 2 * second:
        return None
    return Tail(
        start=start,
        scale=2 * first * second / (first - 2 * second),
        shape=float(np.clip(2 - first / (first - 2 * second), -MOST_SHAPE, MOST_SHAPE)),
        reached=count / pairs,
    )


def median_of(values: Sequence[float]) -> float | None:
    """None if there is none."""
    return float(np.median(values)) if values else None


def mean_of(values: Sequence[float]) -> float | None:
    """None if there is none."""
    return sum(values) / len(values) if values else None
