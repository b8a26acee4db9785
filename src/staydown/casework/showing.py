"""Showing a reviewer the pictures of a case: the original in greys, and the found one covered.

The cover hides everything that is not certainly kept from the original, so a decision needs no look
at what was altered. Nothing here takes it off (`revealing` does). That a picture was shown is in
the audit chain before it leaves; opening and painting it is done before, while nobody waits.
"""

from dataclasses import dataclass

from staydown.audit.entries import PictureViewed
from staydown.bank.entries import EntryRole
from staydown.bank.shelf import Bank
from staydown.casework.access import Permission, require_person
from staydown.casework.areas import unpack_areas
from staydown.casework.people import Viewer
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.recording import AREAS, open_found
from staydown.clock import Clock
from staydown.engine.covering import cover, drain_colour, fit_to_screen
from staydown.engine.darkroom import Darkroom
from staydown.engine.pictures import Picture, encode_jpeg
from staydown.engine.subjects import resize_map
from staydown.engine.verdict import AreaMap
from staydown.errors import KeyGone, NotFound
from staydown.ids import CaseId, CopyId, EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """Shows pictures, as whole JPEG files no larger than a screen.

    Everything that cannot be shown, or not to this viewer, is NotFound.
    """

    store: Store
    vault: Vault
    journal: Journal
    bank: Bank
    clock: Clock
    darkroom: Darkroom

    def original(self, case_id: CaseId, entry_id: EntryId, *, by: Viewer) -> bytes:
        """The registered photograph in greys, at most 800 pixels long; never a removed picture.

        Raises NotFound, also where the notifier did not let us keep it.
        """
        reviewer = require_person(by, Permission.READ_PICTURE)
        shown = encode_jpeg(drain_colour(self._proxy(entry_id)))
        with self.store.atomically():
            if self.store.dossier(case_id).role_of(entry_id) is not EntryRole.ORIGINAL:
                raise NotFound("no such picture")
            viewed = PictureViewed(case=case_id, kind="original", entry=entry_id)
            self.journal.append(viewed, by=reviewer.id, at=self.clock.now())
        return shown

    def covered(self, case_id: CaseId, copy_id: CopyId, *, by: Viewer) -> bytes:
        """The found picture in soft grey, with all that is not certainly kept painted over.

        Raises NotFound.
        """
        reviewer = require_person(by, Permission.READ_PICTURE)
        subject = self.store.dossier(case_id).copy(copy_id).picture
        picture = self._found(subject)
        shown = encode_jpeg(fit_to_screen(cover(picture, self._areas(subject, picture))))
        with self.store.atomically():
            dossier = self.store.dossier(case_id)
            copy = dossier.copy(copy_id)
            if not dossier.has_picture(copy):  # forgotten while it was painted
                raise NotFound("no such picture")
            viewed = PictureViewed(case=case_id, kind="covered", entry=copy.entry, copy=copy_id)
            self.journal.append(viewed, by=reviewer.id, at=self.clock.now())
        return shown

    def _proxy(self, entry_id: EntryId) -> Picture:
        known = self.bank.open(entry_id)
        if known is None or known.proxy is None:
            raise NotFound("no such picture")
        return known.proxy.open()

    def _areas(self, subject: CopyId, picture: Picture) -> AreaMap | None:
        """The map, or None where the engine had none: then all of the picture is covered."""
        try:
            areas = unpack_areas(self.vault.open(subject, AREAS))
        except KeyGone:
            raise NotFound("no such picture") from None
        except NotFound:
            return None
        return resize_map(areas, picture)  # large pictures were once opened at their full size

    def _found(self, subject: CopyId) -> Picture:
        try:
            return open_found(self.vault, self.darkroom, subject)
        except KeyGone:
            raise NotFound("no such picture") from None
