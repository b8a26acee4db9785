"""An empty house with a clock that tests set: for what takes hours, or must be replayed."""

from tests import darkroom, django_ready

# isort: split

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection

from staydown.assembly.house import House, open_house
from staydown.casework.people import Person, Role
from staydown.clock import SetClock
from staydown.settings import Settings, read_settings

MORNING = datetime(2026, 3, 1, 9, 0, tzinfo=UTC)
DATABASE = django_ready.FOLDER / "data" / "staydown.sqlite3"


@pytest.fixture
def clock() -> SetClock:
    """Nine in the morning, until a test sets it."""
    return SetClock(shows=MORNING)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """The defaults, with fresh keys."""
    return read_settings(
        {
            "STAYDOWN_DATA": str(tmp_path / "data"),
            "STAYDOWN_KEY_FILE": str(tmp_path / "master.key"),
            "STAYDOWN_DARKROOM": darkroom.address(),
        }
    )


@pytest.fixture
def house(settings: Settings, clock: SetClock) -> Iterator[House]:
    """An empty house whose clock is `clock`."""
    call_command("flush", verbosity=0, interactive=False)
    yield open_house(settings, clock=clock)
    connection.close()


def reopen(settings: Settings, clock: SetClock) -> House:
    """Another process's view of the same house: nothing remembered, perhaps with other settings."""
    return open_house(settings, clock=clock)


def wait(clock: SetClock, **how_long: float) -> None:
    """Let time pass."""
    clock.shows += timedelta(**how_long)


def new_reviewer(house: House, name: str = "kim") -> Person:
    """Somebody who may decide."""
    return house.people.add(name, Role.REVIEWER)
