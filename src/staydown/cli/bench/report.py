"""The whole of a benchmark's figures, as a value and as JSON.

Whatever depends on the machine stands under `costs` or `cpu_ms`; everything else is the same again
with the same folders, options and versions.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass

from staydown.cli.bench.costing import Costs
from staydown.cli.bench.judging import HardRow, MapRow, VerdictRow
from staydown.cli.bench.looking import Outcome, Said
from staydown.cli.bench.negatives import HardOutcome, Kind
from staydown.cli.bench.peers import PeerOutcome
from staydown.cli.bench.planning import Plan, Wish
from staydown.cli.bench.scoring import MethodRates
from staydown.engine.verdict import Verdict

FORMAT = "staydown-bench-copies/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """What was measured on, in numbers."""

    files: int
    sources: int
    registered: int
    registered_scored: int
    registered_fillers: int
    unseen: int
    uploads: int
    left_out: int
    same_photograph_pairs: int
    same_place_pairs: int


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryLine:
    """One query and what was said of it; sources are named as in the split."""

    query: int
    source: str
    edit: str
    entry: int | None
    verdict: Verdict
    score: float | None
    others: tuple[Said, ...]
    overlap_changed: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class HardLine:
    """One pair of different photographs, by the digests of their files."""

    kind: Kind
    registered: str
    found: str
    sift_inliers: int
    verdict: Verdict
    score: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ours:
    """Our own figures."""

    score: str
    rates: MethodRates
    verdicts: tuple[VerdictRow, ...]
    maps: tuple[MapRow, ...]
    hard: tuple[HardRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything."""

    format: str = FORMAT
    version: str
    wish: Wish
    material: Material
    ours: Ours
    peers: tuple[PeerOutcome, ...]
    queries: tuple[QueryLine, ...]
    hard_pairs: tuple[HardLine, ...]
    costs: Costs


def material_of(plan: Plan, *, files: int, sources: int, alike: Mapping[bool, int]) -> Material:
    """What a plan uses. `alike` counts pairs by whether they are one photograph after all."""
    return Material(
        files=files,
        sources=sources,
        registered=len(plan.registered),
        registered_scored=plan.scored_entries,
        registered_fillers=len(plan.registered) - plan.scored_entries,
        unseen=len(plan.unseen),
        uploads=len(plan.queries),
        left_out=plan.left_out,
        same_photograph_pairs=alike.get(True, 0),
        same_place_pairs=alike.get(False, 0),
    )


def query_lines(outcomes: Sequence[Outcome]) -> tuple[QueryLine, ...]:
    """A line for each outcome."""
    return tuple(
        QueryLine(
            query=one.query.number,
            source=one.query.source,
            edit=one.query.edit,
            entry=one.query.entry,
            verdict=one.verdict,
            score=None if one.own is None else one.own.score,
            others=one.others,
            overlap_changed=None if one.map is None else one.map.overlap_changed,
        )
        for one in outcomes
    )


def hard_lines(outcomes: Sequence[HardOutcome]) -> tuple[HardLine, ...]:
    """A line for each pair."""
    return tuple(
        HardLine(
            kind=one.pair.kind,
            registered=one.pair.registered.digest,
            found=one.pair.found.digest,
            sift_inliers=one.pair.inliers,
            verdict=Verdict.NONE if one.said is None else one.said.verdict,
            score=None if one.said is None else one.said.score,
        )
        for one in outcomes
    )


def as_json(report: Report) -> str:
    """One JSON object."""
    return json.dumps(asdict(report), indent=1, allow_nan=False) + "\n"
