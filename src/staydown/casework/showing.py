"""Showing a reviewer the pictures of a case: the original, and the found one covered.

The cover hides everything that is not certainly kept from the original, so a decision needs no look
at what was altered. Nothing here takes it off. That a picture was shown is in the audit chain
before it leaves.
"""

from dataclasses import dataclass

from staydown.audit.entries import PictureViewed
from staydown.bank.entries import EntryRole
from staydown.bank.shelf import Bank
from staydown.casework.access import require_reviewer
from staydown.casework.areas import unpack_areas
from staydown.casework.people import Viewer
from staydown.casework.ports import Journal, Store, Vault
from staydown.clock import Clock
from staydown.engine.covering import cover
from staydown.engine.pictures import Picture, encode_png, open_picture
from staydown.errors import KeyGone, NotFound
from staydown.ids import CaseId, CopyId, EntryId


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

    def original(self, case_id: CaseId, entry_id: EntryId, *, by: Viewer) -> bytes:
        """The registered photograph, at most 800 pixels long, and never a removed picture.

        Raises NotFound, also where the notifier did not let us keep it.
        """
        reviewer = require_reviewer(by)
        proxy = self._proxy(entry_id)
        with self.store.atomically():
            if self.store.dossier(case_id).role_of(entry_id) is not EntryRole.ORIGINAL:
                raise NotFound("no such picture")
            viewed = PictureViewed(case=case_id, kind="original", entry=entry_id)
            self.journal.append(viewed, by=reviewer.id, at=self.clock.now())
        return encode_png(proxy.pixels)

    def covered(self, case_id: CaseId, copy_id: CopyId, *, by: Viewer) -> bytes:
        """The found picture in soft grey, with all that is not certainly kept painted over.

        Raises NotFound.
        """
        reviewer = require_reviewer(by)
        with self.store.atomically():
            copy = self.store.dossier(case_id).copy(copy_id)
            picture, areas = self._sealed(copy_id, "picture"), self._sealed_areas(copy_id)
            viewed = PictureViewed(case=case_id, kind="covered", entry=copy.entry, copy=copy_id)
            self.journal.append(viewed, by=reviewer.id, at=self.clock.now())
        map_of_areas = unpack_areas(areas) if areas else None
        return encode_png(cover(open_picture(picture), map_of_areas))

    def _proxy(self, entry_id: EntryId) -> Picture:
        for record in self.bank.records():
            if record.entry.id == entry_id and record.known.proxy:
                return record.known.proxy
        raise NotFound("no such picture")

    def _sealed_areas(self, copy_id: CopyId) -> bytes | None:
        """The packed map, or None where the engine had none: then all of the picture is covered."""
        try:
            return self.vault.open(copy_id, "areas")
        except NotFound:
            return None

    def _sealed(self, copy_id: CopyId, name: str) -> bytes:
        try:
            return self.vault.open(copy_id, name)
        except KeyGone:
            raise NotFound("no such picture") from None
