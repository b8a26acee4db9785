"""Charts as shapes: bars whose lengths a template draws as SVG, beside the same numbers in words.

Nothing is loaded for them, and they need no script.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

WIDTH: Final = 480
"""Units of the longest bar."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A piece of a bar: what it counts, where it begins and how long it is, in units."""

    kind: str
    count: int
    begins: int
    length: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One line of a chart."""

    label: str
    parts: tuple[Part, ...]


def draw_bars(lines: Sequence[tuple[str, Sequence[tuple[str, int]]]]) -> tuple[Bar, ...]:
    """A bar for each label, of pieces by kind and count; the longest is WIDTH long."""
    longest = max((sum(count for _, count in parts) for _, parts in lines), default=0)
    return tuple(
        Bar(label=label, parts=_draw_parts(parts, WIDTH / longest if longest else 0))
        for label, parts in lines
    )


def _draw_parts(parts: Sequence[tuple[str, int]], unit: float) -> tuple[Part, ...]:
    drawn: list[Part] = []
    counted = 0
    for kind, count in parts:
        begins, counted = counted, counted + count
        at = round(begins * unit)
        drawn.append(Part(kind=kind, count=count, begins=at, length=round(counted * unit) - at))
    return tuple(drawn)
