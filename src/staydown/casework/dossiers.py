"""One case with everything that a decision about it has to know, read at one moment.

It holds no words of the notifier and no pictures: those are sealed, and opened only for whoever may
see them.
"""

from dataclasses import dataclass

from staydown.bank.entries import Entry, EntryRole
from staydown.casework.cases import Case
from staydown.casework.copies import FoundCopy
from staydown.errors import NotFound
from staydown.ids import CopyId, EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A case, its found copies as they were found, and its entries that are not forgotten."""

    case: Case
    copies: tuple[FoundCopy, ...] = ()
    entries: tuple[Entry, ...] = ()

    def copy(self, copy_id: CopyId) -> FoundCopy:
        """The found copy of that name. Raises NotFound."""
        for copy in self.copies:
            if copy.id == copy_id:
                return copy
        raise NotFound("no such copy")

    def entry(self, entry_id: EntryId) -> Entry:
        """The entry of that name. Raises NotFound, also once it was forgotten."""
        for entry in self.entries:
            if entry.id == entry_id:
                return entry
        raise NotFound("no such entry")

    def role_of(self, entry_id: EntryId) -> EntryRole | None:
        """The role of an entry of this case, or None if it is forgotten."""
        return next((entry.role for entry in self.entries if entry.id == entry_id), None)

    @property
    def is_watched(self) -> bool:
        """Whether doctored copies can be recognised: an original came, and may be kept."""
        return self.case.keeps_photo and any(
            entry.role is EntryRole.ORIGINAL for entry in self.entries
        )

    @property
    def has_undecided(self) -> bool:
        """Whether a found copy still waits for a reviewer."""
        return any(copy.is_undecided for copy in self.copies)

    def holding(self, changed: FoundCopy) -> "Dossier":
        """The dossier with one copy changed."""
        copies = tuple(changed if copy.id == changed.id else copy for copy in self.copies)
        return Dossier(case=self.case, copies=copies, entries=self.entries)
