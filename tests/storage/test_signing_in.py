"""Keys and links: kept as digests, good for what they were made for, once or until revoked."""

from tests.timed import House, new_reviewer, wait  # isort: skip -- sets Django up

from itertools import product

import pytest
from django.contrib.auth import authenticate
from django.test import Client

from staydown.audit.keeping import KeyMade, KeyRevoked, PersonAdded, SignedIn
from staydown.casework.people import Role, Scope
from staydown.clock import SetClock, SystemClock
from staydown.errors import NotAllowed, NotFound, NotSignedIn
from staydown.storage.models import KeyRow, OneTimeLink, User


@pytest.mark.parametrize(("made_for", "used_for"), list(product(Scope, Scope)))
def test_a_key_opens_what_it_was_made_for(house: House, made_for: Scope, used_for: Scope) -> None:
    secret = house.keys.make("forum", frozenset({made_for}))

    if made_for is used_for:
        assert house.keys.platform(secret, used_for).scopes == frozenset({made_for})
    else:
        with pytest.raises(NotSignedIn, match="^this key does not open that$"):
            house.keys.platform(secret, used_for)


def test_a_key_is_kept_as_a_digest_only(house: House) -> None:
    secret = house.keys.make("forum", frozenset(Scope))

    [row] = KeyRow.objects.all()
    assert secret.removeprefix("staydown_") not in str(vars(row))


@pytest.mark.parametrize("guess", ["", "staydown_", "staydown_" + "a" * 32, "forum"])
def test_a_guess_opens_nothing(house: House, guess: str) -> None:
    house.keys.make("forum", frozenset(Scope))

    with pytest.raises(NotSignedIn, match="^this key does not open that$"):
        house.keys.platform(guess, Scope.SCREEN)


def test_a_revoked_key_opens_nothing_any_more(house: House) -> None:
    secret = house.keys.make("forum", frozenset(Scope))

    house.keys.revoke("forum")

    with pytest.raises(NotSignedIn):
        house.keys.platform(secret, Scope.SCREEN)
    with pytest.raises(NotFound):
        house.keys.revoke("forum")
    assert [type(entry.fact) for entry in house.journal.entries()] == [KeyMade, KeyRevoked]


def test_two_keys_of_one_name_are_refused(house: House) -> None:
    house.keys.make("forum", frozenset(Scope))

    with pytest.raises(NotAllowed):
        house.keys.make("forum", frozenset(Scope))


def test_a_link_signs_in_once(house: House) -> None:
    person = new_reviewer(house)
    token = house.people.invite("kim")

    assert house.people.redeem(token).as_person() == person
    with pytest.raises(NotSignedIn, match="used, or is too old"):
        house.people.redeem(token)


@pytest.mark.parametrize(("minutes", "is_good"), [(14.9, True), (15, False), (600, False)])
def test_a_link_lasts_a_quarter_of_an_hour(
    house: House, clock: SetClock, minutes: float, is_good: bool
) -> None:
    new_reviewer(house)
    token = house.people.invite("kim")
    wait(clock, minutes=minutes)

    if is_good:
        assert house.people.redeem(token).name == "kim"
    else:
        with pytest.raises(NotSignedIn, match="used, or is too old"):
            house.people.redeem(token)


def test_a_link_is_kept_as_a_digest_only(house: House) -> None:
    new_reviewer(house)
    token = house.people.invite("kim")

    [row] = OneTimeLink.objects.all()
    assert token not in str(vars(row))


def test_a_link_of_somebody_who_was_shut_out_opens_nothing(house: House) -> None:
    new_reviewer(house)
    token = house.people.invite("kim")
    User.objects.update(is_active=False)

    with pytest.raises(NotSignedIn):
        house.people.redeem(token)


def test_without_a_password_no_password_signs_in(house: House) -> None:
    new_reviewer(house)

    assert authenticate(None, username="kim", password="") is None
    assert authenticate(None, username="kim", password="correct horse battery") is None


def test_with_a_password_that_one_signs_in(house: House) -> None:
    person = new_reviewer(house)
    house.people.set_password("kim", "correct horse battery")

    user = authenticate(None, username="kim", password="correct horse battery")

    assert isinstance(user, User)
    assert user.as_person() == person
    assert authenticate(None, username="kim", password="correct horse") is None


def test_giving_somebody_a_role_is_in_the_chain_without_their_name(house: House) -> None:
    person = house.people.add("kim", Role.OPERATOR)

    [entry] = house.journal.entries()
    assert entry.fact == PersonAdded(person=person.id, role="operator")
    assert "kim" not in str(entry).replace(person.id, "")


def test_every_sign_in_is_in_the_chain(house: House, clock: SetClock) -> None:
    clock.shows = SystemClock().now()  # Django's own sign-in knows no other
    person = new_reviewer(house)

    assert Client().login(token=house.people.invite("kim"))

    *_, last = house.journal.entries()
    assert (last.fact, last.by) == (SignedIn(person=person.id), person.id)


def test_two_people_of_one_name_are_refused(house: House) -> None:
    new_reviewer(house)

    with pytest.raises(NotAllowed):
        new_reviewer(house)


def test_nobody_is_invited_who_was_not_added(house: House) -> None:
    with pytest.raises(NotFound):
        house.people.invite("kim")
