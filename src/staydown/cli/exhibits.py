"""The words under the proof that `compare --overlay` draws: what was found, by which figures, in
which files.

They say what was measured. They name nobody, and say nothing of what a picture means.
"""

from importlib.metadata import version

from staydown.cli.findings import Finding
from staydown.engine.pictures import Picture
from staydown.engine.verdict import Comparison, Verdict

MEANINGS = {
    Verdict.IDENTICAL: "the same file, or the same pixels",
    Verdict.NEAR_COPY: "the whole photograph, saved anew; nothing of it was found altered",
    Verdict.PARTIAL_COPY: "a part of the photograph, or under writing; nothing was found altered",
    Verdict.DERIVED: "part of it is the photograph, and a measured part of it is altered",
    Verdict.HASH_MATCH: "close by a hash to what is known by its hash alone",
    Verdict.SAME_SESSION: "a near-identical frame, which is no copy",
    Verdict.SAME_PLACE: "the same background on another photograph, which is no copy",
    Verdict.NONE: "nothing of the photograph was found",
    Verdict.CANNOT_TELL: "too little to compare",
    Verdict.NEEDS_FULL: "nothing was found by hashes alone, which means nothing",
}
"""What each verdict says."""


def words_of(finding: Finding, original: Picture, found: Picture) -> list[str]:
    """The lines, in order."""
    facts = finding.comparison
    verdict = facts.verdict.replace("_", " ").capitalize()
    return [
        f"{verdict}: {MEANINGS[facts.verdict]}.",
        *(copy_words(facts) if facts.areas is not None else []),
        file_words("Original (left)", original),
        file_words("Found picture (right)", found),
        f"Measured by Staydown {version('staydown')}. A verdict is a fact about two pictures."
        " Who is on them, and whether they agreed, is not in it.",
    ]


def copy_words(facts: Comparison) -> list[str]:
    """The figures of a copy."""
    words = []
    if facts.altered_fraction is not None:
        words.append(f"Altered: {facts.altered_fraction:.1%} of where the two overlap.")
    if facts.anisotropy is not None:
        mirrored = ", mirrored" if facts.is_mirrored else ""
        words.append(
            f"Geometry: {facts.inliers} points agree on one map{mirrored}; the ratio of its"
            f" stretches is {facts.anisotropy:.4f} (1: none)."
        )
    if facts.pdq_distance_bits is not None:
        words.append(f"PDQ: {facts.pdq_distance_bits} of 256 bits differ, however turned.")
    if facts.false_positive_rate is not None:
        words.append(
            "Two different photographs are called a copy in at most"
            f" {facts.false_positive_rate:g} of pairs, as far as was measured."
        )
    return words


def file_words(name: str, picture: Picture) -> str:
    """Which file it was."""
    width, height = picture.full_size
    return f"{name}: {width} x {height} pixels, SHA-256 {picture.file_digest}"
