"""Figures as they are shown to people."""

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.table import Table

from staydown.cli.bench.judging import VerdictCount
from staydown.cli.bench.rates import Rate

NOTHING = "–"


def table_of(title: str, *heads: str, caption: str = "") -> Table:
    """An empty table whose cells are not broken."""
    table = Table(title=title, caption=caption or None, box=SIMPLE_HEAD, title_justify="left")
    table.caption_justify = "left"
    for head in heads:
        table.add_column(head, no_wrap=True)
    return table


def in_words(said: Sequence[VerdictCount]) -> str:
    """Verdicts with their counts."""
    return ", ".join(f"{one.verdict} {one.count}" for one in said)


def with_interval(rate: Rate) -> str:
    """A rate and its bounds."""
    return f"{rate.value:.3f} [{rate.low:.2f}, {rate.high:.2f}]" if rate.trials else NOTHING


def short(rate: Rate | None) -> str:
    """A rate alone."""
    return f"{rate.value:.2f}" if rate is not None and rate.trials else NOTHING


def decimals(value: float | None) -> str:
    """Two of them."""
    return NOTHING if value is None else f"{value:.2f}"


def percent(value: float | None) -> str:
    """A small share."""
    return NOTHING if value is None else f"{value:.3%}"


def whole(value: float | None) -> str:
    """Rounded; one decimal where that matters."""
    if value is None:
        return NOTHING
    return f"{value:.1f}" if value < 10 else f"{value:,.0f}"
