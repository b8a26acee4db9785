"""Counts wrong tries at a secret or a password, and stops them for a while.

Counted for whoever tries: by address and name tried, and by the address alone, so that nobody goes
through many names. A password is also counted by the name alone, from wherever it is tried; whose
password is tried that often can still sign in by a one-time link.

The secret of a case has 160 bits, and nobody guesses it. Somebody who only knows a case's number
must not be able to lock its owner out from afar: many wrong tries from everywhere leave each
address fewer, and always some.

A try is counted before it is made, so that many at once get no further than one after the other.
The counts are in the database, for all processes; addresses are in it as keyed digests only, and
for as long as they count.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Final

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from staydown.assembly.house import House, current_house
from staydown.assembly.visitors import address_of
from staydown.errors import NotFound, NotSignedIn

MAX_TRIES: Final = 10
"""Wrong tries at one name from one address."""
MAX_TRIES_OF_ADDRESS: Final = 100
"""Wrong tries of one address at all names together; many people may share it."""
MAX_TRIES_AT_PASSWORD: Final = 100
"""Wrong tries at one person's password, wherever they come from."""
MANY_TRIES: Final = 100
"""Wrong tries at one case's secret, wherever they come from, after which each address has fewer."""
MAX_TRIES_AMONG_MANY: Final = 3
"""Wrong tries at that case from one address then. A right one is never counted."""
WINDOW_SECONDS: Final = 15 * 60
UNBOUNDED: Final = 2**31 - 1


@contextmanager
def counting_wrong_tries(
    request: HttpRequest, tried: str, *, is_password: bool = False, is_relayed: bool = False
) -> Iterator[None]:
    """Around one try for the name `tried`: NotFound and NotSignedIn inside count as wrong.

    Raises TooMuch, whether the try would be right or wrong, after too many wrong ones until
    WINDOW_SECONDS have passed since the first of them. A try `is_relayed` by a platform for people
    whose addresses we do not see, and then its own address is nobody's.
    """
    house, name = current_house(), tried.strip().lower()
    address = address_of(request, trusted_proxies=house.settings.trusted_proxies)
    everywhere = _mark("at", name)
    bounds = {
        everywhere: MAX_TRIES_AT_PASSWORD if is_password else UNBOUNDED,
        _mark("from", address, "at", name): _each(house, everywhere),
    }
    if address and not is_relayed:
        bounds[_mark("from", address)] = MAX_TRIES_OF_ADDRESS
    house.tries.count(bounds, until=house.clock.now() + timedelta(seconds=WINDOW_SECONDS))
    try:
        yield
    except (NotFound, NotSignedIn):
        raise
    except BaseException:
        house.tries.take_back(bounds)
        raise
    house.tries.take_back(bounds)


def _each(house: House, everywhere: str) -> int:
    """Wrong tries that each address has at a name that was tried so often from everywhere."""
    is_among_many = house.tries.so_far(everywhere) >= MANY_TRIES
    return MAX_TRIES_AMONG_MANY if is_among_many else MAX_TRIES


def _mark(*parts: str) -> str:
    return salted_hmac("staydown.tries", "\0".join(parts), algorithm="sha256").hexdigest()
