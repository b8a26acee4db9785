"""One door to a case: each kind of viewer, and the same refusal for everybody else."""

from dataclasses import dataclass
from itertools import product
from typing import cast

import pytest

from staydown.casework.access import admit, require_reviewer, require_scope
from staydown.casework.cases import State
from staydown.casework.people import Notifier, Person, Platform, Role, Scope, Viewer
from staydown.casework.ports import Store
from staydown.casework.views import Progress, progress_of
from staydown.digests import Digest, sha256
from staydown.errors import NotFound, NotSignedIn
from staydown.ids import ActorId, CaseId
from tests.casework.making import CASE, KIM, NOON, OTHER_CASE, case

SECRET = "abcdefghijklmnopqrstuvwxyz234567"
OPERATOR = Person(id=ActorId("operator_1"), name="Op", role=Role.OPERATOR)
ALL_SCOPES = frozenset(Scope)


@dataclass(frozen=True, slots=True, kw_only=True)
class OneCase:
    """A store that knows the secret of one case, and nothing else."""

    def secret_of(self, case_id: CaseId) -> Digest:
        if case_id != CASE:
            raise NotFound("no such case")
        return sha256(SECRET.encode())


STORE = cast(Store, OneCase())


def key(*scopes: Scope) -> Platform:
    return Platform(id=ActorId("key_1"), scopes=frozenset(scopes))


ADMITTED: dict[str, Viewer] = {
    "its notifier": Notifier(case=CASE, secret=SECRET),
    "its notifier, typing in capitals": Notifier(case=CASE, secret=f" {SECRET.upper()}\n"),
    "a reviewer": KIM,
    "the platform, with a key for cases": key(Scope.CASES),
}

REFUSED: dict[str, Viewer] = {
    "a stranger with a guess": Notifier(case=CASE, secret="a" * 32),
    "a stranger with nothing": Notifier(case=CASE, secret=""),
    "another case's notifier": Notifier(case=OTHER_CASE, secret=SECRET),
    "the operator": OPERATOR,
    "the platform, with every other scope": key(*(ALL_SCOPES - {Scope.CASES})),
}


@pytest.mark.parametrize("who", ADMITTED)
def test_who_may_see_a_case_is_admitted(who: str) -> None:
    assert admit(ADMITTED[who], CASE, store=STORE) == CASE


@pytest.mark.parametrize("who", REFUSED)
def test_who_may_not_cannot_tell_whether_it_exists(who: str) -> None:
    with pytest.raises(NotFound, match="^no such case$"):
        admit(REFUSED[who], CASE, store=STORE)


def test_a_case_that_is_missing_sounds_the_same() -> None:
    nowhere = CaseId("case_nowhere")

    with pytest.raises(NotFound, match="^no such case$"):
        admit(Notifier(case=nowhere, secret=SECRET), nowhere, store=STORE)


@pytest.mark.parametrize("who", [w for w in {**ADMITTED, **REFUSED} if w != "a reviewer"])
def test_only_a_reviewer_is_a_reviewer(who: str) -> None:
    with pytest.raises(NotFound):
        require_reviewer({**ADMITTED, **REFUSED}[who])


@pytest.mark.parametrize(("given", "needed"), list(product(Scope, Scope)))
def test_a_key_opens_what_it_was_made_for_and_nothing_else(given: Scope, needed: Scope) -> None:
    if given is needed:
        require_scope(key(given), needed)
    else:
        with pytest.raises(NotSignedIn):
            require_scope(key(given), needed)


@pytest.mark.parametrize("state", [State.RECEIVED, State.TO_REVIEW, State.SETTLED])
def test_a_notifier_cannot_tell_whether_anything_was_found(state: State) -> None:
    assert progress_of(case(state)) is Progress.WATCHING
    assert progress_of(case(state).confirmed(NOON)) is Progress.ACTED
