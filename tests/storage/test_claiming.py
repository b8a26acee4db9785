"""Two reviewers never get the same case; a claim ends; a case can be left to others unexplained."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from threading import Barrier, Thread

import pytest
from django.db import connection

from staydown.audit.duties import CaseHandedOver, CaseTaken
from staydown.casework.people import Person, Role
from staydown.clock import SetClock
from staydown.errors import NotFound
from staydown.ids import CaseId
from tests.casework.making import AGREED
from tests.stories import file_notice


@pytest.fixture
def cases(house: House, clock: SetClock) -> list[CaseId]:
    """Three notices that only a person can look at, the oldest first."""
    filed = []
    for _ in range(3):
        filed.append(file_notice(house, originals=()).case)
        wait(clock, minutes=1)
    return filed


@pytest.fixture
def kim(house: House) -> Person:
    return new_reviewer(house)


@pytest.fixture
def bob(house: House) -> Person:
    return new_reviewer(house, "bob")


def test_each_gets_the_most_urgent_that_nobody_else_has(
    house: House, cases: list[CaseId], kim: Person, bob: Person
) -> None:
    taken = [house.claiming.take_next(one) for one in (kim, bob)]

    assert taken == cases[:2]
    assert house.claiming.take_next(kim) == cases[0]  # still theirs
    held = house.claiming.holder(cases[1], kim)
    assert held
    assert held.by == bob.id
    facts = [type(one.fact) for one in house.journal.entries()]
    assert facts.count(CaseTaken) == 3


def test_many_at_once_get_one_each(house: House, clock: SetClock, cases: list[CaseId]) -> None:
    people = [new_reviewer(house, name) for name in ("ann", "ben", "cem")]
    ready, taken = Barrier(len(people)), []

    def take(person: Person) -> None:
        mine = reopen(house.settings, clock)
        ready.wait(20)
        taken.append(mine.claiming.take_next(person))
        connection.close()

    threads = [Thread(target=take, args=(person,)) for person in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert sorted(map(str, taken)) == sorted(cases)


def test_a_claim_ends_by_itself(
    house: House, clock: SetClock, cases: list[CaseId], kim: Person, bob: Person
) -> None:
    house.claiming.take_next(kim)
    wait(clock, minutes=31)

    assert house.claiming.holders(kim) == {}
    assert house.claiming.take_next(bob) == cases[0]


def test_what_was_left_to_others_is_not_given_back_and_nobody_says_why(
    house: House, clock: SetClock, cases: list[CaseId], kim: Person, bob: Person
) -> None:
    house.claiming.take_next(kim)

    house.claiming.hand_over(cases[0], kim)

    assert house.claiming.take_next(kim) == cases[1]
    assert house.claiming.take_next(bob) == cases[0]
    [handed] = [one for one in house.journal.entries() if isinstance(one.fact, CaseHandedOver)]
    assert handed.by == kim.id
    wait(clock, days=2)
    assert house.claiming.take_next(kim) == cases[0]


def test_what_was_decided_is_given_to_nobody(
    house: House, cases: list[CaseId], kim: Person
) -> None:
    house.claiming.take_next(kim)

    house.reviewing.look_at_places(
        cases[0], reason="There.", by=kim, take_down=["post/3"], findings=AGREED
    )

    assert house.claiming.take_next(kim) == cases[1]


def test_somebody_else_may_still_decide(
    house: House, cases: list[CaseId], kim: Person, bob: Person
) -> None:
    house.claiming.take_next(kim)

    house.reviewing.decline_case(cases[0], reason="nothing there", by=bob)


def test_where_nothing_waits_nothing_is_taken(house: House, kim: Person) -> None:
    assert house.claiming.take_next(kim) is None


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR])
def test_only_reviewers_take_cases(house: House, cases: list[CaseId], role: Role) -> None:
    other = house.people.add("lee", role)

    with pytest.raises(NotFound, match="^no such case$"):
        house.claiming.take_next(other)
    with pytest.raises(NotFound, match="^no such case$"):
        house.claiming.hand_over(cases[0], other)
