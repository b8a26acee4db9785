"""How many notices come from one address: many hold nothing by themselves, and none is refused.

A person's first notice must not wait because somebody behind the same address sent many. The counts
are kept as those of wrong tries are: keyed digests of addresses, for a day.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from staydown.assembly.house import current_house
from staydown.assembly.visitors import address_of
from staydown.errors import StaydownError, TooMuch

WINDOW = timedelta(days=1)


@contextmanager
def noticing_a_flood(request: HttpRequest) -> Iterator[bool]:
    """Around the filing of one notice: whether its address sent as many as may hold by themselves.

    A notice that is not taken, since something in it is wrong, does not count.
    """
    house = current_house()
    address = address_of(request, trusted_proxies=house.settings.trusted_proxies)
    mark = salted_hmac("staydown.paces", address, algorithm="sha256").hexdigest()
    try:
        house.tries.count({mark: house.settings.notices_a_day}, until=house.clock.now() + WINDOW)
    except TooMuch:
        yield True
        return
    try:
        yield False
    except StaydownError:
        house.tries.take_back([mark])
        raise
