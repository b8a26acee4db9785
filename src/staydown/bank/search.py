"""Looks one picture up among all live entries: the first engine's way, by comparing with each of
them.

Exact, and good for a few thousand entries; docs/limits.md says how long it takes. Nothing is
decided here: a match is a fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from staydown.bank.entries import Entry
from staydown.bank.shelf import Record
from staydown.engine.comparison import compare, compare_quickly
from staydown.engine.subjects import Seen
from staydown.engine.verdict import Comparison, Verdict

STRENGTH = {verdict: rank for rank, verdict in enumerate(Verdict)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry, and what may be said about it and the picture that was looked up."""

    entry: Entry
    comparison: Comparison


def search(records: Iterable[Record], seen: Seen) -> tuple[Match, ...]:
    """Every match but `none`, strongest verdict first, then most inliers.

    A picture that cannot be compared gives `cannot_tell` for every entry: one such match stands for
    all.
    """
    matches = [Match(entry=one.entry, comparison=compare(one.known, seen)) for one in records]
    telling = [
        match
        for match in matches
        if match.comparison.verdict not in (Verdict.NONE, Verdict.CANNOT_TELL)
    ]
    untold = [match for match in matches if match.comparison.verdict is Verdict.CANNOT_TELL]
    telling.sort(key=lambda match: (STRENGTH[match.comparison.verdict], -match.comparison.inliers))
    return tuple(telling or untold[:1])


def search_quickly(records: Iterable[Record], seen: Seen) -> tuple[Match, ...]:
    """Digests and PDQ alone: `identical` or `hash_match`; or else one `needs_full`, which says
    nothing either way.
    """
    matches = [
        Match(entry=one.entry, comparison=compare_quickly(one.known, seen)) for one in records
    ]
    matches.sort(
        key=lambda match: (
            STRENGTH[match.comparison.verdict],
            match.comparison.pdq_distance_bits or 0,
        )
    )
    return tuple(matches)
