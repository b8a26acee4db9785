"""Says findings in lines for a person."""

from staydown.evidence.verifier.checks import CHECKS, Finding


def tell_findings(findings: tuple[Finding, ...]) -> list[str]:
    """A few lines for each check, and the outcome last."""
    lines = [line for finding in findings for line in _tell(finding)]
    if is_sound(findings):
        return [*lines, "The bundle is sound."]
    last = findings[-1]
    return [*lines, f"NOT SOUND. The first check that fails is {last.check!r}: {last.problem}"]


def is_sound(findings: tuple[Finding, ...]) -> bool:
    """Whether every check was made, and held."""
    return len(findings) == len(CHECKS) and all(each.problem is None for each in findings)


def _tell(finding: Finding) -> list[str]:
    if finding.problem is not None:
        return [f"{finding.check}: FAILS: {finding.problem}"]
    return [
        f"{finding.check}: holds",
        f"  shows: {finding.proves}",
        f"  does not show: {finding.leaves}",
    ]
