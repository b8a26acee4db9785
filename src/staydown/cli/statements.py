"""What a comparison says, for a judge: the figures, the method, how often it is wrong, and what it
does not show. Rates come from the engine's calibration and from docs/accuracy.md, which is named.
"""

import json
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path
from textwrap import fill

from staydown.cli.exhibits import MEANINGS, copy_words, file_words
from staydown.cli.findings import Finding
from staydown.engine.calibration import calibration
from staydown.engine.pictures import Picture
from staydown.engine.verdict import Comparison

WIDTH = 78
METHOD = (
    "The program looks for places that look alike in both pictures, and lays the original on the "
    "found picture by one map: shifted, turned, scaled. It then tracks thousands of small patches "
    "from one picture to the other and back, and asks how many go exactly where that map puts "
    "them. A second photograph of the same place fails there, however like it looks. Last, it "
    "compares the two patch by patch, and marks what was kept and what is altered.",
)
MISSES = (
    "How often it misses a copy: of pictures of which a large part was replaced (group d of the "
    "benchmark) it finds 84 in 100 as it is shipped; of lesser edits 99 in 100 or more. So where "
    "it finds nothing, that does not show that there is nothing.",
    "Source: docs/accuracy.md of the program, measured on 26 November 2026 on photographs that it "
    "was not fitted on; the command that measures it again is given there. Nobody outside of the "
    "project has repeated it.",
)
NOT_SHOWN = (
    "Who is shown. No face is recognised, and no name is known to the program.",
    "Whether anybody agreed to anything.",
    "Who made, altered, sent or published either picture, when, or with what.",
    "That the picture called the original was not itself made from another one.",
    "What lies under the covered region, or what it means.",
)


def write_figures(finding: Finding, original: Picture, found: Picture) -> bytes:
    """JSON for another expert's program. The same pictures give the same bytes."""
    said = {name: value for name, value in finding.as_json().items() if name != "cpu_ms"}
    rates = calibration()
    said |= {
        "picture": Path(finding.picture).name,  # no folder of whoever did it
        "original_sha256": original.file_digest,
        "found_sha256": found.file_digest,
        "score": finding.comparison.score,
        "score_needed": rates.min_score,
        "program": f"staydown {version('staydown')}",
        "rates_from": "docs/accuracy.md",
    }
    return (json.dumps(said, indent=2) + "\n").encode()


def write_statement(
    finding: Finding, original: Picture, found: Picture, items: Sequence[str]
) -> bytes:
    """Plain text. `items` are where in the bundle the found picture lies, if anywhere."""
    facts = finding.comparison
    held = f"It lies in this bundle as {', '.join(items)}." if items else NOT_HELD
    parts = {
        "WHAT WAS FOUND": (outcome(facts), *copy_words(facts)),
        "WHICH FILES": (
            file_words("Original", original),
            file_words("Found picture", found),
            held,
        ),
        "HOW": METHOD,
        "HOW OFTEN IT IS WRONG": (error_words(facts), *MISSES),
        "WHAT THIS DOES NOT SHOW": NOT_SHOWN,
    }
    lines = ["COMPARISON OF TWO PICTURES", f"by Staydown {version('staydown')}"]
    for title, words in parts.items():
        lines += [
            "",
            title,
            "",
            *(fill(f"- {one}", WIDTH, subsequent_indent="  ") for one in words),
        ]
    return ("\n".join(lines) + "\n").encode()


NOT_HELD = "The found picture itself is not in this bundle; its SHA-256 says which file it was."


def outcome(facts: Comparison) -> str:
    """The verdict, in a sentence."""
    verdict = facts.verdict.replace("_", " ").capitalize()
    why = f" ({facts.why.replace('_', ' ')})" if facts.why is not None else ""
    proof = "" if facts.verdict.is_copy else " This is no proof that one was made from the other."
    return f"{verdict}: {MEANINGS[facts.verdict]}{why}.{proof}"


def error_words(facts: Comparison) -> str:
    """How often two photographs that have nothing to do with each other are called a copy."""
    rate = calibration().copy_false_positive_rate
    if not facts.verdict.is_copy:
        return "No copy was found, so there is no rate of pictures wrongly called one."
    return (
        f"How often it is wrong about a copy: in 58,049 pairs of photographs of different sources "
        f"none was called a copy. With 95 % confidence that is at most {rate * 100_000:g} in "
        "100,000 pairs. Two photographs of one session, taken moments apart, or of people before "
        "one painted backdrop are harder to tell apart than that."
    )
