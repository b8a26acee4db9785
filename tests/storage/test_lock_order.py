"""Whoever writes into the chain holds up all others: so it is locked last, after every case.

On PostgreSQL two who lock in different orders would end with an error for one of them.
"""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

from threading import Thread

import pytest
from django.db import connection

from staydown.audit.entries import CaseOpened
from staydown.casework.commands import Command
from staydown.casework.people import Person
from staydown.ids import CaseId
from tests.casework.making import AGREED
from tests.shortcuts import file_quickly
from tests.stories import PLATFORM


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


def take_down(house: House, kim: Person) -> Command:
    """Something that the platform was asked to remove."""
    receipt = file_quickly(house)
    house.reviewing.look_at_places(
        receipt.case, reason="There.", by=kim, take_down=["post/3"], findings=AGREED
    )
    [command] = house.commands.open(PLATFORM)
    return command


def acknowledge(house: House, command: Command) -> None:
    try:
        house.commands.acknowledge(command.id, PLATFORM)
    finally:
        connection.close()


def test_an_acknowledgement_waits_for_its_case_before_it_holds_the_chain(
    house: House, kim: Person
) -> None:
    command = take_down(house, kim)
    other = Thread(target=acknowledge, args=(house, command))

    with house.cases.store.atomically():
        house.cases.store.dossier(CaseId(command.case))
        other.start()
        other.join(1)  # by now it holds what it locks first
        fact = CaseOpened(case=command.case)
        house.journal.append(fact, by=kim.id, at=house.clock.now())
    other.join(20)

    assert house.commands.open(PLATFORM) == ()
    house.journal.verify()
