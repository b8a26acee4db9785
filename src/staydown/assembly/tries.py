"""Counts wrong tries at a secret or a password, and stops them for a while.

Counted per address and name tried, so that nobody locks somebody else out from afar. The count
lives in Django's cache: with several processes and no shared cache each counts for itself. Case
secrets have 160 bits and need no help from this.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.core.cache import cache
from django.http import HttpRequest

from staydown.digests import sha256
from staydown.errors import NotFound, NotSignedIn, TooMuch

MAX_TRIES = 10
WINDOW_SECONDS = 15 * 60


@contextmanager
def counting_wrong_tries(request: HttpRequest, tried: str) -> Iterator[None]:
    """Around one try for the name `tried`: NotFound and NotSignedIn inside count as wrong.

    Raises TooMuch, whether the try would be right or wrong, after MAX_TRIES wrong ones until
    WINDOW_SECONDS have passed since the last.
    """
    address = str(request.META.get("REMOTE_ADDR", ""))
    key = f"tries-{sha256(f'{address} {tried.strip().lower()}'.encode())}"
    wrong = int(cache.get(key, 0))
    if wrong >= MAX_TRIES:
        raise TooMuch("too many wrong tries: please wait a quarter of an hour")
    try:
        yield
    except (NotFound, NotSignedIn):
        cache.set(key, wrong + 1, WINDOW_SECONDS)
        raise
