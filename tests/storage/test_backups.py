"""Backups come back whole, on either database, or not at all."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection

from staydown.assembly.rotating import rotate
from staydown.audit.keeping import BackupMade, BackupRestored
from staydown.casework.copies import CopyMove
from staydown.casework.people import Role
from staydown.clock import SetClock
from staydown.errors import BadRequest, NotAllowed, SealBroken
from staydown.sealing.key_file import make_key_file, read_key_file
from staydown.sealing.masters import next_path
from staydown.settings import Settings
from staydown.storage.dumping import Backup, kept_models, one_moment
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import AuditRow, DataKeyRow, SealedRow, User
from staydown.storage.rewrapping import Rewrapping
from tests.casework.making import AGREED
from tests.shortcuts import file_quickly, hold_quickly, screen_quickly
from tests.stories import STATEMENT

NOTHING: frozenset[str] = frozenset()


@pytest.fixture
def full(house: House) -> House:
    """A decided case, an undecided one, people and a key."""
    receipt, held = hold_quickly(house)
    assert held.copy
    kim = new_reviewer(house)
    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason="bricks", by=kim
    )
    file_quickly(house)
    house.keys.make("forum", frozenset())
    return house


@pytest.fixture
def backup(full: House, tmp_path: Path) -> Backup:
    return full.backups.back_up(tmp_path / "backup")


@pytest.fixture
def lose_all(settings: Settings, clock: SetClock) -> Callable[[], House]:
    """An empty database with the same keys: a new machine, and the copies of them."""

    def lose() -> House:
        call_command("flush", verbosity=0, interactive=False)
        return reopen(settings, clock)

    return lose


def everything() -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table that a backup keeps."""
    return {
        model.__name__: [
            tuple(bytes(value) if isinstance(value, memoryview) else value for value in row)
            for row in model._default_manager.order_by("pk").values_list()
        ]
        for model in kept_models()
    }


def test_what_comes_back_is_what_was_there(
    full: House, backup: Backup, lose_all: Callable[[], House]
) -> None:
    full.people.add("later", Role.REVIEWER)  # after the backup
    AuditRow.objects.filter(number__gt=backup.head.length).delete()
    User.objects.filter(name="later").delete()
    before = everything()
    keys = [*DataKeyRow.objects.order_by("subject").values_list("subject", flat=True)]

    restored = lose_all().backups.restore(backup.data, None, NOTHING)

    after = everything()
    assert restored.head == backup.head
    assert restored.opened == len(before["SealedRow"]) > 5
    last = json.loads(str(after["AuditRow"].pop()[4]))
    assert last == {"fact": "BackupRestored", "head": backup.head.digest}
    for table in before:
        if table != "AuditHeadRow":
            assert after[table] == before[table], table
    assert [*DataKeyRow.objects.order_by("subject").values_list("subject", flat=True)] == keys
    assert restored.rows == sum(map(len, before.values()))


def test_what_came_back_goes_on(
    full: House, backup: Backup, lose_all: Callable[[], House], clock: SetClock
) -> None:
    house = lose_all()
    house.backups.restore(backup.data, None, NOTHING)
    house = lose_nothing(house, clock)

    again = screen_quickly(house, "post/9", quality=70)
    new = file_quickly(house)

    assert again.copy
    assert house.journal.verify().length > backup.head.length + 1
    dossier = house.reviewing.store.dossier(new.case)
    assert house.reviewing.store.notice(dossier.case.notice).statement == STATEMENT
    facts = [entry.fact for entry in house.journal.entries()]
    assert BackupRestored(head=backup.head.digest) in facts


def lose_nothing(house: House, clock: SetClock) -> House:
    """Another process of the same installation."""
    return reopen(house.settings, clock)


def test_that_one_was_made_is_in_the_chain(full: House, backup: Backup) -> None:
    *_, last = full.journal.entries()
    assert last.fact == BackupMade(head=backup.head.digest)


def test_neither_file_has_anything_to_read_or_a_key_that_opens(full: House, backup: Backup) -> None:
    written = backup.data.read_bytes() + backup.keys.read_bytes()
    master = read_key_file(full.settings.key_file)

    assert STATEMENT.encode() not in written
    assert b"bricks" not in written
    assert master.secret.hex().encode() not in written
    assert b'"wrapped"' not in backup.data.read_bytes()
    assert {path.stat().st_mode & 0o777 for path in (backup.data, backup.keys)} == {0o600}
    assert sorted(path.name for path in backup.data.parent.iterdir()) == [
        backup.data.name,
        "keys.jsonl",
    ]


def flip(path: Path, at: float) -> None:
    data = bytearray(path.read_bytes())
    data[int(len(data) * at)] ^= 1
    path.write_bytes(data)


def drop_line(path: Path, number: int) -> None:
    lines = path.read_bytes().splitlines(keepends=True)
    del lines[number]
    path.write_bytes(b"".join(lines))


DAMAGES: dict[str, Callable[[Backup], object]] = {
    "a byte of the data": lambda b: flip(b.data, 0.5),
    "a byte near its end": lambda b: flip(b.data, 0.99),
    "the data, cut off": lambda b: b.data.write_bytes(b.data.read_bytes()[:-200]),
    "the last line of the data": lambda b: drop_line(b.data, -1),
    "a row of the data": lambda b: drop_line(b.data, 3),
    "a key": lambda b: drop_line(b.keys, 2),
    "the last line of the keys": lambda b: drop_line(b.keys, -1),
    "a byte of the keys": lambda b: flip(b.keys, 0.5),
    "the keys, empty": lambda b: b.keys.write_bytes(b""),
    "the data, of another kind": lambda b: b.data.write_bytes(b.keys.read_bytes()),
}


@pytest.mark.parametrize("what", DAMAGES)
def test_what_was_damaged_is_refused_and_leaves_nothing_behind(
    what: str, backup: Backup, lose_all: Callable[[], House]
) -> None:
    DAMAGES[what](backup)
    house = lose_all()

    with pytest.raises((SealBroken, BadRequest)):
        house.backups.restore(backup.data, None, NOTHING)

    assert {name for name, rows in everything().items() if rows} == set()
    assert not DataKeyRow.objects.exists()


def test_another_master_key_restores_nothing(
    backup: Backup, settings: Settings, clock: SetClock, lose_all: Callable[[], House]
) -> None:
    lose_all()
    settings.key_file.unlink()
    make_key_file(settings.key_file)

    with pytest.raises(SealBroken):
        reopen(settings, clock).backups.restore(backup.data, None, NOTHING)


def test_nothing_is_restored_over_what_is_there(full: House, backup: Backup) -> None:
    before = everything()

    with pytest.raises(NotAllowed, match="the database is not empty"):
        full.backups.restore(backup.data, None, NOTHING)

    assert everything() == before


def test_keys_that_are_older_than_the_data_are_refused(
    full: House, tmp_path: Path, clock: SetClock, lose_all: Callable[[], House]
) -> None:
    old = full.backups.back_up_keys(tmp_path / "old")
    wait(clock, hours=1)
    file_quickly(full)
    newer = full.backups.back_up(tmp_path / "newer")

    with pytest.raises(BadRequest, match="is older than the data"):
        lose_all().backups.restore(newer.data, old, NOTHING)


def test_old_data_come_back_with_newer_keys_also_after_the_master_key_was_rotated(
    full: House, backup: Backup, clock: SetClock, lose_all: Callable[[], House]
) -> None:
    rotate(full.settings.key_file, full.backups.vault.masters, clock=clock)
    wait(clock, hours=1)
    full.backups.back_up_keys(backup.keys.parent)

    restored = lose_all().backups.restore(backup.data, None, NOTHING)

    assert restored.opened == SealedRow.objects.count() > 5


def test_two_backups_at_different_times_share_one_file_of_keys(
    full: House, backup: Backup, clock: SetClock
) -> None:
    wait(clock, hours=1)
    second = full.backups.back_up(backup.data.parent)

    assert second.data != backup.data
    assert second.keys == backup.keys


def test_it_is_of_one_moment_and_whoever_writes_meanwhile_does_not_wait(
    full: House, settings: Settings, clock: SetClock
) -> None:
    before = full.checkpoints.journal.head()
    with one_moment():
        assert full.checkpoints.journal.head() == before

        def write() -> None:
            reopen(settings, clock).people.add("meanwhile", Role.REVIEWER)
            connection.close()

        writer = Thread(target=write)
        writer.start()
        writer.join(timeout=10)

        assert not writer.is_alive()
        assert full.checkpoints.journal.head() == before
        assert not User.objects.filter(name="meanwhile").exists()
    assert full.checkpoints.journal.head().length == before.length + 1


def test_none_is_made_of_keys_that_two_master_keys_wrap(
    full: House, tmp_path: Path, clock: SetClock
) -> None:
    masters = full.backups.vault.masters
    new = make_key_file(next_path(full.settings.key_file))
    rewrapping = Rewrapping(masters=masters, by=new, journal=DatabaseJournal(), clock=clock)
    next(rewrapping.run())

    with pytest.raises(BadRequest, match="the master key is being exchanged"):
        full.backups.back_up(tmp_path / "backup")
    with pytest.raises(BadRequest, match="the master key is being exchanged"):
        full.backups.back_up_keys(tmp_path / "backup")


def test_a_folder_that_cannot_be_made_is_said(full: House, tmp_path: Path) -> None:
    (tmp_path / "file").touch()

    with pytest.raises(BadRequest, match="cannot be made"):
        full.backups.back_up(tmp_path / "file" / "backup")


def test_every_table_is_kept_or_left_out_for_a_reason() -> None:
    """A new table is kept unless somebody decides otherwise."""
    ours = {model.__name__ for model in apps.get_app_config("storage").get_models()}
    kept = {model.__name__ for model in kept_models()}

    assert ours - kept == {
        "DataKeyRow", "ErasureRow", "MasterRow", "OneTimeLink", "TombstoneRow", "TryRow",
    }  # fmt: skip


def test_a_backup_of_other_tables_is_refused(
    full: House,
    backup: Backup,
    lose_all: Callable[[], House],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    house = lose_all()
    monkeypatch.setattr("staydown.storage.loading.tables_of_now", lambda: "9999_later")

    with pytest.raises(BadRequest, match="was made by another version"):
        house.backups.restore(backup.data, None, NOTHING)
    assert replace(backup) == backup
