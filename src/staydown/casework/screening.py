"""Screening one upload: looking, acting by the table, and recording before answering.

What is published leaves no trace here, no record, no picture, no fingerprint: unless an entry would
have held it, and had held its share already.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from staydown.bank.entries import Entry
from staydown.bank.search import Match, search
from staydown.bank.shelf import Bank
from staydown.casework.access import require_scope
from staydown.casework.actions import act_on
from staydown.casework.asking import Asked, strictest
from staydown.casework.commands import CommandKind
from staydown.casework.consequences import Occasion, order, quarantine
from staydown.casework.copies import CopyState, FoundCopy, Marks
from staydown.casework.decisions import Decision
from staydown.casework.outcomes import Circumstances, Outcome, Why
from staydown.casework.people import SYSTEM, Platform, Scope
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.recording import Ahead, Recording
from staydown.casework.rules import Action, Rules
from staydown.casework.uploads import Sighting, Upload, check_refs
from staydown.clock import Clock
from staydown.digests import Digest
from staydown.engine.comparison import why_not_comparable
from staydown.engine.darkroom import Darkroom
from staydown.engine.subjects import Seen
from staydown.engine.verdict import Verdict
from staydown.ids import CaseId, CopyId, EntryId, Randomness, system_randomness

NEVER = datetime.max.replace(tzinfo=UTC)

STANDING = {
    CopyState.HELD: Action.HOLD,
    CopyState.BLOCKED: Action.BLOCK,
    CopyState.REMOVED: Action.BLOCK,
    CopyState.RELEASED: Action.PUBLISH,
    CopyState.EXPIRED: Action.PUBLISH,
    CopyState.UNHELD: Action.PUBLISH,
}
"""What the platform is to do with a found copy as it stands."""

_STRICTNESS = list(Action)

type Matches = Sequence[Match]
type Before = tuple[FoundCopy, ...]
"""The copies made of the same upload before, at most one in each case."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The answer to the platform.

    `case` and `copy` name what was recorded, if anything was.
    """

    action: Action
    verdict: Verdict
    case: CaseId | None = None
    copy: CopyId | None = None
    held_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screening:
    """Answers platforms."""

    store: Store
    vault: Vault
    journal: Journal
    bank: Bank
    clock: Clock
    rules: Rules
    darkroom: Darkroom
    randomness: Randomness = system_randomness

    def screen(self, upload: Upload, *, by: Platform) -> Screened:
        """Screen one upload; the same reference with the same bytes gets the same copy again.

        What is stopped stays so until somebody decides, or its time is over. Everything else is
        compared anew: what is known has changed meanwhile. Raises NotSignedIn, BadRequest for a
        missing reference, BadPicture.
        """
        require_scope(by, Scope.SCREEN)
        check_refs(upload)
        if standing := _standing(self.store.copies_marked(self._mark(upload))):
            return standing
        looked_at, shelf = self.darkroom.look_at(upload.data), self.bank.shelf()
        return self.answer(upload, [(seen, search(shelf, seen)) for seen in looked_at])

    def answer(self, upload: Upload, found: Sequence[tuple[Seen, Matches]]) -> Screened:
        """Act on what was found in each view, and record what there is to record before saying
        so.
        """
        sightings = [self._sighting(upload, seen, matches) for seen, matches in found]
        before = tuple(self.store.copies_marked(self._mark(upload)))
        asked = self._act(sightings, before)
        if not any(one.outcome.is_recorded for one in asked):
            return _tell(asked, before)
        ahead = self._recording.seal_ahead(asked, before)
        with self.store.atomically():
            return self._stop(upload, sightings, ahead)

    def _sighting(self, upload: Upload, seen: Seen, matches: Matches) -> Sighting:
        pixels = self.vault.mark(b"pixels\0" + seen.picture.pixel_digest.encode())
        marks = Marks(upload=self._mark(upload), pixels=pixels)
        return Sighting(upload=upload, seen=seen, marks=marks, matches=matches)

    def _stop(self, upload: Upload, sightings: Sequence[Sighting], ahead: Ahead) -> Screened:
        """Act again, now that others wait for us."""
        current = self._current(sightings)
        before = tuple(self.store.copies_marked(self._mark(upload)))
        if standing := _standing(before):  # the same upload, a moment ago
            return standing
        asked = self._act(current, before)
        left = [self._recording.record(one, before, ahead) for one in asked]
        self._quarantine(asked)
        copies = [copy for copy in left if copy]
        if upload.is_public:
            self._have_hidden(copies)
        return _tell(asked, copies)

    def _quarantine(self, asked: Sequence[Asked]) -> None:
        """Write down which entries hold nothing any more, so that a reviewer looks at them."""
        for one in asked:
            match, case = one.outcome.match, one.outcome.case
            if one.outcome.why is not Why.QUARANTINED or match is None or case is None:
                continue
            dossier = self.store.dossier(case)
            follows = quarantine(dossier.entry(match.entry.id), case)
            self.store.record(
                Decision(case=dossier.case, occasion=self._occasion(), follows=follows)
            )

    def _occasion(self) -> Occasion:
        return Occasion(
            by=SYSTEM, at=self.clock.now(), rules=self.rules, randomness=self.randomness
        )

    def _have_hidden(self, copies: Sequence[FoundCopy]) -> None:
        """Ask the platform to hide what is stopped: once, however many cases stop it."""
        stopped = [copy for copy in copies if copy.is_stopped]
        if not stopped:
            return
        copy = max(stopped, key=_severity)
        case = self.store.dossier(copy.case).case
        occasion = self._occasion()
        follows = order(CommandKind.HIDE, copy, occasion)
        self.store.record(Decision(case=case, occasion=occasion, follows=follows))

    def _act(self, sightings: Sequence[Sighting], before: Before) -> tuple[Asked, ...]:
        return strictest(
            [
                Asked(sighting=sighting, outcome=outcome)
                for sighting in sightings
                for outcome in self._act_on(sighting, before)
            ]
        )

    def _act_on(self, sighting: Sighting, before: Before) -> tuple[Outcome, ...]:
        entries = {match.entry.id for match in sighting.matches}
        pixels = sighting.marks.pixels
        circumstances = Circumstances(
            at=self.clock.now(),
            tallies={entry: self.store.tally(entry, pixels) for entry in entries},
            before=before,
            cannot_tell=why_not_comparable(sighting.seen.fingerprint),
        )
        return act_on(sighting.matches, self.rules, circumstances)

    def _current(self, sightings: Sequence[Sighting]) -> list[Sighting]:
        """The matches with their entries as they are now, and their cases locked in one order."""
        matches = [match for sighting in sightings for match in sighting.matches]
        cases = sorted({match.entry.case for match in matches if match.entry.case})
        now = {entry.id: entry for case in cases for entry in self.store.dossier(case).entries}
        return [replace(one, matches=_renewed(one.matches, now)) for one in sightings]

    def _mark(self, upload: Upload) -> Digest:
        return self.vault.mark(upload.content_ref.encode(), b"\0", upload.data)

    @property
    def _recording(self) -> Recording:
        return Recording(
            store=self.store,
            vault=self.vault,
            journal=self.journal,
            clock=self.clock,
            randomness=self.randomness,
        )


def _standing(copies: Sequence[FoundCopy]) -> Screened | None:
    """The strictest answer that stands; None where nothing stops the upload: it is looked at."""
    stopped = [copy for copy in copies if copy.is_stopped]
    return _again(max(stopped, key=_severity)) if stopped else None


def _severity(copy: FoundCopy) -> tuple[int, datetime]:
    return _STRICTNESS.index(STANDING[copy.state]), copy.held_until or NEVER


def _renewed(matches: Matches, now: Mapping[EntryId, Entry]) -> Matches:
    return tuple(
        Match(entry=now.get(match.entry.id, match.entry), comparison=match.comparison)
        for match in matches
        if match.entry.id in now or match.entry.case is None
    )


def _tell(asked: Sequence[Asked], copies: Sequence[FoundCopy]) -> Screened:
    """The first outcome, by the copy that its case has of the upload, if it has one."""
    first = asked[0].outcome
    for copy in copies:
        if copy.case == first.case:
            return _again(copy)
    return Screened(action=first.action, verdict=first.verdict)


def _again(copy: FoundCopy) -> Screened:
    return Screened(
        action=STANDING[copy.state],
        verdict=copy.resemblance.verdict,
        case=copy.case,
        copy=copy.id,
        held_until=copy.held_until if copy.state is CopyState.HELD else None,
    )
