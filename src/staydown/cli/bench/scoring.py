"""From what a method said of each query to its rates: recall where strangers are kept out, recall
as it ships, and false matches for each pair and for each upload.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from staydown.cli.bench.catalogue import CATALOGUE, Group
from staydown.cli.bench.facts import Fact, Relations
from staydown.cli.bench.negatives import Kind
from staydown.cli.bench.rates import (
    Rate,
    Tail,
    Trial,
    exact_bounds,
    rate_of,
    tail_of,
    threshold_at,
)

WANTED_RATE = 1e-6
FAR_RATE = 1e-9

type Question = Callable[[Fact], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Thresholds:
    """Scores that must be exceeded. `wanted` is None if any score will do: nobody else had one;
    `far` is extrapolated, and None where too few strangers scored for that.
    """

    wanted: float | None
    far: float | None
    tail: Tail | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecallRow:
    """How many copies of one edit, or of one group, are found."""

    name: str
    at_wanted_rate: Rate
    at_far_rate: Rate | None
    as_shipped: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class FalseRates:
    """Matches with unrelated photographs, as the method ships.

    `effective_pairs` counts two sources once, however many edits of them met: the bound rests on
    it. `per_upload` is of unseen photographs, at the number of entries that is registered.
    """

    pairs: int
    effective_pairs: int
    false_pairs: int
    per_pair: float
    per_pair_at_most: float
    per_upload: Rate
    same_place: Rate


@dataclass(frozen=True, slots=True, kw_only=True)
class MethodRates:
    """Everything about one method but its costs."""

    thresholds: Thresholds
    recall: tuple[RecallRow, ...]
    false: FalseRates


def rate_method(facts: Sequence[Fact], relations: Relations, seed: int) -> MethodRates:
    """The rates of the method that said this."""
    pairs = sum(relations.kinds_of(fact.query).count(Kind.UNRELATED) for fact in facts)
    thresholds = choose_thresholds(facts, pairs)
    return MethodRates(
        thresholds=thresholds,
        recall=tuple(recall_rows(facts, thresholds, seed)),
        false=false_rates(facts, relations, pairs, seed),
    )


def choose_thresholds(facts: Iterable[Fact], pairs: int) -> Thresholds:
    """By what was scored against strangers alone."""
    strangers = np.array([score for fact in facts for score in fact.strangers], np.float64)
    tail = tail_of(strangers, pairs)
    return Thresholds(
        wanted=threshold_at(strangers, pairs, WANTED_RATE),
        far=None if tail is None else tail.threshold_at(FAR_RATE),
        tail=tail,
    )


def recall_rows(facts: Sequence[Fact], thresholds: Thresholds, seed: int) -> Iterable[RecallRow]:
    """A row for each group, and after it a row for each of its edits that was made."""
    copies = [fact for fact in facts if fact.query.entry is not None]
    for group in Group:
        of_group = [fact for fact in copies if CATALOGUE[fact.query.edit].group is group]
        yield recall_row(group, of_group, thresholds, seed)
        for name in CATALOGUE:
            of_edit = [fact for fact in of_group if fact.query.edit == name]
            if of_edit:
                yield recall_row(name, of_edit, thresholds, seed)


def recall_row(name: str, facts: Sequence[Fact], thresholds: Thresholds, seed: int) -> RecallRow:
    """One row."""
    far = thresholds.far
    return RecallRow(
        name=name,
        at_wanted_rate=share(facts, lambda fact: exceeds(fact, thresholds.wanted), seed),
        at_far_rate=None if far is None else share(facts, lambda fact: exceeds(fact, far), seed),
        as_shipped=share(facts, lambda fact: fact.is_found, seed),
    )


def exceeds(fact: Fact, threshold: float | None) -> bool:
    """Whether the query's own photograph scored more than that."""
    return fact.own is not None and (threshold is None or fact.own > threshold)


def share(facts: Iterable[Fact], question: Question, seed: int) -> Rate:
    """The rate of facts of which `question` is true."""
    trials = (Trial(source=fact.query.source, is_hit=question(fact)) for fact in facts)
    return rate_of(trials, seed)


def false_rates(facts: Sequence[Fact], relations: Relations, pairs: int, seed: int) -> FalseRates:
    """What is wrongly called a copy."""
    effective = {pair for fact in facts for pair in relations.pairs_of(fact.query, Kind.UNRELATED)}
    wrong = {pair_of(fact, entry, relations) for fact in facts for entry in fact.false_matches}
    false_pairs = sum(len(fact.false_matches) for fact in facts)
    unseen = [fact for fact in facts if fact.query.entry is None]
    return FalseRates(
        pairs=pairs,
        effective_pairs=len(effective),
        false_pairs=false_pairs,
        per_pair=false_pairs / pairs if pairs else 0.0,
        per_pair_at_most=exact_bounds(len(wrong), len(effective))[1],
        per_upload=share(unseen, lambda fact: bool(fact.false_matches), seed),
        same_place=place_rate(facts, relations, seed),
    )


def pair_of(fact: Fact, entry: int, relations: Relations) -> tuple[int, int]:
    """The places of the two sources, the lesser first."""
    place = relations.places[fact.query.source]
    return min(place, entry), max(place, entry)


def place_rate(facts: Iterable[Fact], relations: Relations, seed: int) -> Rate:
    """Of all pairs of a query and an entry of the same place, edits included, those called
    copies.
    """
    trials = (
        Trial(source=fact.query.source, is_hit=entry in fact.place_matches)
        for fact in facts
        for entry, kind in enumerate(relations.kinds_of(fact.query))
        if kind is Kind.SAME_PLACE
    )
    return rate_of(trials, seed)
