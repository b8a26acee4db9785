"""An installation from before goes on with what it has."""

from tests.timed import House  # isort: skip -- sets Django up

from collections.abc import Iterator

import pytest
from django.core.management import call_command
from django.db import connection

from staydown.casework.copies import CopyState
from staydown.casework.people import Person
from staydown.ids import CaseId, CopyId
from staydown.storage.models import CopyRow, SealedRow
from staydown.storage.vault import DatabaseVault
from tests.photographs import doctored
from tests.shortcuts import hold_quickly
from tests.timed import new_reviewer


def migrate(*where: str) -> None:
    call_command("migrate", "storage", *where, verbosity=0, interactive=False)


@pytest.fixture
def before(house: House) -> Iterator[tuple[CaseId, CopyId]]:
    """A held copy as it was kept before copies could share a picture."""
    receipt, held = hold_quickly(house)
    assert held.copy
    CopyRow.objects.update(mark=None, pixels=None)
    migrate("0002")
    yield receipt.case, held.copy
    migrate()


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


def test_a_copy_from_before_is_shown_and_may_be_decided(
    house: House, kim: Person, before: tuple[CaseId, CopyId]
) -> None:
    case, copy = before
    with connection.cursor() as cursor:
        columns = connection.introspection.get_table_description(cursor, "storage_copyrow")
    assert "picture" not in [column.name for column in columns]

    migrate()

    [row] = CopyRow.objects.all()
    assert (row.picture, row.pixels, row.state) == (copy, None, CopyState.HELD)
    assert house.pictures.covered(case, copy, by=kim)
    vault = house.screening.vault
    assert isinstance(vault, DatabaseVault)
    assert SealedRow.objects.filter(key_id=copy, name="picture").count() == 1
    assert vault.open(copy, "picture") == doctored()
