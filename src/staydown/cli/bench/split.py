"""Which photographs were learned from, which were calibrated on, and which are for reporting.

The manifest ships with the package: SHA-256 of the file, source, part; no names. A photograph that
it does not know was used for nothing, and may be reported on. bench/make_split.py writes it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from staydown.cli.bench.sources import Source, SourceId
from staydown.digests import Digest

COLUMNS = "sha256\tsource\tpart"


class Part(StrEnum):
    """What a source serves for, the most binding first."""

    LEARNED = "learned"  # codes and weights were fitted on it: never scored
    CALIBRATION = "calibration"  # thresholds were chosen on it
    REPORT = "report"  # kept for reporting; so is whatever the manifest does not know


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A line of the manifest."""

    digest: Digest
    source: SourceId
    part: Part


@lru_cache(maxsize=1)
def split() -> Mapping[Digest, Row]:
    """The manifest that ships with this version."""
    text = files("staydown.engine").joinpath("data/split.tsv").read_text(encoding="utf-8")
    return {row.digest: row for row in read_rows(text)}


def read_rows(text: str) -> list[Row]:
    """The lines of a manifest. Raises ValueError if it is not one."""
    head, *lines = [line for line in text.splitlines() if not line.startswith("#")]
    if head != COLUMNS:
        raise ValueError(f"a split begins with {COLUMNS!r}")
    cells = [line.split("\t") for line in lines]
    return [
        Row(digest=Digest(digest), source=SourceId(source), part=Part(part))
        for digest, source, part in cells
    ]


def write_rows(rows: Iterable[Row]) -> str:
    """The lines of a manifest, in order of the digests."""
    ordered = sorted(rows, key=lambda row: row.digest)
    return "\n".join([COLUMNS, *(f"{row.digest}\t{row.source}\t{row.part}" for row in ordered)])


def part_of(source: Source, rows: Mapping[Digest, Row]) -> Part:
    """The most binding part of the source's files."""
    parts = {rows[one.digest].part for one in source.photographs if one.digest in rows}
    return next((part for part in Part if part in parts), Part.REPORT)
