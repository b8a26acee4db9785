"""What takes long is sealed before a transaction begins: others wait for the writing only."""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

import pytest
from django.db import connection

from staydown.casework.copies import CopyMove
from staydown.jobs.draining import drain
from staydown.sealing.envelope import Parcel
from staydown.storage.bank import DatabaseBank
from staydown.storage.models import SealedRow
from staydown.storage.vault import DatabaseVault
from tests.casework.making import AGREED
from tests.records import records_of
from tests.shortcuts import hold_quickly
from tests.stories import file_notice


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedVault(DatabaseVault):
    """Notes of each parcel whether a transaction was open, and of whom."""

    packed: list[tuple[str, bool]] = field(default_factory=list)

    def pack(self, subject: str, things: Mapping[str, bytes]) -> Parcel:
        self.packed.append((subject.partition("_")[0], connection.in_atomic_block))
        return DatabaseVault.pack(self, subject, things)


@pytest.fixture
def vault(house: House) -> WatchedVault:
    assert isinstance(house.bank, DatabaseBank)
    return WatchedVault(masters=house.bank.vault.masters)


@pytest.fixture
def watched(house: House, vault: WatchedVault) -> House:
    bank = DatabaseBank(vault=vault, clock=house.clock)
    return replace(
        house,
        bank=bank,
        filing=replace(house.filing, vault=vault, bank=bank),
        screening=replace(house.screening, vault=vault, bank=bank),
        performing=replace(house.performing, bank=bank),
    )


def test_a_notices_originals_and_entries(watched: House, vault: WatchedVault) -> None:
    file_notice(watched)

    assert vault.packed == [("case", False), ("entry", False)]


def test_a_found_copy(watched: House, vault: WatchedVault) -> None:
    hold_quickly(watched)

    assert vault.packed == [("entry", False), ("copy", False)]
    assert SealedRow.objects.filter(name__in=("picture", "areas")).count() == 2


def test_what_is_remembered(watched: House, vault: WatchedVault) -> None:
    receipt, held = hold_quickly(watched)
    assert held.copy
    watched.reviewing.decide_copy(
        receipt.case,
        held.copy,
        CopyMove.REMOVE,
        findings=AGREED,
        reason="bricks",
        by=new_reviewer(watched),
    )

    drain(watched)

    assert vault.packed[-1] == ("entry", False)
    assert len(records_of(watched.bank)) == 2
