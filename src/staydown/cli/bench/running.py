"""One run of the benchmark, step by step: photographs are read, a plan is made, photographs are
registered, copies are looked up, and the answers are judged.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from importlib.metadata import version
from pathlib import Path

from staydown.cli.bench.costing import costs_of
from staydown.cli.bench.facts import Relations, facts_of, relate
from staydown.cli.bench.judging import hard_rows, map_rows, verdict_rows
from staydown.cli.bench.looking import Ground, Outcome, look, look_large, register
from staydown.cli.bench.negatives import (
    Alike,
    HardOutcome,
    Sketches,
    compare_hard,
    compare_row,
    draw_sketch,
    frame_pairs,
    hardest_pairs,
)
from staydown.cli.bench.ours import SCORE, EntrySize
from staydown.cli.bench.peers import PeerOutcome, ask_peers, hear_peer
from staydown.cli.bench.photographs import Photograph, list_candidates, read_photograph, usable
from staydown.cli.bench.planning import Plan, Wish, make_plan
from staydown.cli.bench.report import Ours, Report, hard_lines, material_of, query_lines
from staydown.cli.bench.scoring import rate_method
from staydown.cli.bench.sources import group_by_source
from staydown.cli.bench.split import split
from staydown.cli.bench.working import Crew
from staydown.errors import BadRequest

LARGE_UPLOADS = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """One run: a folder for what its processes leave each other, and who works."""

    folder: Path
    crew: Crew
    wish: Wish
    has_peers: bool

    def measure(self, photos: Sequence[Path], series: Sequence[Path]) -> Report:
        """Everything, from files to figures. Raises BadRequest if the folders do not do."""
        found = self.read(photos, "reading photographs")
        sources = group_by_source(found)
        plan = make_plan(sources, split(), self.wish)
        frames = self.read(series, "reading series") if series else []
        alike = self.find_alike(plan)
        relations = relate(plan, alike)
        sizes = self.register(plan)
        ground = self.ground(plan)
        outcomes = self.crew.do("looking up", plan.queries, partial(look, ground))
        unseen = [source.best for source in plan.unseen][:LARGE_UPLOADS]
        large = self.crew.do("timing", unseen, partial(look_large, ground))
        hard = self.compare_hard(plan, alike, frames)
        return Report(
            version=version("staydown"),
            wish=self.wish,
            material=material_of(
                plan,
                files=len(found),
                sources=len(sources),
                alike=Counter(one.is_same_photograph for one in alike),
            ),
            ours=self.judge(outcomes, hard, relations),
            peers=tuple(self.ask_peers(plan, relations)),
            queries=query_lines(outcomes),
            hard_pairs=hard_lines(hard),
            costs=costs_of(outcomes, sizes, [one for one, _ in large], [ms for _, ms in large]),
        )

    def read(self, folders: Sequence[Path], what: str) -> list[Photograph]:
        """The photographs in the folders. Raises BadRequest if there are none."""
        read = self.crew.do(what, list_candidates(folders), read_photograph)
        found = usable(read)
        if not found:
            named = ", ".join(str(folder) for folder in folders)
            raise BadRequest(f"{named}: no photographs in there")
        return found

    def ground(self, plan: Plan) -> Ground:
        """What every look-up needs to know."""
        return Ground(
            folder=self.folder,
            seed=self.wish.seed,
            entries=len(plan.registered),
            keeps_uploads=self.has_peers,
        )

    def register(self, plan: Plan) -> list[EntrySize]:
        """Keep the photographs of the plan."""
        tasks = [(number, source.best.path) for number, source in enumerate(plan.registered)]
        return self.crew.do("registering", tasks, partial(register, self.ground(plan)))

    def find_alike(self, plan: Plan) -> list[Alike]:
        """The pairs of the plan's photographs that look like one place."""
        photographs = [source.best for source in plan.sources]
        sketches = Sketches(folder=self.folder, count=len(photographs))
        tasks = [(row, photograph.path) for row, photograph in enumerate(photographs)]
        self.crew.do("sketching", tasks, partial(draw_sketch, sketches))
        rows = self.crew.do(
            "finding hard pairs", range(len(photographs)), partial(compare_row, sketches)
        )
        return [one for row in rows for one in row]

    def compare_hard(
        self, plan: Plan, alike: Sequence[Alike], frames: Sequence[Photograph]
    ) -> list[HardOutcome]:
        """What is said of the hardest negatives; pairs with a source of the calibration part are
        left out.
        """
        photographs = [source.best for source in plan.sources]
        scored = [one for one in alike if plan.is_scored(one.one) and plan.is_scored(one.other)]
        pairs = [*hardest_pairs(scored, photographs), *frame_pairs(frames)]
        return self.crew.do("comparing hard pairs", pairs, compare_hard)

    def judge(
        self, outcomes: Sequence[Outcome], hard: Sequence[HardOutcome], relations: Relations
    ) -> Ours:
        """Our own figures."""
        seed = self.wish.seed
        return Ours(
            score=SCORE,
            rates=rate_method(facts_of(outcomes, relations), relations, seed),
            verdicts=verdict_rows(outcomes, seed),
            maps=map_rows(outcomes),
            hard=hard_rows(hard, seed),
        )

    def ask_peers(self, plan: Plan, relations: Relations) -> list[PeerOutcome]:
        """What the peers make of the same files."""
        if not self.has_peers:
            return []
        ground = self.ground(plan)
        asked = ask_peers(
            self.folder,
            [source.best.path for source in plan.registered],
            [ground.upload(query.number) for query in plan.queries],
        )
        return [
            report
            for ran in asked
            for report in hear_peer(ran, plan.queries, relations, self.wish.seed)
        ]
