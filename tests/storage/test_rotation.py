"""The master key is exchanged: afterwards the old one opens nothing, and nothing was lost."""

from tests.timed import House, reopen  # isort: skip -- sets Django up

from collections.abc import Callable

import pytest
from django.db import connection

from staydown.assembly.master_key import find_masters
from staydown.assembly.rotating import Rotated, rotate
from staydown.audit.keeping import MasterKeyRotated
from staydown.clock import SetClock
from staydown.errors import KeyGone, Misconfigured, SealBroken
from staydown.sealing.envelope import MasterKey
from staydown.sealing.key_file import make_key_file, read_key_file
from staydown.sealing.masters import Masters, next_path, one_master
from staydown.settings import Settings
from staydown.storage.bank import DatabaseBank
from staydown.storage.models import DataKeyRow
from staydown.storage.vault import DatabaseVault, unwrap_row, wrap_anew
from tests.shortcuts import hold_quickly, screen_quickly
from tests.storage.test_at_rest import on_disk
from tests.stories import STATEMENT


@pytest.fixture
def old(house: House) -> MasterKey:
    return read_key_file(house.settings.key_file)


@pytest.fixture
def exchange(house: House, settings: Settings, clock: SetClock) -> Callable[[], Rotated]:
    """Rotate, as a process of its own would."""
    return lambda: rotate(settings.key_file, find_masters(settings.key_file), clock=clock)


def vault_of(house: House) -> DatabaseVault:
    bank = house.bank
    assert isinstance(bank, DatabaseBank)
    return bank.vault


def opened_by(key: MasterKey) -> list[str]:
    """Subjects whose data key it opens."""
    opened = []
    for row in DataKeyRow.objects.filter(wrapped__isnull=False):
        try:
            unwrap_row(row, one_master(key))
        except SealBroken:
            continue
        opened.append(row.subject)
    return sorted(opened)


def test_afterwards_the_old_key_opens_nothing_and_the_new_one_all(
    house: House, old: MasterKey, exchange: Callable[[], Rotated], settings: Settings
) -> None:
    receipt, _ = hold_quickly(house)
    wrapped = [bytes(row.wrapped or b"") for row in DataKeyRow.objects.all()]
    everything = opened_by(old)
    assert len(everything) == len(wrapped) == 4  # marks, the notice, the entry, the found copy

    rotated = exchange()

    new = read_key_file(settings.key_file)
    assert (rotated.rewrapped, opened_by(old), opened_by(new)) == (4, [], everything)
    if connection.vendor == "sqlite":
        assert [key for key in wrapped if key in on_disk()] == []
    assert read_key_file(rotated.retired) == old
    assert not next_path(settings.key_file).exists()
    [fact] = [e.fact for e in house.journal.entries() if isinstance(e.fact, MasterKeyRotated)]
    assert fact == MasterKeyRotated()
    assert (
        house.reviewing.store.notice(
            house.reviewing.store.dossier(receipt.case).case.notice
        ).statement
        == STATEMENT
    )


def test_a_server_that_runs_on_reads_and_keeps_as_if_nothing_were(
    house: House, old: MasterKey, exchange: Callable[[], Rotated]
) -> None:
    """It knows the old key only, until it meets what that does not open."""
    hold_quickly(house)

    exchange()
    again = screen_quickly(house, "post/2", quality=70)

    assert again.copy
    assert opened_by(old) == []
    assert vault_of(house).open(again.copy, "picture")


def test_what_was_sealed_before_and_is_kept_after_is_wrapped_by_the_new_key(
    house: House, old: MasterKey, exchange: Callable[[], Rotated]
) -> None:
    vault = vault_of(house)
    vault.mark(b"something is sealed")
    parcel = vault.pack("notice_late", {"words": b"sealed while the old key was the one"})

    exchange()
    vault.keep(parcel)

    assert opened_by(old) == []
    assert vault.open("notice_late", "words") == b"sealed while the old key was the one"


@pytest.mark.parametrize("done", [0, 1, 2, 5, 6])
def test_ended_anywhere_both_keys_are_there_and_it_goes_on(
    house: House,
    old: MasterKey,
    exchange: Callable[[], Rotated],
    settings: Settings,
    clock: SetClock,
    monkeypatch: pytest.MonkeyPatch,
    done: int,
) -> None:
    monkeypatch.setattr("staydown.storage.rewrapping.BATCH", 1)
    hold_quickly(house)
    everything = opened_by(old)
    batches = 0

    def wrap_or_end(row: DataKeyRow, masters: Masters, by: MasterKey) -> bool:
        nonlocal batches
        batches += 1
        if batches > done:
            raise KeyboardInterrupt
        return wrap_anew(row, masters, by)

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("staydown.storage.rewrapping.wrap_anew", wrap_or_end)
        exchange()
    assert len(opened_by(old)) == len(everything) - min(done, 4)
    meanwhile = reopen(settings, clock)
    assert screen_quickly(meanwhile, "post/2", quality=70).copy

    exchange()

    assert opened_by(old) == []
    assert len(opened_by(read_key_file(settings.key_file))) == 5
    rotations = [e for e in house.journal.entries() if isinstance(e.fact, MasterKeyRotated)]
    assert len(rotations) == 1


def test_killed_before_the_new_key_takes_its_place_it_says_nothing_twice(
    house: House,
    old: MasterKey,
    exchange: Callable[[], Rotated],
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hold_quickly(house)

    def fall(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("staydown.assembly.rotating.make_durable", fall)
        exchange()
    assert read_key_file(settings.key_file) == old
    coming = read_key_file(next_path(settings.key_file))

    assert exchange().rewrapped == 0

    assert read_key_file(settings.key_file) == coming
    facts = [entry.fact for entry in house.journal.entries()]
    assert facts.count(MasterKeyRotated()) == 1


def test_what_was_forgotten_is_wrapped_by_no_key(
    house: House, exchange: Callable[[], Rotated], settings: Settings
) -> None:
    vault = vault_of(house)
    vault.put("notice_1", "words", b"taken back")
    vault.forget("notice_1")

    exchange()

    assert opened_by(read_key_file(settings.key_file)) == []
    with pytest.raises(KeyGone):
        vault.open("notice_1", "words")


def test_it_can_be_exchanged_again_and_again(
    house: House, exchange: Callable[[], Rotated], settings: Settings
) -> None:
    hold_quickly(house)

    retired = {exchange().retired for _ in range(3)}

    assert len(retired) == 3
    assert len(opened_by(read_key_file(settings.key_file))) == 4
    assert [opened_by(read_key_file(path)) for path in retired] == [[], [], []]


def test_the_old_key_put_back_is_refused(
    house: House, exchange: Callable[[], Rotated], settings: Settings, clock: SetClock
) -> None:
    hold_quickly(house)
    exchange().retired.replace(settings.key_file)

    with pytest.raises(Misconfigured, match="is not the key that sealed this database"):
        reopen(settings, clock)


def test_what_no_key_opens_ends_it_before_anything_is_lost(
    house: House, old: MasterKey, exchange: Callable[[], Rotated], settings: Settings
) -> None:
    hold_quickly(house)
    stranger = make_key_file(settings.key_file.with_name("stranger"))
    row = DataKeyRow.objects.order_by("subject").last()
    assert row
    row.wrapped = stranger.wrap(stranger.new_data_key(), context="elsewhere").sealed
    row.save()

    with pytest.raises(SealBroken):
        exchange()

    assert read_key_file(settings.key_file) == old
    assert next_path(settings.key_file).exists()
