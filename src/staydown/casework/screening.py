"""Screening one upload: looking, acting by the table, and recording before answering.

What is published leaves no trace here, no record, no picture, no fingerprint: unless an entry would
have held it, and had held its share already.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from staydown.bank.search import Match, search
from staydown.bank.shelf import Bank
from staydown.casework.access import require_scope
from staydown.casework.actions import act_on
from staydown.casework.commands import CommandKind
from staydown.casework.consequences import Occasion, order
from staydown.casework.copies import CopyState, FoundCopy, Marks
from staydown.casework.decisions import Decision
from staydown.casework.outcomes import Circumstances, Outcome
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
from staydown.ids import CaseId, CopyId, Randomness, system_randomness

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
        seen = self.darkroom.look_at(upload.data)
        return self.answer(upload, seen, search(self.bank.shelf(), seen))

    def answer(self, upload: Upload, seen: Seen, matches: Matches) -> Screened:
        """Act on what was found, and record what there is to record before saying so."""
        pixels = self.vault.mark(b"pixels\0" + seen.picture.pixel_digest.encode())
        marks = Marks(upload=self._mark(upload), pixels=pixels)
        sighting = Sighting(upload=upload, seen=seen, marks=marks)
        before = tuple(self.store.copies_marked(marks.upload))
        outcomes = self._act(sighting, matches, before)
        if not any(outcome.is_recorded for outcome in outcomes):
            return _tell(outcomes, before)
        ahead = self._recording.seal_ahead(sighting, outcomes, before)
        with self.store.atomically():
            return self._stop(sighting, self._current(matches), ahead)

    def _stop(self, sighting: Sighting, matches: Matches, ahead: Ahead) -> Screened:
        """Act again, now that others wait for us."""
        before = tuple(self.store.copies_marked(sighting.marks.upload))
        if standing := _standing(before):  # the same upload, a moment ago
            return standing
        outcomes = self._act(sighting, matches, before)
        left = [self._recording.record(sighting, one, before, ahead) for one in outcomes]
        copies = [copy for copy in left if copy]
        if sighting.upload.is_public:
            self._have_hidden(copies)
        return _tell(outcomes, copies)

    def _have_hidden(self, copies: Sequence[FoundCopy]) -> None:
        """Ask the platform to hide what is stopped: once, however many cases stop it."""
        stopped = [copy for copy in copies if copy.is_stopped]
        if not stopped:
            return
        copy = max(stopped, key=_severity)
        case = self.store.dossier(copy.case).case
        occasion = Occasion(
            by=SYSTEM, at=self.clock.now(), rules=self.rules, randomness=self.randomness
        )
        follows = order(CommandKind.HIDE, copy, occasion)
        self.store.record(Decision(case=case, occasion=occasion, follows=follows))

    def _act(
        self, sighting: Sighting, matches: Matches, before: tuple[FoundCopy, ...]
    ) -> tuple[Outcome, ...]:
        entries = {match.entry.id for match in matches}
        pixels = sighting.marks.pixels
        circumstances = Circumstances(
            at=self.clock.now(),
            tallies={entry: self.store.tally(entry, pixels) for entry in entries},
            before=before,
            cannot_tell=why_not_comparable(sighting.seen.fingerprint),
        )
        return act_on(matches, self.rules, circumstances)

    def _current(self, matches: Matches) -> Matches:
        """The matches with their entries as they are now, and their cases locked in one order."""
        cases = sorted({match.entry.case for match in matches if match.entry.case})
        now = {entry.id: entry for case in cases for entry in self.store.dossier(case).entries}
        return tuple(
            Match(entry=now.get(match.entry.id, match.entry), comparison=match.comparison)
            for match in matches
            if match.entry.id in now or match.entry.case is None
        )

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


def _tell(outcomes: Sequence[Outcome], copies: Sequence[FoundCopy]) -> Screened:
    """The first outcome, by the copy that its case has of the upload, if it has one."""
    first = outcomes[0]
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
