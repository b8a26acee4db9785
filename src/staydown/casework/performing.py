"""Performing what decisions left to be done: at least once, and twice is as good as once.

What is slow is computed first; then one transaction checks that it is still wanted, writes it, and
strikes it off.
"""

from dataclasses import dataclass, replace

from staydown.audit.entries import EntryAdded, EntryConfirmed, Fact
from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.casework.areas import unpack_areas
from staydown.casework.changes import RememberCopy
from staydown.casework.consequences import Occasion
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.decisions import expire
from staydown.casework.dossiers import Dossier
from staydown.casework.people import SYSTEM
from staydown.casework.ports import EntryBank, Journal, Outbox, Store, Vault
from staydown.casework.recording import AREAS, open_found
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.engine.comparison import compare
from staydown.engine.darkroom import Darkroom
from staydown.engine.pictures import Picture
from staydown.engine.subjects import Known, know, look_at
from staydown.engine.verdict import AreaMap
from staydown.errors import KeyGone, NotFound
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import Parcel


@dataclass(frozen=True, slots=True, kw_only=True)
class Performing:
    """Performs effects and ends holds. Only `jobs` calls it."""

    store: Store
    vault: Vault
    journal: Journal
    bank: EntryBank
    outbox: Outbox
    clock: Clock
    rules: Rules
    darkroom: Darkroom
    randomness: Randomness = system_randomness

    def due(self) -> tuple[int, ...]:
        """Numbers of the effects to perform now, oldest first."""
        return tuple(self.outbox.due(self.clock.now()))

    def perform(self, number: int) -> None:
        """Perform one effect and strike it off, in one transaction.

        What is not wanted any more is struck off only.
        """
        effect = self.outbox.effect(number)
        if effect is None:
            return
        try:
            parcel = self.bank.pack(effect.entry, self._know(effect))
        except (KeyGone, NotFound):  # taken back or withdrawn meanwhile: nothing to be remembered
            parcel = None
        with self.store.atomically():
            if parcel and self.outbox.effect(number):
                self._remember(effect, parcel)
            self.outbox.done(number)

    def postpone(self, number: int) -> None:
        """An effect did not succeed: it is due again later, the later the oftener it failed."""
        with self.store.atomically():
            self.outbox.failed(number, at=self.clock.now())

    def end_holds(self) -> int:
        """Let the platform show again what nobody decided in time. Returns how many there were."""
        overdue = self.store.overdue(self.clock.now())
        return sum(self._end_hold(copy) for copy in overdue)

    def _end_hold(self, overdue: FoundCopy) -> bool:
        with self.store.atomically():
            dossier = self.store.to_decide(overdue.case)
            now, copy = self.clock.now(), dossier.copy(overdue.id)
            if copy.state is not CopyState.HELD or not copy.held_until or copy.held_until > now:
                return False  # decided, or confirmed, since we looked
            occasion = Occasion(by=SYSTEM, at=now, rules=self.rules, randomness=self.randomness)
            self.store.record(expire(dossier, copy.id, occasion))
        return True

    def _know(self, effect: RememberCopy) -> Known:
        """What to keep of the decided picture: of a removed one, what was altered.

        Raises KeyGone or NotFound if it is not there any more.
        """
        dossier = self.store.dossier(self.store.case_of_copy(effect.copy))
        copy = dossier.copy(effect.copy)
        picture = open_found(self.vault, self.darkroom, copy.picture)
        if effect.role is EntryRole.NEGATIVE:
            return know(picture)
        return know(picture, altered_only=self._altered(dossier, copy, picture))

    def _altered(self, dossier: Dossier, copy: FoundCopy, picture: Picture) -> AreaMap | None:
        """What was altered, seen from an original of the case; None where none is shown in it."""
        if dossier.role_of(copy.entry) is EntryRole.ORIGINAL:
            return self._sealed_areas(copy)
        seen = look_at(picture)
        originals = (
            self.bank.open(entry.id)
            for entry in dossier.entries
            if entry.role is EntryRole.ORIGINAL
        )
        found = (compare(original, seen) for original in originals if original is not None)
        return next((one.areas for one in found if one.verdict.is_copy), None)

    def _sealed_areas(self, copy: FoundCopy) -> AreaMap | None:
        try:
            return unpack_areas(self.vault.open(copy.picture, AREAS))
        except NotFound:
            return None

    def _remember(self, effect: RememberCopy, parcel: Parcel) -> None:
        """Add the entry, unless the decision was taken back or the entry is there already."""
        dossier = self.store.dossier(self.store.case_of_copy(effect.copy))
        copy = dossier.copy(effect.copy)
        if not is_wanted(effect, copy, dossier):
            return
        entry = self._new_entry(effect, copy)
        self.bank.keep(entry, parcel)
        self._log(EntryAdded(entry=entry.id, role=entry.role, case=copy.case), entry)
        if effect.is_confirmed:
            self._log(EntryConfirmed(entry=entry.id), entry)
            after = replace(dossier, entries=(*dossier.entries, entry))
            if not after.has_picture(copy):  # otherwise it waits for the second person's look
                self.vault.forget(copy.picture)

    def _new_entry(self, effect: RememberCopy, copy: FoundCopy) -> Entry:
        is_negative = effect.role is EntryRole.NEGATIVE
        return Entry(
            id=effect.entry,
            role=effect.role,
            source=EntrySource.DECISION,
            status=EntryStatus.CONFIRMED if effect.is_confirmed else EntryStatus.UNREVIEWED,
            name=None,
            case=copy.case,
            added_at=self.clock.now(),
            added_by=effect.by,
            expires_at=None,
            against=copy.entry if is_negative else None,
        )

    def _log(self, fact: Fact, entry: Entry) -> None:
        self.journal.append(fact, by=entry.added_by, at=entry.added_at)


DECIDED = {EntryRole.REMOVED: CopyState.REMOVED, EntryRole.NEGATIVE: CopyState.RELEASED}
"""How a copy was decided of which an entry of that role is made."""


def is_wanted(effect: RememberCopy, copy: FoundCopy, dossier: Dossier) -> bool:
    """Whether the decision that `effect` follows from stands, and nobody performed it before.

    A known false match of an entry that is forgotten is of no use to anybody.
    """
    stands = copy.state is DECIDED[effect.role] and copy.remembered_as == effect.entry
    is_there = dossier.role_of(effect.entry) is not None
    has_use = effect.role is not EntryRole.NEGATIVE or dossier.role_of(copy.entry) is not None
    return stands and has_use and not is_there and not dossier.case.is_closed
