"""Figures of a period, and how they are written: JSON, and CSV in which nothing is a formula."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from staydown.digests import Json
from staydown.errors import BadRequest

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""How a cell begins that a spreadsheet would calculate."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """From `since` on, and before `until`; both aware."""

    since: datetime
    until: datetime

    def __post_init__(self) -> None:
        if self.until <= self.since:
            raise BadRequest("a period ends after it begins")

    def holds(self, at: datetime) -> bool:
        """Whether that moment is in it."""
        return self.since <= at < self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One number: what it is of, in words, and its unit. `value` is None where there is none.

    `regime` is the law under which the cases are that it counts; empty for all cases.
    """

    name: str
    value: int | None
    unit: str
    meaning: str
    regime: str = ""


def as_json(period: Period, figures: Sequence[Figure]) -> Json:
    """The report for machines."""
    return {
        "since": period.since.isoformat(),
        "until": period.until.isoformat(),
        "figures": [
            {
                "regime": one.regime,
                "name": one.name,
                "value": one.value,
                "unit": one.unit,
                "meaning": one.meaning,
            }
            for one in figures
        ],
    }


def as_csv(period: Period, figures: Sequence[Figure]) -> str:
    """The report for a spreadsheet (RFC 4180), in which nothing is a formula."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(["since", "until", "regime", "name", "value", "unit", "meaning"])
    span = (period.since.isoformat(), period.until.isoformat())
    for one in figures:
        value = "" if one.value is None else str(one.value)
        cells = (*span, one.regime, one.name, value, one.unit, one.meaning)
        writer.writerow([inert(cell) for cell in cells])
    return text.getvalue()


def inert(cell: str) -> str:
    """The cell, so that a spreadsheet shows it and calculates nothing."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
