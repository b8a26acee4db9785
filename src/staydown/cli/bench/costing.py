"""What an upload costs in processor time, and an entry in bytes.

These figures depend on the machine, and a little on what else it does; no other figure of the
benchmark does.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from staydown.cli.bench.looking import Outcome
from staydown.cli.bench.ours import EntrySize, Spent
from staydown.cli.bench.rates import mean_of, median_of

PIXELS_PER_MEGAPIXEL = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class StageCost:
    """Median processor milliseconds of one stage, or of all of them under `total`."""

    stage: str
    cpu_ms: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Costs:
    """What an upload and an entry cost; times are medians over uploads."""

    entries: int
    megapixels: float | None
    as_queried: tuple[StageCost, ...]
    at_one_megapixel: tuple[StageCost, ...]
    quick_at_one_megapixel: float | None
    memory_bytes: float | None
    kept_bytes: float | None


def costs_of(
    outcomes: Sequence[Outcome],
    sizes: Sequence[EntrySize],
    large: Sequence[tuple[Spent, ...]],
    quick: Sequence[float],
) -> Costs:
    """What it took. `large` and `quick` are of uploads of one megapixel."""
    return Costs(
        entries=len(sizes),
        megapixels=median_of([one.size_pixels / PIXELS_PER_MEGAPIXEL for one in outcomes]),
        as_queried=stage_costs([one.spent for one in outcomes]),
        at_one_megapixel=stage_costs(large),
        quick_at_one_megapixel=median_of(quick),
        memory_bytes=mean_of([float(one.memory_bytes) for one in sizes]),
        kept_bytes=mean_of([float(one.kept_bytes) for one in sizes]),
    )


def stage_costs(uploads: Sequence[tuple[Spent, ...]]) -> tuple[StageCost, ...]:
    """The median of each stage, in their order, and of the total."""
    stages = list(dict.fromkeys(part.stage for spent in uploads for part in spent))
    rows = [
        StageCost(
            stage=stage,
            cpu_ms=median_of([p.cpu_ms for spent in uploads for p in spent if p.stage is stage]),
        )
        for stage in stages
    ]
    totals = [sum(part.cpu_ms for part in spent) for spent in uploads]
    return (*rows, StageCost(stage="total", cpu_ms=median_of(totals)))
