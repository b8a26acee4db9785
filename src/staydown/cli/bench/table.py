"""A benchmark's figures for people: tables on standard output. Everything else is in the JSON."""

from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from staydown.cli.bench.costing import Costs
from staydown.cli.bench.peers import PeerMissing, PeerReport
from staydown.cli.bench.report import Material, Ours, Report
from staydown.cli.bench.scoring import FalseRates
from staydown.cli.bench.wording import (
    NOTHING,
    decimals,
    in_words,
    percent,
    short,
    table_of,
    whole,
    with_interval,
)

WIDTH = 150
"""Columns where nobody watches, and at least."""


def print_report(report: Report) -> None:
    """Every table, in turn."""
    console = Console(highlight=False)
    if console.width < WIDTH:
        console = Console(highlight=False, width=WIDTH)
    peers = [one for one in report.peers if isinstance(one, PeerReport)]
    console.print(opening(report.material, report.wish.seed))
    console.print(recall_table(report.ours, peers))
    if peers:
        console.print("The numbered columns, at the same rate:")
    for number, peer in enumerate(peers, 1):
        console.print(f"  {number}  {peer.method.name} ({peer.method.peer} {peer.method.version})")
    for one in report.peers:
        if isinstance(one, PeerMissing):
            console.print(f"  {one.peer}: not measured: {one.why}")
    console.print(verdict_table(report.ours))
    console.print(false_table(report.ours, peers))
    console.print(hard_table(report.ours))
    console.print(cost_table(report.costs, peers))


def opening(facts: Material, seed: int) -> str:
    """What was measured on, in words."""
    fillers = (
        f" and {facts.registered_fillers} of the calibration part, to be mistaken for something"
        if facts.registered_fillers
        else ""
    )
    return (
        f"{facts.files} files show {facts.sources} sources. Registered: {facts.registered_scored} "
        f"that are scored{fillers}. Looked up: {facts.uploads} edited pictures, of these and of "
        f"{facts.unseen} photographs that are not registered; {facts.left_out} sources were left "
        f"out. {facts.same_place_pairs} pairs of sources look like one place, "
        f"{facts.same_photograph_pairs} turned out to be one photograph. Seed {seed}.\n"
    )


def recall_table(ours: Ours, peers: Sequence[PeerReport]) -> Table:
    """Recall of every edit, ours and the peers'."""
    table = table_of(
        "Recall where at most one in a million unrelated pairs is taken for a copy",
        *("edit", "copies", "ours, by score", "at 1e-9", "ours, as shipped"),
        *(str(number) for number, _ in enumerate(peers, 1)),
        caption=supported(ours.rates.false, ours.score),
    )
    for place, row in enumerate(ours.rates.recall):
        table.add_row(
            row.name,
            str(row.as_shipped.trials),
            with_interval(row.at_wanted_rate),
            short(row.at_far_rate),
            with_interval(row.as_shipped),
            *(short(peer.rates.recall[place].at_wanted_rate) for peer in peers),
            style="bold" if is_group(row.name) else None,
        )
    return table


def supported(false: FalseRates, score: str) -> str:
    """What the number of pairs can show, in words."""
    return (
        f"{false.pairs:,} unrelated pairs were looked at, {false.effective_pairs:,} of different "
        f"sources: by themselves these show a rate below {3 / max(1, false.effective_pairs):.0e} "
        "at best. 95 % intervals over sources; the column at 1e-9 is extrapolated from the tail "
        f"of false scores. Our score: {score}."
    )


def is_group(name: str) -> bool:
    """Whether a row is about a whole group."""
    return len(name) == 1


def verdict_table(ours: Ours) -> Table:
    """What was said of every edit, and how well the maps meet the truth."""
    table = table_of(
        "What is said of copies, and the maps of those that were recognised",
        *("edit", "right", "map: IoU", "where changed", "falsely altered", "said"),
        caption="IoU: medians, of the mask and of those of its pixels that visibly changed.",
    )
    maps = {row.name: row for row in ours.maps}
    for row in ours.verdicts:
        drawn = maps[row.name]
        table.add_row(
            row.name,
            with_interval(row.right),
            decimals(drawn.median_overlap),
            decimals(drawn.median_overlap_changed),
            percent(drawn.mean_altered_share),
            in_words(row.said),
            style="bold" if is_group(row.name) else None,
        )
    return table


def false_table(ours: Ours, peers: Sequence[PeerReport]) -> Table:
    """False matches of every method, as it ships."""
    table = table_of(
        "Strangers taken for copies, by each method as it ships",
        *("method", "score for 1e-6", "pairs", "taken for copies", "at most, per pair"),
        *("per upload", "same place"),
        caption="At most: of pairs of different sources, with 95 % confidence.",
    )
    peer_rates = [(one.method.name, one.rates, one.method.match_at) for one in peers]
    for name, rates, match_at in [("ours", ours.rates, 0.0), *peer_rates]:
        false, needed = rates.false, rates.thresholds.wanted
        shipped = (
            ("has no threshold", NOTHING, NOTHING, NOTHING)
            if match_at is None
            else (
                f"{false.false_pairs:,}",
                f"{false.per_pair_at_most:.1e}",
                with_interval(false.per_upload),
                with_interval(false.same_place),
            )
        )
        above = "any" if needed is None else f"> {needed:g}"
        table.add_row(name, above, f"{false.pairs:,}", *shipped)
    return table


def hard_table(ours: Ours) -> Table:
    """The negatives that were compared directly."""
    table = table_of(
        "Different photographs that look alike, compared both ways round",
        *("negatives", "pairs", "called a copy", "said"),
    )
    for row in ours.hard:
        rate = with_interval(row.called_copy) if row.pairs else "none were given"
        table.add_row(row.kind.replace("_", " "), str(row.pairs), rate, in_words(row.said))
    return table


def cost_table(costs: Costs, peers: Sequence[PeerReport]) -> Table:
    """Processor time of an upload, and the size of an entry."""
    table = table_of(
        f"Processor milliseconds of an upload, {costs.entries} entries",
        *("method", "milliseconds", "bytes an entry"),
    )
    memory, kept = whole(costs.memory_bytes), whole(costs.kept_bytes)
    for title, stages in {
        f"ours, as looked up ({decimals(costs.megapixels)} megapixels)": costs.as_queried,
        "ours, at 1 megapixel": costs.at_one_megapixel,
    }.items():
        parts = ", ".join(f"{one.stage} {whole(one.cpu_ms)}" for one in stages)
        table.add_row(title, parts, f"{memory} in memory, {kept} kept")
    table.add_row("ours, quick, at 1 megapixel", whole(costs.quick_at_one_megapixel), "")
    for peer in peers:
        table.add_row(peer.method.name, whole(peer.cpu_ms), f"{peer.method.entry_bytes:,}")
    return table
