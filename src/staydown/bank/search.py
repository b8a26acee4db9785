"""Looks one picture up: a short list from what is in memory, then each of it compared in full.

What `search` finds among a few thousand entries, comparing with each of them finds as well, but for
what the short list misses (docs/accuracy.md says how much). Nothing is decided here: a match is a
fact.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from staydown.bank.entries import Entry, EntryRole
from staydown.bank.shelf import Shelf
from staydown.engine.calibration import calibration
from staydown.engine.comparison import (
    compare,
    compare_hashes,
    identical,
    needs_full,
    why_not_comparable,
)
from staydown.engine.copy_index import Candidate
from staydown.engine.fingerprints import Fingerprint
from staydown.engine.subjects import Seen
from staydown.engine.verdict import Comparison, Verdict
from staydown.engine.votes import RoughFit
from staydown.ids import EntryId

STRENGTH = {verdict: rank for rank, verdict in enumerate(Verdict)}
MIN_AGREEING = 3
"""Codes that have to agree before an entry is looked at closely."""
CLOSELY = 5
"""How many candidates that turn out to be no copies are looked at closely, of each role: copies use
nothing up, so nobody's many entries can crowd out another's.
"""
AT_MOST = 40
"""How many candidates of each role are looked at closely at all: what one upload may cost."""
CLOSELY_BY_HASH = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """An entry, and what may be said about it and the picture that was looked up."""

    entry: Entry
    comparison: Comparison


def search(shelf: Shelf, seen: Seen) -> tuple[Match, ...]:
    """Every match but `none`, strongest verdict first, then most inliers.

    A picture that cannot be compared gives `cannot_tell` for every entry: one such match stands for
    all.
    """
    telling = [one for one in examine(shelf, seen) if one.comparison.verdict is not Verdict.NONE]
    telling.sort(key=lambda match: (STRENGTH[match.comparison.verdict], -match.comparison.inliers))
    if all(match.comparison.verdict is Verdict.CANNOT_TELL for match in telling):
        return tuple(telling[:1])
    return tuple(one for one in telling if one.comparison.verdict is not Verdict.CANNOT_TELL)


def examine(shelf: Shelf, seen: Seen) -> tuple[Match, ...]:
    """Every entry that was looked at closely, whatever came of it."""
    why = why_not_comparable(seen.fingerprint)
    listed = () if why else shortlist(shelf, seen.fingerprint)
    by_hash = shelf.catalogue.near_hashes(seen.fingerprint, calibration().match_within_bits)
    alike = [
        *shelf.catalogue.same_pixels(seen.fingerprint),
        *(key for key, _ in by_hash[:CLOSELY_BY_HASH]),
        *(list(shelf.entries)[:1] if why else []),
    ]
    rough = {EntryId(one.key): one.rough for one in listed}
    found = {key: look_closely(shelf, key, seen, rough.get(key)) for key in dict.fromkeys(alike)}
    for role in EntryRole:
        failures = tried = 0
        for key in (one for one in rough if shelf.entries[one].role is role and one not in found):
            if failures == CLOSELY or tried == AT_MOST:
                break
            found[key] = match = look_closely(shelf, key, seen, rough[key])
            tried += 1
            failures += match is None or not match.comparison.verdict.is_copy
    return tuple(match for match in found.values() if match is not None)


def look_closely(shelf: Shelf, key: EntryId, seen: Seen, rough: RoughFit | None) -> Match | None:
    """One entry compared in full; None if it is not live, or was forgotten meanwhile."""
    entry = shelf.entries.get(key)
    known = None if entry is None else shelf.open(key)
    if entry is None or known is None:
        return None
    return Match(entry=entry, comparison=compare(known, seen, rough=rough))


def shortlist(shelf: Shelf, seen: Fingerprint) -> tuple[Candidate, ...]:
    """The live entries that a picture may be made from, likeliest first."""
    return tuple(
        one
        for one in shelf.catalogue.shortlist(seen)
        if one.agreeing >= MIN_AGREEING and EntryId(one.key) in shelf.entries
    )


def search_quickly(shelf: Shelf, seen: Seen) -> tuple[Match, ...]:
    """Digests and PDQ alone: `identical` or `hash_match`; or else one `needs_full`, which says
    nothing either way.
    """
    alike = shelf.catalogue.same_pixels(seen.fingerprint)
    near = shelf.catalogue.near_hashes(seen.fingerprint, calibration().match_within_bits)
    distances = dict(near)
    found = {key: identical(seen, distances.get(key)) for key in alike}
    found |= {key: compare_hashes(bits) for key, bits in near if key not in found}
    matches = [
        Match(entry=shelf.entries[key], comparison=comparison)
        for key, comparison in found.items()
        if key in shelf.entries
    ]
    return tuple(matches) or tuple(unsure(shelf.entries.values()))


def unsure(entries: Iterable[Entry]) -> list[Match]:
    """One `needs_full` that stands for all."""
    return [Match(entry=entry, comparison=needs_full()) for entry in list(entries)[:1]]
