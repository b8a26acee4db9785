"""Rooms with workers that do what they are told, however bad; each a process of its own."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from staydown.assembly.darkroom import wait_for
from staydown.sandbox.client import Answer, ask, on_behalf_of
from tests.sandbox.burglary import BOUNDS

IMPATIENT_SECONDS = 1.5
ROOT = Path(__file__).parents[2]


class Room:
    """A keeper with its workers."""

    def __init__(self, address: Path, keeper: "subprocess.Popen[bytes]") -> None:
        self.address = address
        self.keeper = keeper

    def ask(self, what: str, data: bytes = b"", *, client: str = "somebody") -> Answer:
        with on_behalf_of(client):
            return ask(self.address, data, what.encode(), max_bytes=BOUNDS.answer_bytes)


@contextmanager
def opened(*, workers: int, seconds: float, address: Path | None = None) -> Iterator[Room]:
    with TemporaryDirectory() as folder:
        address = address or Path(folder) / "room"
        line = [sys.executable, "-m", "tests.sandbox.burglary", str(address), str(workers)]
        line.append(str(seconds))
        keeper = subprocess.Popen(line, cwd=ROOT)
        try:
            wait_for(address, lambda: keeper.poll() is None)
            yield Room(address, keeper)
        finally:
            keeper.kill()
            keeper.wait()


@pytest.fixture(scope="session")
def room() -> Iterator[Room]:
    """One for all tests that leave it as it was."""
    with opened(workers=1, seconds=60) as found:
        yield found


@pytest.fixture
def large_room() -> Iterator[Room]:
    """One of its own, with two workers and little patience."""
    with opened(workers=2, seconds=IMPATIENT_SECONDS) as found:
        yield found
