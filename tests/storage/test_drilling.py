"""The loss of the master key is rehearsed, on a copy, and nothing is changed by it."""

from tests.timed import House  # isort: skip -- sets Django up

import sqlite3
from pathlib import Path

import pytest
from django.db import connection

from staydown.assembly.drilling import drill
from staydown.sealing.key_file import make_key_file, read_key_file
from staydown.storage.models import SealedRow
from tests.storage.test_backups import everything
from tests.storage.test_backups import full as full
from tests.timed import DATABASE


@pytest.fixture
def stranger(tmp_path: Path) -> Path:
    make_key_file(tmp_path / "stranger.key")
    return tmp_path / "stranger.key"


def test_the_loss_of_the_key_is_rehearsed_and_a_copy_of_it_tried(
    full: House, stranger: Path
) -> None:
    vault, clock = full.backups.vault, full.clock

    without = drill(vault, clock, None)
    right = drill(vault, clock, read_key_file(full.settings.key_file))
    wrong = drill(vault, clock, read_key_file(stranger))

    things = SealedRow.objects.count()
    assert sum(loss.things for loss in without) == things
    assert {loss.opened for loss in (*without, *wrong)} == {0}
    assert [loss.opened for loss in right] == [loss.things for loss in right]
    assert [(loss.kind, loss.subjects) for loss in without] == [
        ("words of notices, and reasons", 2),
        ("entries of the bank: what copies are recognised by", 2),
        ("pictures that were found", 1),
    ]


def test_the_database_on_the_disk_is_not_touched_by_a_drill(full: House) -> None:
    before = everything()

    drill(full.backups.vault, full.clock, None)

    assert everything() == before
    if connection.vendor == "sqlite":
        with sqlite3.connect(DATABASE) as database:
            assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
