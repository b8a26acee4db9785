"""One case with everything that a decision about it has to know, read at one moment.

It holds no words of the notifier and no pictures: those are sealed, and opened only for whoever may
see them.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from staydown.bank.entries import Entry, EntryRole, EntryStatus
from staydown.casework.cases import Case, State
from staydown.casework.copies import CopyState, FoundCopy
from staydown.errors import NotFound
from staydown.ids import CopyId, EntryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Dossier:
    """A case, its found copies as they were found, and its entries that are not forgotten.

    `stopped_elsewhere` are the platform's names of contents of these copies that another case
    stops too: read only for a decision, which must not show again what another case hides.
    `is_asked` says whether the platform was asked to take something down in this case and has not
    said yet that it did.
    """

    case: Case
    copies: tuple[FoundCopy, ...] = ()
    entries: tuple[Entry, ...] = ()
    stopped_elsewhere: frozenset[str] = frozenset()
    is_asked: bool = False

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

    def filed_against(self, entry_id: EntryId) -> tuple[Entry, ...]:
        """The known false matches of an entry of this case."""
        return tuple(entry for entry in self.entries if entry.against == entry_id)

    def waiting_to_be_filed_against(self, gone: Collection[EntryId]) -> list[EntryId]:
        """Known false matches of these entries that jobs have not made yet."""
        return [
            copy.remembered_as
            for copy in self.copies
            if copy.entry in gone and copy.state is CopyState.RELEASED and copy.remembered_as
        ]

    @property
    def is_watched(self) -> bool:
        """Whether doctored copies can be recognised: an original came, and may be kept."""
        return self.case.keeps_photo and any(
            entry.role is EntryRole.ORIGINAL for entry in self.entries
        )

    def may_decide(self, copy: FoundCopy) -> bool:
        """Whether somebody here may still decide about it: not once it was sent elsewhere.

        What nobody had decided then is nobody's to decide here after the notice was taken back
        either.
        """
        is_left = copy.is_undecided or copy.state is CopyState.BLOCKED
        is_over = self.case.is_closed and is_left
        return self.case.state is not State.SENT_ELSEWHERE and not is_over

    @property
    def has_undecided(self) -> bool:
        """Whether a found copy still waits for a reviewer."""
        return any(copy.is_undecided for copy in self.copies)

    def is_stopped_besides(self, copy: FoundCopy) -> bool:
        """Whether something else than `copy`, here or in another case, stops the same content."""
        return copy.content_ref in self.stopped_elsewhere or any(
            other.is_stopped and other.content_ref == copy.content_ref
            for other in self.copies
            if other.id != copy.id
        )

    def has_picture(self, copy: FoundCopy) -> bool:
        """Whether somebody still has to look at the picture of `copy`, and so it is kept."""
        return not self.case.is_closed and any(
            self._waits_to_be_seen(other) for other in self.copies if other.picture == copy.picture
        )

    def _waits_to_be_seen(self, copy: FoundCopy) -> bool:
        """By a reviewer who decides, or by the second person who confirms an entry made of it."""
        if copy.is_undecided or copy.state is CopyState.BLOCKED:
            return True
        if copy.remembered_as is None:
            return False
        made = (entry.status for entry in self.entries if entry.id == copy.remembered_as)
        return next(made, EntryStatus.UNREVIEWED) is not EntryStatus.CONFIRMED

    def holding(self, *changed: FoundCopy) -> "Dossier":
        """The dossier with these copies changed."""
        after = {copy.id: copy for copy in changed}
        return replace(self, copies=tuple(after.get(copy.id, copy) for copy in self.copies))

    def confirming(self, entry_id: EntryId) -> "Dossier":
        """The dossier once somebody vouched for that entry."""
        confirmed = (
            replace(entry, status=EntryStatus.CONFIRMED) if entry.id == entry_id else entry
            for entry in self.entries
        )
        return replace(self, entries=tuple(confirmed))

    def without(self, forgotten: Iterable[EntryId]) -> "Dossier":
        """The dossier once these entries are forgotten, and no copy names them."""
        gone = frozenset(forgotten)
        return replace(
            self,
            entries=tuple(entry for entry in self.entries if entry.id not in gone),
            copies=tuple(
                copy.remembered(None) if copy.remembered_as in gone else copy
                for copy in self.copies
            ),
        )
