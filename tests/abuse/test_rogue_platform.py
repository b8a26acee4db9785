"""A rogue platform, or a thief of its key, wants to learn who complained and to see the pictures.

The key opens what it was made for. It never decides, never reads a notice, and never gets a picture
back.
"""

from tests.timed import House  # isort: skip -- sets Django up

from collections.abc import Callable

import pytest

from staydown.bank.entries import EntryStatus
from staydown.casework.copies import CopyMove
from staydown.casework.people import Platform, Scope
from staydown.errors import NotFound, NotSignedIn
from staydown.ids import ActorId, CaseId, CopyId, EntryId
from tests.casework.making import AGREED
from tests.records import records_of
from tests.shortcuts import hold_quickly
from tests.stories import PLACE, PLATFORM, STATEMENT

type Attempt = Callable[[House, CaseId, CopyId, EntryId], object]

ATTEMPTS: dict[str, Attempt] = {
    "release a copy": lambda house, case, copy, _: house.reviewing.decide_copy(
        case, copy, CopyMove.RELEASE, findings=AGREED, reason="mine", by=PLATFORM
    ),
    "decline the case": lambda house, case, _, __: house.reviewing.decline_case(
        case, reason="mine", by=PLATFORM
    ),
    "withdraw the case": lambda house, case, _, __: house.reviewing.withdraw(case, by=PLATFORM),
    "confirm an entry": lambda house, _, __, entry: house.reviewing.confirm_entry(
        entry, by=PLATFORM
    ),
    "read the notice": lambda house, case, _, __: house.cases.for_reviewer(case, PLATFORM),
    "ask who filed it": lambda house, case, _, __: house.cases.contact(case, PLATFORM),
    "call a copy a false match": lambda house, case, copy, _: house.reviewing.decide_copy(
        case,
        copy,
        CopyMove.RELEASE,
        findings=AGREED,
        reason="mine",
        by=PLATFORM,
        is_false_match=True,
    ),
    "take a false match back": lambda house, _, __, entry: house.reviewing.take_back(
        entry, by=PLATFORM
    ),
    "answer the notice": lambda house, case, _, __: house.reviewing.look_at_places(
        case, reason="mine", by=PLATFORM
    ),
    "read the appeals": lambda house, _, __, ___: house.appealing.waiting(PLATFORM),
    "see what is handed on": lambda house, _, __, ___: house.handing_on.waiting(PLATFORM),
    "list the cases": lambda house, _, __, ___: house.cases.queue(PLATFORM),
    "see the original": lambda house, case, _, entry: house.pictures.original(
        case, entry, by=PLATFORM
    ),
    "see the found picture": lambda house, case, copy, _: house.pictures.covered(
        case, copy, by=PLATFORM
    ),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_a_key_with_every_scope_cannot(house: House, attempt: str) -> None:
    receipt, held = hold_quickly(house)
    [record] = records_of(house.bank)
    assert held.copy
    length = house.journal.verify().length

    with pytest.raises(NotFound):
        ATTEMPTS[attempt](house, receipt.case, held.copy, record.entry.id)

    [after] = records_of(house.bank)
    assert after.entry.status is EntryStatus.UNREVIEWED
    assert house.journal.verify().length == length


def test_the_platform_sees_its_own_content_and_nothing_of_the_notice(house: House) -> None:
    receipt, _ = hold_quickly(house)

    view = house.cases.for_platform(receipt.case, PLATFORM)

    assert [copy.content_ref for copy in view.copies] == ["post/8213/1"]
    private = (STATEMENT, PLACE, "A Cat Lover", receipt.secret, "notifier")
    assert [thing for thing in private if thing in repr(view)] == []


def test_the_answer_to_an_upload_has_no_score_and_no_original(house: House) -> None:
    _, held = hold_quickly(house)

    assert set(held.__slots__) == {"action", "verdict", "case", "copy", "held_until"}


@pytest.mark.parametrize("scope", [*Scope])
def test_a_stolen_key_opens_one_thing(house: House, scope: Scope) -> None:
    receipt, _ = hold_quickly(house)
    thief = Platform(id=ActorId("key_stolen"), scopes=frozenset({scope}))
    refusals = {NotFound, NotSignedIn}
    tries: dict[Scope, Callable[[], object]] = {
        Scope.CASES: lambda: house.cases.for_platform(receipt.case, thief),
        Scope.COMMANDS: lambda: house.commands.open(thief),
    }

    for needed, attempt in tries.items():
        if needed is scope:
            attempt()
        else:
            with pytest.raises(tuple(refusals)):
                attempt()
