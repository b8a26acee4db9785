"""What `screen` and `compare` print: one JSON object or one row of a table for each picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.console import Console
from rich.table import Table

from staydown.engine.verdict import Comparison, Transform, Verdict

type Field = str | int | float | bool | None | Transform

TELLING = frozenset(Verdict) - {Verdict.NONE, Verdict.CANNOT_TELL, Verdict.NEEDS_FULL}
"""The verdicts in which a registered picture was found."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of the output; the names are a contract (DESIGN.md)."""

    picture: str
    matched: str | None
    comparison: Comparison
    cpu_ms: float

    def as_json(self) -> dict[str, Field]:
        """The fields in their order."""
        facts = self.comparison
        return {
            "picture": self.picture,
            "verdict": str(facts.verdict),
            "matched": self.matched,
            "inliers": facts.inliers,
            "anisotropy": rounded(facts.anisotropy, 5),
            "transform": facts.transform,
            "mirrored": facts.is_mirrored,
            "altered_fraction": rounded(facts.altered_fraction, 5),
            "pdq_distance_bits": facts.pdq_distance_bits,
            "false_positive_rate": facts.false_positive_rate,
            "cpu_ms": round(self.cpu_ms, 1),
            "why": None if facts.why is None else str(facts.why),
        }


def finding_of(picture: str, name: str | None, comparison: Comparison, cpu_ms: float) -> Finding:
    """The finding for a comparison; it names the registered picture only if that was found."""
    matched = name if comparison.verdict in TELLING else None
    return Finding(picture=picture, matched=matched, comparison=comparison, cpu_ms=cpu_ms)


def nothing_found(picture: str, cpu_ms: float, *, is_quick: bool) -> Finding:
    """The finding where no entry matched; depth `quick` never says `none`."""
    verdict = Verdict.NEEDS_FULL if is_quick else Verdict.NONE
    return finding_of(picture, None, Comparison(verdict=verdict), cpu_ms)


def rounded(value: float | None, digits: int) -> float | None:
    """`value` with that many digits after the point."""
    return None if value is None else round(float(value), digits)


def print_findings(findings: Sequence[Finding]) -> None:
    """A table for people, on standard output."""
    table = Table("picture", "verdict", "matched", "altered", "inliers", "why")
    for finding in findings:
        facts = finding.comparison
        share = "" if facts.altered_fraction is None else f"{facts.altered_fraction:.1%}"
        why = "" if facts.why is None else facts.why.replace("_", " ")
        table.add_row(
            finding.picture,
            str(facts.verdict) + (" (mirrored)" if facts.is_mirrored else ""),
            finding.matched or "",
            share,
            str(facts.inliers or ""),
            why,
        )
    Console().print(table)
