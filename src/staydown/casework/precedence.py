"""Which match goes before which: the original, a known false match, a reviewer's release.

Each of them lets an upload by that an entry would stop, so each is a way past the person shown, and
says whose word is enough for it.
"""

from collections.abc import Sequence

from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.bank.search import Match
from staydown.casework.copies import UNALTERED, CopyState
from staydown.casework.outcomes import Circumstances
from staydown.engine.verdict import Verdict

WHOLE = frozenset({Verdict.IDENTICAL, Verdict.NEAR_COPY})
"""Verdicts on copies of a whole picture."""


def is_the_original(match: Match) -> bool:
    """Whether the upload is an unaltered copy of a registered photograph, or of part of one."""
    is_original = match.entry.role is EntryRole.ORIGINAL
    return is_original and match.comparison.verdict in UNALTERED


def outranks(original: Match, other: Entry) -> bool:
    """Whether an unaltered copy of `original` publishes although `other` would stop it.

    Only where the photograph accounts for the whole upload: set beside a removed picture, or into
    it, it does not cover for that. Within one case always. Across cases only a whole copy of a
    photograph that a reviewer confirmed: else whoever made a doctored picture could register it as
    their own photograph, and so publish it past the person shown.
    """
    if not original.comparison.explains_found:
        return False
    if original.entry.case is not None and original.entry.case == other.case:
        return True
    is_whole = original.comparison.verdict in WHOLE
    return is_whole and original.entry.status is EntryStatus.CONFIRMED


def without_false_matches(matches: Sequence[Match]) -> list[Match]:
    """Without known false matches, and without the entries that this very picture is filed against.

    Two people filed it. It has to be a whole copy of the known picture, with nothing beside it:
    whoever had one picture set apart must not get a crop of it by, or another picture next to it.
    And what two people removed is never suppressed: for that the removal has to be taken back.
    """
    suppressed = {match.entry.against for match in matches if _is_known_false(match)}
    return [
        match
        for match in matches
        if match.entry.role is not EntryRole.NEGATIVE
        and (match.entry.id not in suppressed or is_what_two_removed(match))
    ]


def _is_known_false(match: Match) -> bool:
    return (
        match.entry.role is EntryRole.NEGATIVE
        and match.entry.status is EntryStatus.CONFIRMED
        and match.comparison.verdict in WHOLE
        and match.comparison.explains_found
    )


def is_what_two_removed(match: Match) -> bool:
    """Whether the upload shows, unaltered, what two people removed."""
    is_removed = match.entry.role is EntryRole.REMOVED
    is_confirmed = match.entry.status is EntryStatus.CONFIRMED
    return is_removed and is_confirmed and match.comparison.verdict in UNALTERED


def was_released(match: Match, circumstances: Circumstances) -> bool:
    """Whether a reviewer of that case released this very upload, and nothing newer says otherwise.

    They answered for their case, and for no other. What two people removed in it later is newer;
    the entry that the upload was released from is not.
    """
    released = circumstances.earlier(match.entry.case, CopyState.RELEASED)
    if released is None:
        return False
    return match.entry.id == released.entry or not is_what_two_removed(match)
