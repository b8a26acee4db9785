"""The search of a shelf answers as comparing with each of its entries would."""

from dataclasses import dataclass

import pytest

from staydown.bank.catalogue import Catalogue
from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.search import search
from staydown.bank.shelf import Shelf
from staydown.cli.story.doctoring import crop, mirror, page_around, turn
from staydown.cli.story.photographs import ALLOWED
from staydown.engine.comparison import compare
from staydown.engine.sketches import sketch
from staydown.engine.subjects import Known, look_at
from staydown.engine.verdict import Verdict
from staydown.ids import ActorId, EntryId
from tests.bank.conftest import MORNING
from tests.engine.making import Edit, found, known, patch_over, photo

NAMES = tuple(name for name in ALLOWED if name not in {"motorcycle, a step aside", "gravel"})


@dataclass(frozen=True)
class Held:
    """Known pictures by entry, as a bank holds them."""

    known: dict[EntryId, Known]

    def shelf(self) -> Shelf:
        catalogue = Catalogue()
        catalogue.add({key: sketch(one.fingerprint) for key, one in self.known.items()})
        entries = {key: entry(key) for key in self.known}
        return Shelf(entries=entries, catalogue=catalogue, open=self.known.get)


def entry(key: EntryId) -> Entry:
    return Entry(
        id=key,
        role=EntryRole.ORIGINAL,
        source=EntrySource.COMMAND_LINE,
        status=EntryStatus.CONFIRMED,
        added_at=MORNING,
        added_by=ActorId("test"),
    )


def all_of_them() -> Held:
    return Held(known={EntryId(name): known(name) for name in NAMES})


EDITS: dict[str, Edit] = {
    "as it is": lambda p: p,
    "mirrored": mirror,
    "turned": lambda p: turn(p, 9),
    "cropped": lambda p: crop(p, keep=0.6),
    "in a page": page_around,
    "a third replaced": lambda p: patch_over(p, photo("gravel"))[0],
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("name", ["motorcycle", "temple", "cat"])
def test_it_says_what_comparing_with_each_says(name: str, edit: str) -> None:
    held = all_of_them()
    seen = look_at(found(EDITS[edit](photo(name))))

    slowly = {key: compare(one, seen).verdict for key, one in held.known.items()}
    quickly = {match.entry.id: match.comparison.verdict for match in search(held.shelf(), seen)}

    assert copies(quickly) == copies(slowly)


def copies(said: dict[EntryId, Verdict]) -> dict[EntryId, Verdict]:
    return {key: verdict for key, verdict in said.items() if verdict.is_copy}


def test_an_entry_that_was_forgotten_meanwhile_is_left_out() -> None:
    shelf = all_of_them().shelf()
    gone = Shelf(entries=shelf.entries, catalogue=shelf.catalogue, open=lambda key: None)

    assert search(gone, look_at(found(photo()))) == ()


def test_one_answer_stands_for_all_where_nothing_can_be_told() -> None:
    [match] = search(all_of_them().shelf(), look_at(found(photo()[:30, :30])))

    assert match.comparison.verdict is Verdict.CANNOT_TELL
