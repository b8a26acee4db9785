"""What is known of each pair of a query and an entry before anybody scores it, and what a method,
ours or another's, said of each query. All methods are judged by these alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from staydown.cli.bench.looking import Outcome
from staydown.cli.bench.negatives import Alike, Kind
from staydown.cli.bench.planning import Plan, Query
from staydown.cli.bench.sources import SourceId

KEPT_SCORES = 5
"""How many of the highest scores against strangers are kept of each query."""


class EntryScore(Protocol):
    """What a method says of one entry."""

    @property
    def entry(self) -> int:
        """Its number."""
        ...

    @property
    def score(self) -> float:
        """The higher, the more alike."""
        ...

    @property
    def is_match(self) -> bool:
        """Whether the method, as it ships, calls it a copy."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryAnswer:
    """An EntryScore."""

    entry: int
    score: float
    is_match: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """What a match of a source and an entry would be. `places` are the sources' places in the plan:
    those registered first, under the number of their entry, then the unseen. `kinds` has a row for
    each place and in it a kind for each entry; None for one photograph, which is no negative.
    """

    places: Mapping[SourceId, int]
    kinds: tuple[tuple[Kind | None, ...], ...]

    def kinds_of(self, query: Query) -> tuple[Kind | None, ...]:
        """What a match of the query and each entry would be."""
        return self.kinds[self.places[query.source]]

    def pairs_of(self, query: Query, kind: Kind) -> list[tuple[int, int]]:
        """The query's place with each entry of that kind, the lesser number first."""
        place = self.places[query.source]
        return [
            (min(place, entry), max(place, entry))
            for entry, found in enumerate(self.kinds_of(query))
            if found is kind
        ]


def relate(plan: Plan, alike: Iterable[Alike]) -> Relations:
    """The relations of the sources of a plan; rows of `alike` are places in it."""
    sources = plan.sources
    known: dict[tuple[int, int], Kind | None] = {
        (place, place): None for place in range(len(sources))
    }
    for one in alike:
        kind = None if one.is_same_photograph else Kind.SAME_PLACE
        known[one.one, one.other] = known[one.other, one.one] = kind
    return Relations(
        places={source.id: place for place, source in enumerate(sources)},
        kinds=tuple(
            tuple(
                known.get((place, entry), Kind.UNRELATED) for entry in range(len(plan.registered))
            )
            for place in range(len(sources))
        ),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """What a method said of one query. `own` is its score for the photograph that the query was
    made of, None if it said nothing; `strangers` are its highest scores for unrelated entries.
    """

    query: Query
    own: float | None
    is_found: bool
    strangers: tuple[float, ...]
    false_matches: tuple[int, ...]
    """Unrelated entries that are called copies."""
    place_matches: tuple[int, ...]
    """Entries of the same place that are."""


def fact_of(query: Query, answers: Sequence[EntryScore], relations: Relations) -> Fact:
    """One query, judged."""
    own = next((one for one in answers if one.entry == query.entry), None)
    kinds = relations.kinds_of(query)
    unrelated = [one for one in answers if kinds[one.entry] is Kind.UNRELATED]
    scores = sorted((one.score for one in unrelated), reverse=True)[:KEPT_SCORES]
    return Fact(
        query=query,
        own=None if own is None else own.score,
        is_found=own is not None and own.is_match,
        strangers=tuple(scores),
        false_matches=tuple(one.entry for one in unrelated if one.is_match),
        place_matches=tuple(
            one.entry for one in answers if kinds[one.entry] is Kind.SAME_PLACE and one.is_match
        ),
    )


def facts_of(outcomes: Iterable[Outcome], relations: Relations) -> list[Fact]:
    """Our own answers, judged."""
    return [
        fact_of(
            outcome.query,
            [
                EntryAnswer(entry=one.entry, score=one.score, is_match=one.verdict.is_copy)
                for one in (*((outcome.own,) if outcome.own else ()), *outcome.others)
            ],
            relations,
        )
        for outcome in outcomes
    ]
