"""The command that exchanges the master key, killed again and again as a power cut would."""

import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from staydown.errors import SealBroken
from staydown.sealing.envelope import DataKey, MasterKey, WrappedKey
from staydown.sealing.key_file import read_key_file
from tests.serving.server import bare, command

pytestmark = pytest.mark.slow

KEYS = 4000


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def context(subject: str) -> str:
    return f"staydown/key/{subject}"


def fill(data: Path, master: MasterKey) -> None:
    """As many keys as many notices have."""
    with sqlite3.connect(data / "staydown.sqlite3") as database:
        database.executemany(
            "INSERT INTO storage_datakeyrow VALUES (?, ?)",
            [
                (f"notice_{n:05d}", master.wrap(DataKey(secret=bytes(32)), context=subject).sealed)
                for n in range(KEYS)
                for subject in [context(f"notice_{n:05d}")]
            ],
        )


def opened_by(data: Path, master: MasterKey) -> int:
    with sqlite3.connect(data / "staydown.sqlite3") as database:
        rows = database.execute("SELECT subject, wrapped FROM storage_datakeyrow").fetchall()
    assert len(rows) == KEYS
    count = 0
    for subject, wrapped in rows:
        try:
            master.unwrap(WrappedKey(sealed=wrapped), context=context(subject))
        except SealBroken:
            continue
        count += 1
    return count


def rotate_and_kill(data: Path, *, after: float) -> bool:
    """Whether it was killed before it ended."""
    line = [sys.executable, "-m", "staydown.cli", "keys", "rotate", "--data", str(data)]
    process = subprocess.Popen(line, env=bare(data), stdout=subprocess.DEVNULL)
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    return process.wait() == -signal.SIGKILL


def test_killed_again_and_again_it_ends_with_every_key_under_the_new_one(data: Path) -> None:
    command(data, "keys", "show")
    [path] = data.with_name("home").joinpath(".config", "staydown").glob("*.key")
    old = read_key_file(path)
    fill(data, old)
    started = time.monotonic()
    command(data, "audit", "verify")
    starting = time.monotonic() - started

    kills = sum(rotate_and_kill(data, after=starting * part) for part in (0.8, 0.9, 1.0, 1.1, 1.2))
    told = command(data, "keys", "rotate")

    new = read_key_file(path)
    assert new != old
    assert (opened_by(data, old), opened_by(data, new)) == (0, KEYS)
    assert kills >= 1
    assert "opens nothing here" in told
    assert not path.with_name(f"{path.name}.next").exists()
    command(data, "audit", "verify")  # and the installation still opens
