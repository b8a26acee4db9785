"""Performing what decisions left to be done: at least once, and twice is as good as once.

What is slow is computed first; then one transaction checks that it is still wanted, writes it, and
strikes it off.
"""

from dataclasses import dataclass

from staydown.audit.entries import EntryAdded, EntryConfirmed
from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.shelf import Bank
from staydown.casework.areas import unpack_areas
from staydown.casework.changes import RememberRemoved
from staydown.casework.consequences import Occasion
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.decisions import expire
from staydown.casework.dossiers import Dossier
from staydown.casework.people import SYSTEM
from staydown.casework.ports import Journal, Outbox, Store, Vault
from staydown.casework.rules import Rules
from staydown.clock import Clock
from staydown.engine.comparison import compare
from staydown.engine.pictures import Picture, open_picture
from staydown.engine.subjects import Known, know, look_at
from staydown.engine.verdict import AreaMap
from staydown.errors import KeyGone, NotFound
from staydown.ids import Randomness, system_randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Performing:
    """Performs effects and ends holds. Only `jobs` calls it."""

    store: Store
    vault: Vault
    journal: Journal
    bank: Bank
    outbox: Outbox
    clock: Clock
    rules: Rules
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
            known = self._know_removed(effect)
        except (KeyGone, NotFound):  # released or withdrawn meanwhile: nothing shall be remembered
            known = None
        with self.store.atomically():
            if known and self.outbox.effect(number):
                self._remember(effect, known)
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
            dossier = self.store.dossier(overdue.case)
            now, copy = self.clock.now(), dossier.copy(overdue.id)
            if copy.state is not CopyState.HELD or not copy.held_until or copy.held_until > now:
                return False  # decided, or confirmed, since we looked
            occasion = Occasion(by=SYSTEM, at=now, rules=self.rules, randomness=self.randomness)
            self.store.record(expire(dossier, copy.id, occasion))
        return True

    def _know_removed(self, effect: RememberRemoved) -> Known:
        """What to keep of the removed picture.

        Raises KeyGone or NotFound if it is not there any more.
        """
        picture = open_picture(self.vault.open(effect.copy, "picture"))
        dossier = self.store.dossier(self.store.case_of_copy(effect.copy))
        return know(
            picture, altered_only=self._altered(dossier, dossier.copy(effect.copy), picture)
        )

    def _altered(self, dossier: Dossier, copy: FoundCopy, picture: Picture) -> AreaMap | None:
        """What was altered, seen from an original of the case; None where none is shown in it."""
        if dossier.role_of(copy.entry) is EntryRole.ORIGINAL:
            return self._sealed_areas(copy)
        seen = look_at(picture)
        originals = (
            record.known
            for record in self.bank.records()
            if record.entry.case == copy.case and record.entry.role is EntryRole.ORIGINAL
        )
        found = (compare(original, seen) for original in originals)
        return next((one.areas for one in found if one.verdict.is_copy), None)

    def _sealed_areas(self, copy: FoundCopy) -> AreaMap | None:
        try:
            return unpack_areas(self.vault.open(copy.id, "areas"))
        except NotFound:
            return None

    def _remember(self, effect: RememberRemoved, known: Known) -> None:
        """Add the entry, unless the removal was taken back or the entry is there already."""
        dossier = self.store.dossier(self.store.case_of_copy(effect.copy))
        copy = dossier.copy(effect.copy)
        is_wanted = copy.state is CopyState.REMOVED and copy.remembered_as == effect.entry
        if dossier.case.is_closed or not is_wanted or dossier.role_of(effect.entry):
            return
        now = self.clock.now()
        status = EntryStatus.CONFIRMED if effect.is_confirmed else EntryStatus.UNREVIEWED
        entry = Entry(
            id=effect.entry,
            role=EntryRole.REMOVED,
            source=EntrySource.DECISION,
            status=status,
            name=None,
            case=copy.case,
            added_at=now,
            added_by=effect.by,
            expires_at=None,
        )
        self.bank.add(entry, known)
        added = EntryAdded(entry=entry.id, role=entry.role, case=copy.case)
        self.journal.append(added, by=effect.by, at=now)
        if effect.is_confirmed:
            self.journal.append(EntryConfirmed(entry=entry.id), by=effect.by, at=now)
            self.vault.forget(copy.id)  # otherwise it waits for the second person's look
