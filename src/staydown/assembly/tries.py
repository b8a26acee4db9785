"""Counts wrong tries at a secret or a password, and stops them for a while.

Counted for whoever tries, by address and name tried; a password also by the name alone, from
wherever it is tried. Not so the secret of a case: it has 160 bits, nobody guesses it, and somebody
who only knows the number of a case must not be able to lock its owner out from afar. Whose password
is tried that often can still sign in by a one-time link.

A try is counted before it is made, so that many at once get no further than one after the other.
The counts are in the database, for all processes; addresses are in it as keyed digests only, and
for as long as they count.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from staydown.assembly.house import current_house
from staydown.assembly.visitors import address_of
from staydown.errors import NotFound, NotSignedIn

MAX_TRIES = 10
"""Wrong tries at one name from one address."""
MAX_TRIES_AT_PASSWORD = 100
"""Wrong tries at one person's password, wherever they come from."""
WINDOW_SECONDS = 15 * 60


@contextmanager
def counting_wrong_tries(
    request: HttpRequest, tried: str, *, is_password: bool = False
) -> Iterator[None]:
    """Around one try for the name `tried`: NotFound and NotSignedIn inside count as wrong.

    Raises TooMuch, whether the try would be right or wrong, after too many wrong ones until
    WINDOW_SECONDS have passed since the last.
    """
    house, name = current_house(), tried.strip().lower()
    address = address_of(request, trusted_proxies=house.settings.trusted_proxies)
    bounds = {_mark(address, name): MAX_TRIES}
    if is_password:
        bounds[_mark(name)] = MAX_TRIES_AT_PASSWORD
    house.tries.count(bounds, until=house.clock.now() + timedelta(seconds=WINDOW_SECONDS))
    try:
        yield
    except (NotFound, NotSignedIn):
        raise
    except BaseException:
        house.tries.take_back(bounds)
        raise
    house.tries.take_back(bounds)


def _mark(*parts: str) -> str:
    return salted_hmac("staydown.tries", "\0".join(parts), algorithm="sha256").hexdigest()
