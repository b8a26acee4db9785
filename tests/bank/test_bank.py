"""One contract for every bank: matchable at once, sealed, expiring, and forgotten for good."""

from datetime import timedelta

import numpy as np
import pytest

from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.shelf import Bank, pack_known, unpack_known
from staydown.clock import SetClock
from staydown.engine.subjects import Known
from staydown.errors import NotAllowed, NotFound, SealBroken
from staydown.ids import ActorId, EntryId
from tests.engine.making import known
from tests.records import records_of
from tests.timed import MORNING


def entry(identity: str = "entry_a", **changes: object) -> Entry:
    """An entry from the command line; a known false match, since it belongs to no case."""
    fields: dict[str, object] = {
        "id": EntryId(identity),
        "role": EntryRole.NEGATIVE,
        "source": EntrySource.COMMAND_LINE,
        "status": EntryStatus.CONFIRMED,
        "added_at": MORNING,
        "added_by": ActorId("tests"),
    }
    return Entry(**{**fields, **changes})  # type: ignore[arg-type]  # the fields of Entry, by name


def test_an_entry_is_there_as_soon_as_it_was_added(bank: Bank) -> None:
    bank.add(entry(), known())

    (record,) = records_of(bank)
    assert record.entry == entry()
    assert same(record.known, known())


def same(one: Known, other: Known) -> bool:
    """Whether two are alike, arrays and all."""
    assert one.proxy is not None
    assert other.proxy is not None
    return (
        one.fingerprint.pdq == other.fingerprint.pdq
        and np.array_equal(one.fingerprint.features.points, other.fingerprint.features.points)
        and np.array_equal(one.proxy.open().pixels, other.proxy.open().pixels)
    )


def test_an_id_is_never_used_twice(bank: Bank) -> None:
    bank.add(entry(), known())

    with pytest.raises(NotAllowed):
        bank.add(entry(), known())


def test_a_forgotten_entry_matches_nothing_and_its_id_stays_taken(bank: Bank) -> None:
    bank.add(entry(), known())
    bank.add(entry("entry_b"), known())

    bank.forget(EntryId("entry_a"))

    assert [record.entry.id for record in records_of(bank)] == ["entry_b"]
    with pytest.raises(NotAllowed):
        bank.add(entry(), known())


def test_forgetting_twice_is_the_same_as_once(bank: Bank) -> None:
    bank.add(entry(), known())
    bank.forget(EntryId("entry_a"))

    bank.forget(EntryId("entry_a"))

    assert list(records_of(bank)) == []


def test_what_was_never_there_cannot_be_forgotten(bank: Bank) -> None:
    with pytest.raises(NotFound):
        bank.forget(EntryId("entry_z"))


def test_an_entry_ends_when_it_expires(bank: Bank, clock: SetClock) -> None:
    bank.add(entry(expires_at=MORNING + timedelta(hours=1)), known())
    assert len(records_of(bank)) == 1

    clock.shows = MORNING + timedelta(hours=1)

    assert list(records_of(bank)) == []


def test_a_retired_entry_matches_nothing(bank: Bank) -> None:
    bank.add(entry(status=EntryStatus.RETIRED), known())

    assert list(records_of(bank)) == []


@pytest.mark.parametrize("cut", [0, 3, 100, -1])
def test_a_packed_picture_that_was_cut_is_refused(cut: int) -> None:
    with pytest.raises(SealBroken):
        unpack_known(pack_known(known())[:cut])
