"""Callers are told apart by their key, or by their address: nobody makes up more of them."""

from wsgiref.types import WSGIEnvironment

from tests.timed import House  # isort: skip -- sets Django up

from staydown.assembly.callers import Callers
from staydown.casework.people import Scope
from staydown.ids import ActorId

HOLDERS = {"good": ActorId("key_1")}


def request(key: str | None = None, address: str = "192.0.2.7") -> WSGIEnvironment:
    environ: WSGIEnvironment = {"REMOTE_ADDR": address}
    return environ if key is None else {**environ, "HTTP_AUTHORIZATION": f"Bearer {key}"}


def learned(*keys: str, trusted_proxies: tuple[str, ...] = ()) -> Callers:
    callers = Callers(whose=HOLDERS.get, trusted_proxies=trusted_proxies)
    for key in keys:
        assert callers.is_new(request(key))
        callers.learn(request(key))
    return callers


def test_a_key_is_the_same_caller_from_wherever_it_comes() -> None:
    callers = learned("good")

    assert callers.name(request("good")) == callers.name(request("good", "198.51.100.1"))
    assert callers.key_behind(request("good")) == "key key_1"
    assert not callers.is_new(request("good"))


def test_made_up_keys_are_all_one_address() -> None:
    keys = [f"made up {number}" for number in range(3)]
    callers = learned(*keys)

    assert {callers.name(request(key)) for key in keys} == {"address 192.0.2.7"}
    assert (callers.known, callers.key_behind(request(keys[0]))) == ({}, None)


def test_without_a_key_or_with_a_password_there_is_nothing_to_learn() -> None:
    with_password = {**request(), "HTTP_AUTHORIZATION": "Basic bWU6c2VjcmV0"}

    for environ in (request(), with_password, request("")):
        assert not learned().is_new(environ)
        assert learned().name(environ) == "address 192.0.2.7"


def test_behind_a_proxy_of_ours_it_is_the_visitor_who_calls() -> None:
    callers = learned(trusted_proxies=("192.0.2.7",))

    seen = callers.name({**request(), "HTTP_X_FORWARDED_FOR": "2001:db8:1:2::5"})

    assert seen == "address 2001:db8:1:2::/64"


def test_no_key_is_remembered_as_it_is() -> None:
    assert "good" not in repr(learned("good"))


def test_the_holder_of_a_key_is_found_whatever_it_is_for_until_it_is_revoked(house: House) -> None:
    secret = house.keys.make("forum", frozenset({Scope.CASES}))

    holder = house.keys.holder(secret)
    assert holder == house.keys.platform(secret, Scope.CASES).id
    house.keys.revoke("forum")
    assert (house.keys.holder(secret), house.keys.holder("made up")) == (None, None)
