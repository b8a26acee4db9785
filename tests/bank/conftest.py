"""The same empty bank twice: in a folder, and in the database."""

from tests.timed import MORNING, open_house  # sets Django up

# isort: split

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from staydown.bank.folder import open_bank
from staydown.bank.shelf import Bank
from staydown.clock import SetClock
from staydown.settings import Settings
from tests.timed import settings as settings


@pytest.fixture
def clock() -> SetClock:
    """Nine in the morning, until a test sets it."""
    return SetClock(shows=MORNING)


@pytest.fixture(params=["folder", "database"])
def bank(
    request: pytest.FixtureRequest, tmp_path: Path, settings: Settings, clock: SetClock
) -> Iterator[Bank]:
    """An empty bank."""
    if request.param == "folder":
        yield open_bank(tmp_path / "bank", clock, key_file=tmp_path / "key", is_new=True)
        return
    with database_bank(settings, clock) as bank:
        yield bank


@contextmanager
def database_bank(settings: Settings, clock: SetClock) -> Iterator[Bank]:
    """The bank of an empty house."""

    call_command("flush", verbosity=0, interactive=False)
    yield open_house(settings, clock=clock).bank
    connection.close()
