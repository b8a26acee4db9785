"""The bank in a database: found at once, forgotten at once, in every process, and never again."""

from tests.timed import MORNING, House, reopen, wait  # isort: skip -- sets Django up

from datetime import timedelta
from functools import partial

import pytest

from staydown.bank.entries import EntryRole, EntryStatus
from staydown.clock import SetClock
from staydown.errors import KeyGone, NotAllowed, NotFound
from staydown.ids import EntryId
from staydown.storage.bank import DatabaseBank
from staydown.storage.models import EntryRow, SealedRow
from tests.casework.making import entry
from tests.records import records_of
from tests.shortcuts import known_cat

ONE, TWO = EntryId("entry_one"), EntryId("entry_two")


@pytest.fixture
def bank(house: House) -> DatabaseBank:
    assert isinstance(house.bank, DatabaseBank)
    return house.bank


apart = partial(entry, EntryRole.NEGATIVE, case=None)
"""An entry that belongs to no case: it stops nothing."""


def names(bank: DatabaseBank) -> list[EntryId]:
    return [record.entry.id for record in records_of(bank)]


def test_what_was_added_comes_back_whole(bank: DatabaseBank) -> None:
    added = apart(id=ONE, against=TWO)
    bank.add(added, known_cat())

    [record] = records_of(bank)

    assert record.entry == added
    assert record.known.fingerprint.pixel_digest == known_cat().fingerprint.pixel_digest


def test_an_id_is_never_used_twice_even_after_forgetting(bank: DatabaseBank) -> None:
    bank.add(apart(id=ONE), known_cat())
    bank.forget(ONE)

    with pytest.raises(NotAllowed):
        bank.add(apart(id=ONE), known_cat())
    assert names(bank) == []


def test_what_was_never_added_cannot_be_forgotten(bank: DatabaseBank) -> None:
    with pytest.raises(NotFound):
        bank.forget(ONE)


def test_forgetting_destroys_the_key_and_leaves_a_tombstone(bank: DatabaseBank) -> None:
    bank.add(apart(id=ONE), known_cat())
    bank.add(apart(id=TWO), known_cat())

    bank.forget(ONE)
    bank.forget(ONE)

    assert names(bank) == [TWO]
    with pytest.raises(KeyGone):
        bank.vault.open(ONE, "known")
    assert EntryRow.objects.get(id=ONE).is_forgotten


def test_every_process_sees_what_another_added_confirmed_and_forgot(
    house: House, bank: DatabaseBank, clock: SetClock
) -> None:
    elsewhere = reopen(house.settings, clock).bank
    assert [record.entry.id for record in records_of(elsewhere)] == []

    bank.add(apart(id=ONE), known_cat())
    assert [record.entry.id for record in records_of(elsewhere)] == [ONE]

    bank.forget(ONE)
    assert [record.entry.id for record in records_of(elsewhere)] == []


def test_an_entry_matches_until_it_expires(bank: DatabaseBank, clock: SetClock) -> None:
    bank.add(apart(id=ONE, expires_at=MORNING + timedelta(days=1)), known_cat())
    wait(clock, hours=23.9)
    assert names(bank) == [ONE]

    wait(clock, hours=0.1)

    assert names(bank) == []


def test_a_retired_entry_matches_nothing(bank: DatabaseBank) -> None:
    bank.add(apart(status=EntryStatus.RETIRED, id=ONE), known_cat())

    assert names(bank) == []


def test_what_did_not_change_is_not_unsealed_again(bank: DatabaseBank) -> None:
    bank.add(apart(id=ONE), known_cat())
    assert bank.shelf().catalogue.entries == {ONE}
    SealedRow.objects.filter(key_id=ONE).delete()  # nothing is left to unseal

    bank.add(apart(id=TWO), known_cat())

    assert bank.shelf().catalogue.entries == {ONE, TWO}


@pytest.mark.parametrize("role", sorted(set(EntryRole) - {EntryRole.NEGATIVE}))
def test_an_entry_that_could_stop_what_nobody_can_review_is_refused(
    bank: DatabaseBank, role: EntryRole
) -> None:
    with pytest.raises(NotAllowed, match="uploads that nobody can review"):
        bank.add(entry(role, id=ONE, case=None), known_cat())

    assert names(bank) == []
