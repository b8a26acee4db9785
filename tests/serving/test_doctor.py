"""`staydown doctor` as an operator runs it: says what is wrong, and changes nothing."""

import json
import sqlite3
from pathlib import Path

import pytest

from staydown.sandbox.locks import Lock, locks_here
from tests.serving.server import command, run, serving

pytestmark = pytest.mark.slow


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "srv" / "data"


def diagnose(data: Path) -> tuple[int, dict[str, tuple[str, str]]]:
    """The exit code; what each thing is about → how it stands, and what was seen."""
    ran = run(data, "doctor", "--json")
    told = json.loads(ran.stdout)
    assert told["is_sound"] is (ran.returncode == 0)
    return ran.returncode, {one["about"]: (one["condition"], one["seen"]) for one in told["checks"]}


def contents(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    return {str(path): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_an_installation_that_serves_is_sound(data: Path) -> None:
    with serving(data):
        code, seen = diagnose(data)

    assert [about for about, (condition, _) in seen.items() if condition == "not ok"] == []
    assert code == 0
    assert seen["kernel locks"][0] == ("ok" if locks_here() == frozenset(Lock) else "note")
    assert seen["darkroom"] == ("ok", "a locked process opens a test card")
    assert seen["database"] == ("ok", "SQLite, write-ahead, every commit on the disk")


def test_one_that_was_never_started_is_told_so_kindly_and_stays_untouched(data: Path) -> None:
    code, seen = diagnose(data)

    assert code == 1
    assert seen["installation"][0] == "not ok"
    assert seen["installation"][1].startswith("nothing has begun in ")
    assert contents(data.parent.parent) == {}
    assert not data.exists()


def test_it_changes_nothing(data: Path) -> None:
    command(data, "user", "add", "kim")
    before = contents(data.parent.parent)

    diagnose(data)
    run(data, "doctor")

    assert contents(data.parent.parent) == before


def test_a_table_for_people_says_how_to_mend_what_is_wrong(data: Path) -> None:
    command(data, "user", "add", "kim")
    with sqlite3.connect(data / "staydown.sqlite3") as database:
        database.execute("UPDATE storage_auditrow SET by = 'nobody' WHERE number = 1")

    ran = run(data, "doctor")

    lines = [" ".join(line.split()) for line in ran.stdout.splitlines()]
    assert ran.returncode == 1
    assert "not ok audit chain audit entry 1 was changed after it was written" in lines
    assert lines[-1] == "1 to mend."


@pytest.mark.parametrize(
    ("harm", "seen"),
    [
        ("PRAGMA journal_mode=DELETE", "SQLite is not in write-ahead mode"),
        ("DELETE FROM django_migrations", " changes to its tables wait"),
        ("DROP TABLE django_migrations", " changes to its tables wait"),
    ],
)
def test_a_database_that_was_tampered_with_is_named(data: Path, harm: str, seen: str) -> None:
    command(data, "audit", "verify")
    with sqlite3.connect(data / "staydown.sqlite3") as database:
        database.execute(harm)

    code, told = diagnose(data)

    assert code == 1
    assert told["database"][0] == "not ok"
    assert told["database"][1].endswith(seen)
