"""An installation for the tests of doors: Django over a folder of its own, once in a process.

Each test that asks for `house` gets an empty database and fresh keys. Nothing here is mocked: the
doors open the same house that `staydown serve` opens.
"""

from tests import darkroom, django_ready

# isort: split

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client, override_settings

from staydown.assembly.house import House, current_house
from staydown.casework.people import Person, Role, Scope
from staydown.policy.packs import RegimeId
from staydown.settings import read_settings

ADDRESS = {"host": "localhost"}
FOLDER = django_ready.FOLDER
PASSWORD = "correct horse battery staple"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """An empty house; the doors find it as `current_house()`."""
    call_command("flush", verbosity=0, interactive=False)
    settings = read_settings(
        {
            "STAYDOWN_DATA": str(tmp_path / "data"),
            "STAYDOWN_KEY_FILE": str(tmp_path / "master.key"),
            "STAYDOWN_DARKROOM": darkroom.address(),
            "STAYDOWN_MAX_UPLOAD_BYTES": "2000000",
        }
    )
    with override_settings(STAYDOWN=settings):
        yield current_house()
    connection.close()


@pytest.fixture
def law(house: House) -> Iterator[House]:
    """The same house, once two laws bind its operator; the doors find it as `current_house()`."""
    regimes = (RegimeId("uk-osa"), RegimeId("eu-dsa"))
    with override_settings(STAYDOWN=replace(house.settings, regimes=regimes)):
        yield current_house()


@pytest.fixture
def visitor() -> Client:
    """A browser that nobody signed in, and whose forms are checked for their CSRF token."""
    return Client(headers=ADDRESS, enforce_csrf_checks=True)


@pytest.fixture
def reviewer(house: House) -> Person:
    """A reviewer with a password."""
    return new_person(house, "kim", Role.REVIEWER)


@pytest.fixture
def desk(house: House, reviewer: Person) -> Client:
    """A browser in which the reviewer signed in."""
    return signed_in("kim")


def new_person(house: House, name: str, role: Role) -> Person:
    """Somebody who may sign in with PASSWORD."""
    person = house.people.add(name, role)
    house.people.set_password(name, PASSWORD)
    return person


def signed_in(name: str) -> Client:
    """A browser in which that person signed in."""
    client = Client(headers=ADDRESS)
    assert client.login(username=name, password=PASSWORD)
    return client


def new_key(house: House, *scopes: Scope) -> dict[str, str]:
    """The header that an API key of those scopes makes."""
    secret = house.keys.make(f"key for {'+'.join(scopes)}", frozenset(scopes))
    return {"authorization": f"Bearer {secret}"}
