"""Showing a reviewer the pictures of a case: the original, and the found one covered.

The cover hides everything that is not certainly kept from the original, so a decision needs no look
at what was altered. Taking it off needs a reason, and is in the audit chain.
"""

from dataclasses import dataclass

from staydown.audit.entries import PictureUncovered
from staydown.bank.entries import EntryRole
from staydown.bank.shelf import Bank
from staydown.casework.access import require_reviewer
from staydown.casework.areas import unpack_areas
from staydown.casework.people import Viewer
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.reasons import give_reason
from staydown.clock import Clock
from staydown.engine.covering import cover
from staydown.engine.pictures import Picture, encode_png, open_picture
from staydown.engine.verdict import AreaMap
from staydown.errors import KeyGone, NotFound
from staydown.ids import CaseId, CopyId, EntryId, Randomness, system_randomness


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """Shows pictures, as whole PNG files.

    Everything that cannot be shown, or not to this viewer, is NotFound.
    """

    store: Store
    vault: Vault
    journal: Journal
    bank: Bank
    clock: Clock
    randomness: Randomness = system_randomness

    def original(self, case_id: CaseId, entry_id: EntryId, *, by: Viewer) -> bytes:
        """The registered photograph, at most 800 pixels long, and never a removed picture.

        Raises NotFound.
        """
        require_reviewer(by)
        for record in self.bank.records():
            entry, proxy = record.entry, record.known.proxy
            is_it = (entry.id, entry.case, entry.role) == (entry_id, case_id, EntryRole.ORIGINAL)
            if is_it and proxy:
                return encode_png(proxy.pixels)
        raise NotFound("no such picture")

    def covered(self, case_id: CaseId, copy_id: CopyId, *, by: Viewer) -> bytes:
        """The found picture in soft grey, with all that is not certainly kept painted over.

        Raises NotFound.
        """
        require_reviewer(by)
        self.store.dossier(case_id).copy(copy_id)
        return encode_png(cover(self._picture(copy_id), self._areas(copy_id)))

    def uncovered(self, case_id: CaseId, copy_id: CopyId, *, reason: str, by: Viewer) -> bytes:
        """The found picture as it is, for a reason that is kept. Raises NotFound, BadRequest."""
        reviewer = require_reviewer(by)
        why = give_reason(reason, self.randomness)
        with self.store.atomically():
            self.store.dossier(case_id).copy(copy_id)
            picture = self._picture(copy_id)
            at = self.clock.now()
            self.store.keep_reason(case_id, copy_id, why, by=reviewer.id, at=at)
            fact = PictureUncovered(case=case_id, copy=copy_id, reason=why.commitment)
            self.journal.append(fact, by=reviewer.id, at=at)
        return encode_png(picture.pixels)

    def _picture(self, copy_id: CopyId) -> Picture:
        return open_picture(self._sealed(copy_id, "picture"))

    def _areas(self, copy_id: CopyId) -> AreaMap | None:
        """The map, or None where the engine had none: then all of the picture is covered."""
        try:
            return unpack_areas(self.vault.open(copy_id, "areas"))
        except NotFound:
            return None

    def _sealed(self, copy_id: CopyId, name: str) -> bytes:
        try:
            return self.vault.open(copy_id, name)
        except KeyGone:
            raise NotFound("no such picture") from None
