"""Chance and time are handed in: with both fixed, everything is repeatable."""

import base64
import hashlib
import hmac
from datetime import UTC, datetime, timedelta

from staydown.clock import SetClock, SystemClock
from staydown.ids import FormToken, new_id, new_secret, secret_of_form


def test_an_id_is_its_prefix_and_120_random_bits() -> None:
    assert new_id("case", lambda count: bytes(range(count))) == "case_aaaqeayeaudaocajbifqydio"


def test_a_secret_is_160_random_bits() -> None:
    assert new_secret(lambda count: b"\xff" * count) == "7" * 32


def test_a_secret_that_follows_from_a_form_is_hmac_sha_256_cut_to_160_bits() -> None:
    token = FormToken("a" * 32)
    drawn = hmac.new(token.encode(), b"case secret", hashlib.sha256).digest()

    assert secret_of_form(token) == base64.b32encode(drawn[:20]).decode().lower()


def test_two_ids_are_never_the_same() -> None:
    assert len({new_id("case") for _ in range(1_000)}) == 1_000


def test_a_set_clock_shows_what_it_was_set_to() -> None:
    moment = datetime(2026, 11, 1, tzinfo=UTC)
    clock = SetClock(shows=moment)

    clock.shows += timedelta(hours=48)

    assert clock.now() == datetime(2026, 11, 3, tzinfo=UTC)


def test_the_system_clock_speaks_utc() -> None:
    assert SystemClock().now().utcoffset() == timedelta(0)
