"""Every permission × everybody who might try, on a house full of what most of them may not see.

Who may is served; who may not gets the same refusal as for a case that does not exist.
"""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

from collections.abc import Callable
from dataclasses import dataclass
from itertools import product

import pytest

from staydown.casework.access import MAY, Own, Permission, Standing, admit, has, require_scope
from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Notifier, Person, Platform, Role, Scope, Viewer
from staydown.casework.revealing import Why
from staydown.errors import NotSignedIn, StaydownError
from staydown.ids import ActorId, CaseId, CopyId, EntryId
from tests.casework.making import AGREED
from tests.shortcuts import file_quickly, hold_quickly
from tests.stories import PLACE, STATEMENT

NOWHERE = CaseId("case_nowhere")
SIGNATURE = "A Cat Lover"
PRIVATE = (STATEMENT, PLACE, SIGNATURE, "post/8213/1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Full:
    """A house with a case, a held copy, its original, and another person's case."""

    house: House
    receipt: Receipt
    other: Receipt
    copy: CopyId
    original: EntryId


type Act = Callable[[Full, Viewer, CaseId], object]

ACTS: dict[Permission, Act] = {
    Permission.READ_CASE: lambda f, who, case: admit(who, case, store=f.house.cases.store),
    Permission.READ_STATUS: lambda f, who, case: admit(
        who, case, store=f.house.cases.store, to=Permission.READ_STATUS
    ),
    Permission.READ_CONTENT: lambda f, who, case: f.house.cases.for_platform(case, who),  # type: ignore[arg-type]  # whoever tries
    Permission.OPEN_CASE: lambda f, who, case: f.house.cases.for_reviewer(case, who),
    Permission.READ_CONTACT: lambda f, who, case: f.house.cases.contact(case, who),
    Permission.READ_PICTURE: lambda f, who, case: f.house.pictures.original(
        case, f.original, by=who
    ),
    Permission.REVEAL: lambda f, who, case: f.house.revealing.allow(
        case, f.copy, Why.COVER, by=who, session="s"
    ),
    Permission.READ_QUEUE: lambda f, who, _: (
        f.house.cases.queue(who),
        f.house.cases.to_confirm(who),
    ),
    Permission.DECIDE: lambda f, who, case: f.house.reviewing.decide_copy(
        case, f.copy, CopyMove.RELEASE, findings=AGREED, reason="seen", by=who
    ),
    Permission.DECLINE: lambda f, who, case: f.house.reviewing.decline_case(
        case, reason="seen", by=who
    ),
    Permission.SEND_ELSEWHERE: lambda f, who, case: f.house.handing_on.send_elsewhere(
        case, reason="looks young", by=who
    ),
    Permission.RESTRAIN: lambda f, who, case: f.house.restraining.look(case, who),
    Permission.OVERSEE: lambda f, who, _: f.house.overseeing.look(who),
    Permission.ASK_FOR_FILE: lambda f, who, case: f.house.handing_over.ask(
        case, reason="a court", names_notifier=True, by=who
    ),
    Permission.AGREE_TO_FILE: lambda f, who, case: f.house.handing_over.look(case, who),
    Permission.CONFIRM: lambda f, who, _: f.house.reviewing.confirm_entry(f.original, by=who),
    Permission.WITHDRAW: lambda f, who, case: f.house.reviewing.withdraw(case, by=who),
}
"""What casework does for it. Scopes are asked for before casework, and have a test of their own."""

BY_CASE = [
    one
    for one in ACTS
    if one not in {Permission.READ_QUEUE, Permission.OVERSEE, Permission.CONFIRM}
]
"""Those that name a case: for them a case that does not exist must sound the same."""


@pytest.fixture
def full(house: House) -> Full:
    receipt, held = hold_quickly(house)
    other = file_quickly(house)
    [original] = [
        key for key, entry in house.bank.shelf().entries.items() if entry.case == receipt.case
    ]
    assert held.copy
    return Full(house=house, receipt=receipt, other=other, copy=held.copy, original=original)


def person(role: Role) -> Person:
    return Person(id=ActorId(f"{role}_1"), name=role, role=role)


def viewers(full: Full) -> dict[str, tuple[Viewer, frozenset[Standing]]]:
    """Everybody, and what they are let in by."""
    case, other = full.receipt, full.other
    everyone: dict[str, tuple[Viewer, frozenset[Standing]]] = {
        f"a {role}": (person(role), frozenset({role})) for role in Role
    }
    for scope in Scope:
        key = Platform(id=ActorId(f"key_{scope}"), scopes=frozenset({scope}))
        everyone[f"a key for {scope}"] = (key, frozenset({scope}))
    every = frozenset(Scope)
    everyone["a key for everything"] = (Platform(id=ActorId("key_all"), scopes=every), every)
    own = Notifier(case=case.case, secret=case.secret)
    everyone["its notifier"] = (own, frozenset({Own.CASE}))
    everyone["another notifier"] = (Notifier(case=other.case, secret=other.secret), frozenset())
    crossed = Notifier(case=case.case, secret=other.secret)
    everyone["a stranger with another secret"] = (crossed, frozenset())
    everyone["a stranger with nothing"] = (Notifier(case=case.case, secret=""), frozenset())
    return everyone


NAMES = (
    *(f"a {role}" for role in Role),
    *(f"a key for {scope}" for scope in Scope),
    "a key for everything",
    "its notifier",
    "another notifier",
    "a stranger with another secret",
    "a stranger with nothing",
)


def tried(act: Act, full: Full, who: Viewer, case: CaseId) -> str:
    """`done`, or the refusal as it sounds."""
    try:
        act(full, who, case)
    except StaydownError as error:
        return f"{type(error).__name__}: {error}"
    return "done"


@pytest.mark.parametrize(("permission", "name"), list(product(ACTS, NAMES)))
def test_who_is_in_the_row_may_and_everybody_else_is_refused_alike(
    full: Full, permission: Permission, name: str
) -> None:
    who, standings = viewers(full)[name]
    before = full.house.journal.verify().length
    act = ACTS[permission]

    said = tried(act, full, who, full.receipt.case)

    if standings & MAY[permission]:
        assert said == "done"
        return
    assert said == "NotFound: no such case"
    assert full.house.journal.verify().length == before  # and nothing was done
    assert [word for word in PRIVATE if word in said] == []
    if permission in BY_CASE:
        assert tried(act, full, who, NOWHERE) == said


def test_there_is_something_to_see(full: Full) -> None:
    """Else the refusals would hide nothing."""
    kim = new_reviewer(full.house)
    shown = str(full.house.cases.for_reviewer(full.receipt.case, kim))
    contact = full.house.cases.contact(full.receipt.case, kim)

    assert full.copy in shown
    assert (contact.signature, STATEMENT in str(full.house.cases)) == (SIGNATURE, False)


@pytest.mark.parametrize(
    ("permission", "scope"),
    [(Permission.SCREEN, Scope.SCREEN), (Permission.ORDER, Scope.COMMANDS)],
)
@pytest.mark.parametrize("given", Scope)
def test_a_key_does_what_it_was_made_for(
    permission: Permission, scope: Scope, given: Scope
) -> None:
    key = Platform(id=ActorId("key_1"), scopes=frozenset({given}))

    assert has(key, permission) is (given is scope)
    if given is not scope:
        with pytest.raises(NotSignedIn):
            require_scope(key, scope)


def test_every_permission_has_a_row_and_every_row_somebody() -> None:
    assert MAY.keys() == set(Permission)
    assert [permission for permission, who in MAY.items() if not who] == []


def test_every_permission_is_walked_through() -> None:
    elsewhere = {Permission.SCREEN, Permission.ORDER, Permission.AUDIT, Permission.SET_RIGHT}

    assert ACTS.keys() == set(Permission) - elsewhere


@pytest.mark.parametrize("role", [Role.OPERATOR, Role.AUDITOR])
def test_an_operator_and_an_auditor_see_nothing_of_any_case(role: Role) -> None:
    seen = {permission for permission, who in MAY.items() if role in who}

    assert seen == ({Permission.AUDIT} if role is Role.AUDITOR else set())


def test_a_lead_may_all_that_a_reviewer_may() -> None:
    assert [p for p, who in MAY.items() if Role.REVIEWER in who and Role.LEAD not in who] == []
