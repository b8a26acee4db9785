"""Keeping what was found: a copy in each case that it concerns, its picture sealed before writing.

The picture is kept once for the same pixels and entry. What came past an entry's cap is kept small:
enough for a reviewer, and too little to fill a disk. What is published for any other reason leaves
nothing here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from staydown.audit.entries import CopyBlocked, CopyHeld, CopyUnheld, Fact
from staydown.bank.entries import EntryRole
from staydown.bank.search import Match
from staydown.casework.actions import STOPS
from staydown.casework.areas import pack_areas
from staydown.casework.asking import Asked
from staydown.casework.cases import Case, Move
from staydown.casework.copies import CopyState, FoundCopy, resemblance
from staydown.casework.outcomes import Outcome
from staydown.casework.people import SYSTEM
from staydown.casework.ports import Journal, Store, Vault
from staydown.casework.rules import Action
from staydown.casework.uploads import Sighting
from staydown.clock import Clock
from staydown.engine.darkroom import Darkroom
from staydown.engine.pictures import Picture, encode_jpeg
from staydown.engine.subjects import resize_map, shrink_to_proxy
from staydown.engine.views import FIRST, read_view
from staydown.errors import NotAllowed, NotFound
from staydown.ids import CaseId, CopyId, Randomness, new_id
from staydown.sealing.envelope import Parcel

PICTURE, AREAS, VIEW = "picture", "areas", "view"
"""What is sealed of a found copy. The view is named where the file has others."""

type Ahead = Mapping[CaseId, Parcel]
"""What was sealed before the transaction began, by the case that it is for."""


def open_found(vault: Vault, darkroom: Darkroom, subject: CopyId) -> Picture:
    """The sealed picture of a found copy, in the view that was found.

    Raises NotFound, KeyGone once it was forgotten, BadPicture.
    """
    data = vault.open(subject, PICTURE)
    try:
        view = read_view(vault.open(subject, VIEW).decode("ascii", "replace"))
    except NotFound:
        view = FIRST
    return darkroom.open(data, view)


@dataclass(frozen=True, slots=True, kw_only=True)
class Recording:
    """Keeps found copies."""

    store: Store
    vault: Vault
    journal: Journal
    clock: Clock
    randomness: Randomness

    def seal_ahead(self, asked: Sequence[Asked], before: Sequence[FoundCopy]) -> Ahead:
        """Seal what these outcomes will want to be kept; writes nothing."""
        hidden = {copy.case for copy in before if copy.is_let_go}  # their picture is there
        return {
            one.outcome.case: self._seal(one.sighting, one.outcome, one.outcome.match)
            for one in asked
            if one.outcome.is_recorded and one.outcome.match
            if one.outcome.case and one.outcome.case not in hidden
            if not self.store.picture_kept(one.outcome.match.entry.id, one.sighting.marks.pixels)
        }

    def record(self, asked: Asked, before: Sequence[FoundCopy], ahead: Ahead) -> FoundCopy | None:
        """The copy that what was asked leaves in its case, in the transaction that is open.

        One that the case let go before is hidden again, rather than kept twice. None where there
        is nothing to keep.
        """
        sighting, outcome = asked.sighting, asked.outcome
        earlier = next((copy for copy in before if copy.case == outcome.case), None)
        if not outcome.is_recorded or outcome.match is None:
            return earlier
        if outcome.case is None:  # what implements the bank here takes no such entry
            raise NotAllowed("nobody could review what is held because of an entry of no case")
        case = self.store.dossier(outcome.case).case
        if earlier and earlier.is_let_go:
            return self._hide(earlier, outcome, outcome.match, case)
        return self._keep(sighting, outcome, outcome.match, case, ahead)

    def _hide(self, earlier: FoundCopy, outcome: Outcome, match: Match, case: Case) -> FoundCopy:
        hidden = earlier.hidden(until=outcome.held_until)
        self.store.change_copy(hidden, case.after(Move.FIND))
        self._log(CopyHeld(case=case.id, copy=hidden.id, entry=match.entry.id))
        return hidden

    def _keep(
        self, sighting: Sighting, outcome: Outcome, match: Match, case: Case, ahead: Ahead
    ) -> FoundCopy:
        kept = self.store.picture_kept(match.entry.id, sighting.marks.pixels)
        parcel = None
        if kept is None:
            # sealed by now, unless another upload, or a decision, came between looking and locking
            parcel = ahead.get(case.id) or self._seal(sighting, outcome, match)
            self.vault.keep(parcel)
        id = CopyId(parcel.subject) if parcel else self._new_copy_id()
        copy = FoundCopy(
            id=id,
            case=case.id,
            content_ref=sighting.upload.content_ref,
            account_ref=sighting.upload.account_ref,
            entry=match.entry.id,
            resemblance=resemblance(match.comparison),
            state=STATES[outcome.action],
            found_at=self.clock.now(),
            held_until=outcome.held_until,
            picture=kept or id,
        )
        is_blocked = copy.state is CopyState.BLOCKED
        after = case if is_blocked else case.after(Move.FIND)
        self.store.keep_copy(copy, after, marks=sighting.marks)
        self._log(_fact(copy))
        return copy

    def _seal(self, sighting: Sighting, outcome: Outcome, match: Match) -> Parcel:
        """The picture, and the map of it where one may be used to cover it.

        Against a removed picture `kept` would mean the very region that is to be covered.
        """
        areas = match.comparison.areas if match.entry.role is EntryRole.ORIGINAL else None
        things = {PICTURE: sighting.upload.data}
        if outcome.action not in STOPS:
            small = shrink_to_proxy(sighting.seen.picture)
            things[PICTURE] = encode_jpeg(small.pixels)
            areas = None if areas is None else resize_map(areas, small)
        elif sighting.seen.picture.view != FIRST:
            things[VIEW] = str(sighting.seen.picture.view).encode()
        if areas is not None:
            things[AREAS] = pack_areas(areas)
        return self.vault.pack(self._new_copy_id(), things)

    def _new_copy_id(self) -> CopyId:
        return CopyId(new_id("copy", self.randomness))

    def _log(self, fact: Fact) -> None:
        self.journal.append(fact, by=SYSTEM, at=self.clock.now())


STATES: Mapping[Action, CopyState] = MappingProxyType(
    {
        Action.HOLD: CopyState.HELD,
        Action.BLOCK: CopyState.BLOCKED,
        Action.PUBLISH: CopyState.UNHELD,
    }
)
"""What a fresh copy is, by what happened to the upload."""

type _Fact = type[CopyHeld] | type[CopyBlocked] | type[CopyUnheld]

_FACTS: Mapping[CopyState, _Fact] = MappingProxyType(
    {
        CopyState.HELD: CopyHeld,
        CopyState.BLOCKED: CopyBlocked,
        CopyState.UNHELD: CopyUnheld,
    }
)


def _fact(copy: FoundCopy) -> Fact:
    return _FACTS[copy.state](case=copy.case, copy=copy.id, entry=copy.entry)
