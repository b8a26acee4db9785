"""Screening one upload: looking, acting by the table, and recording before answering.

What is published leaves no trace here: no record, no picture, no fingerprint.
"""

from dataclasses import dataclass, field, replace
from datetime import datetime

from staydown.audit.entries import CopyBlocked, CopyHeld
from staydown.bank.entries import EntryRole
from staydown.bank.search import Match, search
from staydown.bank.shelf import Bank
from staydown.casework.access import require_scope
from staydown.casework.actions import Circumstances, Outcome, act_on
from staydown.casework.areas import pack_areas
from staydown.casework.cases import Case, Move
from staydown.casework.copies import CopyState, FoundCopy, resemblance
from staydown.casework.people import SYSTEM, Platform, Scope
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.rules import Action, Rules
from staydown.clock import Clock
from staydown.digests import Digest
from staydown.engine.comparison import why_not_comparable
from staydown.engine.pictures import LIMITS, Limits, open_picture
from staydown.engine.subjects import look_at
from staydown.engine.verdict import Verdict, WhyNot
from staydown.errors import BadRequest, NotAllowed
from staydown.ids import CaseId, CopyId, Randomness, new_id, system_randomness

MAX_REF = 500
STOPS = frozenset({Action.HOLD, Action.BLOCK})

STANDING = {
    CopyState.HELD: Action.HOLD,
    CopyState.BLOCKED: Action.BLOCK,
    CopyState.REMOVED: Action.BLOCK,
    CopyState.RELEASED: Action.PUBLISH,
    CopyState.EXPIRED: Action.PUBLISH,
}
"""What the same upload is answered when it comes again: what was decided about it."""

type Matches = tuple[Match, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One upload. The references are the platform's own names for the content and the account."""

    data: bytes = field(repr=False)
    content_ref: str
    account_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Screened:
    """The answer to the platform.

    `case` and `copy` name what was recorded, if the upload was stopped.
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
    limits: Limits = LIMITS
    randomness: Randomness = system_randomness

    def screen(self, upload: Upload, *, by: Platform) -> Screened:
        """Screen one upload; the same reference with the same bytes gets the same copy again.

        Raises NotSignedIn, BadRequest for a missing reference, BadPicture.
        """
        require_scope(by, Scope.SCREEN)
        check_refs(upload)
        if known := self.store.copy_marked(self._mark(upload)):
            return _again(known)
        seen = look_at(open_picture(upload.data, self.limits))
        matches = search(self.bank.records(), seen)
        return self.answer(upload, matches, cannot_tell=why_not_comparable(seen.fingerprint))

    def answer(self, upload: Upload, matches: Matches, *, cannot_tell: WhyNot | None) -> Screened:
        """Act on what was found, and record what is stopped before saying so."""
        outcome = act_on(matches, self.rules, self._circumstances(matches, cannot_tell))
        if outcome.action not in STOPS:
            return Screened(action=outcome.action, verdict=outcome.verdict)
        with self.store.atomically():
            return self._stop(upload, self._current(matches), cannot_tell)

    def _stop(self, upload: Upload, matches: Matches, cannot_tell: WhyNot | None) -> Screened:
        """Act again, now that others wait for us."""
        mark = self._mark(upload)
        if known := self.store.copy_marked(mark):  # the same upload, a moment ago
            return _again(known)
        outcome = act_on(matches, self.rules, self._circumstances(matches, cannot_tell))
        match = outcome.match
        if outcome.action not in STOPS or match is None:  # forgotten, or the cap was reached
            return Screened(action=outcome.action, verdict=outcome.verdict)
        if match.entry.case is None:  # what implements the bank here takes no such entry
            raise NotAllowed("nobody could review what is held because of an entry of no case")
        case = self.store.dossier(match.entry.case).case
        return self._record(upload, outcome, match, case, mark)

    def _mark(self, upload: Upload) -> Digest:
        return self.vault.mark(upload.content_ref.encode() + b"\0" + upload.data)

    def _current(self, matches: Matches) -> Matches:
        """The matches with their entries as they are now, and their cases locked in one order."""
        cases = sorted({match.entry.case for match in matches if match.entry.case})
        now = {entry.id: entry for case in cases for entry in self.store.dossier(case).entries}
        return tuple(
            replace(match, entry=now.get(match.entry.id, match.entry))
            for match in matches
            if match.entry.id in now or match.entry.case is None
        )

    def _circumstances(self, matches: Matches, cannot_tell: WhyNot | None) -> Circumstances:
        entries = {match.entry.id for match in matches}
        return Circumstances(
            at=self.clock.now(),
            held={entry: self.store.count_held(entry) for entry in entries},
            cannot_tell=cannot_tell,
        )

    def _record(
        self, upload: Upload, outcome: Outcome, match: Match, case: Case, mark: Digest
    ) -> Screened:
        is_blocked = outcome.action is Action.BLOCK
        copy = FoundCopy(
            id=CopyId(new_id("copy", self.randomness)),
            case=case.id,
            content_ref=upload.content_ref,
            account_ref=upload.account_ref,
            entry=match.entry.id,
            resemblance=resemblance(match.comparison),
            state=CopyState.BLOCKED if is_blocked else CopyState.HELD,
            found_at=self.clock.now(),
            held_until=outcome.held_until,
        )
        after = case if is_blocked else case.after(Move.FIND)
        self.store.keep_copy(copy, after, mark=mark)
        self.vault.put(copy.id, "picture", upload.data)
        if match.comparison.areas is not None and match.entry.role is EntryRole.ORIGINAL:
            # against a removed picture, `kept` would mean the very region that is to be covered
            self.vault.put(copy.id, "areas", pack_areas(match.comparison.areas))
        stopped = CopyBlocked if is_blocked else CopyHeld
        fact = stopped(case=case.id, copy=copy.id, entry=copy.entry)
        self.journal.append(fact, by=SYSTEM, at=copy.found_at)
        return _again(copy)


def check_refs(upload: Upload) -> None:
    """Raises BadRequest unless the references are short, printable and there."""
    if not upload.content_ref.strip():
        raise BadRequest("content_ref: give your own name for this content")
    for name, value in (("content_ref", upload.content_ref), ("account_ref", upload.account_ref)):
        if value and (len(value) > MAX_REF or not value.isprintable()):
            raise BadRequest(f"{name}: at most {MAX_REF} printable characters")


def _again(copy: FoundCopy) -> Screened:
    return Screened(
        action=STANDING[copy.state],
        verdict=copy.resemblance.verdict,
        case=copy.case,
        copy=copy.id,
        held_until=copy.held_until if copy.state is CopyState.HELD else None,
    )
