"""What only our own answers tell: which kind of copy was said, how well maps meet the truth,
and what is said of the hardest negatives.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from staydown.cli.bench.catalogue import CATALOGUE, Group
from staydown.cli.bench.looking import Outcome
from staydown.cli.bench.mapping import MapFigures
from staydown.cli.bench.negatives import HardOutcome, Kind
from staydown.cli.bench.rates import Rate, Trial, mean_of, median_of, rate_of
from staydown.engine.verdict import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictCount:
    """How often something was said."""

    verdict: Verdict
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictRow:
    """What was said of the copies of one edit or group; `right` is the rate of true verdicts."""

    name: str
    right: Rate
    said: tuple[VerdictCount, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapRow:
    """Maps of one edit or group, of those copies that were recognised. Medians and means are 0 to
    1; the overlaps are None where nothing was replaced, and `altered_share` where something was:
    there it is the falsely altered share of an honest copy.
    """

    name: str
    maps: int
    median_overlap: float | None
    median_overlap_changed: float | None
    mean_overlap_changed: float | None
    mean_altered_share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HardRow:
    """What was said of pairs of one kind that are no copies; `called_copy` is wrong."""

    kind: Kind
    pairs: int
    called_copy: Rate
    said: tuple[VerdictCount, ...]


def named_rows[Row](
    outcomes: Sequence[Outcome], row: Callable[[str, Sequence[Outcome]], Row]
) -> tuple[Row, ...]:
    """A row for each group and each edit of registered photographs."""
    copies = [one for one in outcomes if one.query.entry is not None]
    made: list[Row] = []
    for group in Group:
        of_group = [one for one in copies if CATALOGUE[one.query.edit].group is group]
        made.append(row(group, of_group))
        for name in CATALOGUE:
            of_edit = [one for one in of_group if one.query.edit == name]
            made += [row(name, of_edit)] if of_edit else []
    return tuple(made)


def verdict_rows(outcomes: Sequence[Outcome], seed: int) -> tuple[VerdictRow, ...]:
    """The confusion between the kinds of verdict."""

    def row(name: str, some: Sequence[Outcome]) -> VerdictRow:
        return VerdictRow(
            name=name,
            right=rate_of((trial_of(one) for one in some), seed),
            said=count_verdicts(one.verdict for one in some),
        )

    return named_rows(outcomes, row)


def trial_of(outcome: Outcome) -> Trial:
    """Whether the verdict is true of the edit."""
    right = CATALOGUE[outcome.query.edit].right
    return Trial(source=outcome.query.source, is_hit=outcome.verdict in right)


def count_verdicts(verdicts: Iterable[Verdict]) -> tuple[VerdictCount, ...]:
    """How often each was said, in the order of their strength."""
    counts = Counter(verdicts)
    return tuple(VerdictCount(verdict=one, count=counts[one]) for one in Verdict if counts[one])


def map_rows(outcomes: Sequence[Outcome]) -> tuple[MapRow, ...]:
    """How well maps meet the truth."""
    return named_rows(outcomes, lambda name, some: map_row(name, maps_of(some)))


def maps_of(outcomes: Iterable[Outcome]) -> list[MapFigures]:
    """The figures of those that have a map."""
    return [one.map for one in outcomes if one.map is not None]


def map_row(name: str, maps: Sequence[MapFigures]) -> MapRow:
    """One row."""
    masks = [one.overlap_mask for one in maps if one.overlap_mask is not None]
    changed = [one.overlap_changed for one in maps if one.overlap_changed is not None]
    honest = [one.altered_share for one in maps if one.overlap_mask is None]
    return MapRow(
        name=name,
        maps=len(maps),
        median_overlap=median_of(masks),
        median_overlap_changed=median_of(changed),
        mean_overlap_changed=mean_of(changed),
        mean_altered_share=mean_of(honest),
    )


def hard_rows(outcomes: Sequence[HardOutcome], seed: int) -> tuple[HardRow, ...]:
    """The negatives that were compared directly, by kind."""
    rows = []
    for kind in (Kind.SAME_PLACE, Kind.SAME_SESSION):
        some = [one for one in outcomes if one.pair.kind is kind]
        trials = (
            Trial(source=one.pair.registered.digest, is_hit=verdict_on(one).is_copy) for one in some
        )
        rows.append(
            HardRow(
                kind=kind,
                pairs=len(some) // 2,
                called_copy=rate_of(trials, seed),
                said=count_verdicts(verdict_on(one) for one in some),
            )
        )
    return tuple(rows)


def verdict_on(outcome: HardOutcome) -> Verdict:
    """`none` where nothing was said."""
    return Verdict.NONE if outcome.said is None else outcome.said.verdict
