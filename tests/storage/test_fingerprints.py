"""A notice with a fingerprint and no picture: plain copies, and nobody's photograph silenced."""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

from dataclasses import replace

import pytest

from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.commands import CommandKind
from staydown.casework.filing import Receipt
from staydown.casework.rules import Action
from staydown.engine.pdq import DihedralHashes, hash_pixels, read_hash
from staydown.engine.pictures import open_picture
from staydown.engine.verdict import Verdict
from staydown.errors import BadNotice
from tests.photographs import doctored, original, unrelated
from tests.records import records_of
from tests.shortcuts import FORM
from tests.stories import PLATFORM, screen


def pdq_of(data: bytes) -> str:
    found = hash_pixels(open_picture(data).pixels)
    assert isinstance(found, DihedralHashes)
    return str(found.upright)


def file(house: House, *fingerprints: str) -> Receipt:
    form = replace(FORM, fingerprints=fingerprints, locations=())
    receipt = house.filing.file(form, ())
    assert isinstance(receipt, Receipt)
    return receipt


def test_it_holds_nothing_until_a_reviewer_confirmed_it(house: House) -> None:
    """Else whoever has a photograph of somebody could have every post of it held."""
    file(house, pdq_of(original()))

    assert screen(house, original()).action is Action.PUBLISH
    [record] = records_of(house.bank)
    assert (record.entry.role, record.entry.status) == (EntryRole.LISTED, EntryStatus.QUARANTINED)


def test_once_confirmed_plain_copies_are_hidden_and_held_and_nothing_else(house: House) -> None:
    file(house, pdq_of(doctored()))
    screen(house, doctored(), "post/1")
    [record] = records_of(house.bank)

    house.reviewing.confirm_entry(record.entry.id, by=new_reviewer(house))

    again = screen(house, doctored(70), "post/2")
    assert (again.action, again.verdict) == (Action.HOLD, Verdict.HASH_MATCH)
    assert screen(house, unrelated(), "post/3").action is Action.PUBLISH
    assert [one.kind for one in house.commands.open(PLATFORM)] == [CommandKind.HIDE]


def test_a_reviewer_is_asked_at_once(house: House) -> None:
    receipt = file(house, pdq_of(doctored()))

    [line] = house.cases.queue(new_reviewer(house))

    assert (line.case, line.is_quarantined) == (receipt.case, True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("ab", "64 hexadecimal characters"),
        ("zz" * 32, "hexadecimal"),
        ("00" * 32, "so few or so many ones"),
        ("ff" * 32, "so few or so many ones"),
        ("f0" * 33, "64 hexadecimal characters"),
    ],
)
def test_what_is_no_fingerprint_is_named(house: House, text: str, said: str) -> None:
    with pytest.raises(BadNotice, match=f"fingerprints: number 2: .*{said}"):
        file(house, pdq_of(doctored()), text)


def test_at_most_so_many(house: House) -> None:
    with pytest.raises(BadNotice, match="fingerprints: at most 10 at once"):
        file(house, *["f0" * 32] * 11)


def test_a_fingerprint_is_read_as_it_is_written() -> None:
    found = hash_pixels(open_picture(original()).pixels)
    assert isinstance(found, DihedralHashes)

    assert read_hash(f" {str(found.upright).upper()} ").bits == found.upright.bits
