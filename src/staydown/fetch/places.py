"""Addresses as people write them, and which of them the operator allowed.

A URL is taken apart once, here, and everything that follows works on the parts: what was checked
is what is asked. Nothing of a path or a query is ever said in an error: they may hold a secret.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final, Self

import httpx

from staydown.errors import ForbiddenPlace, NotFetched

PORTS: Final = {"http": 80, "https": 443}
MAX_URL: Final = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a picture lies. `host` is in ASCII, lower case; `target` is path and query."""

    scheme: str
    host: str
    port: int
    target: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Places that the operator allows: one scheme, one port, one host, perhaps all below it too."""

    scheme: str
    host: str
    port: int
    is_for_all_below: bool = False

    @classmethod
    def parse(cls, text: str) -> Self:
        """`https://media.example`, `http://10.0.0.7:9000`; `https://.example` for all below too.

        Raises ValueError naming what is wrong.
        """
        below = "://." in text
        try:
            place = read_place(text.replace("://.", "://", 1))
        except NotFetched as error:
            raise ValueError(f"{text!r}: {error}") from None
        if place.target != "/" or text.endswith("/") or set(text) & set("?#"):
            raise ValueError(f"{text!r}: name scheme, host and perhaps port, and nothing else")
        return cls(scheme=place.scheme, host=place.host, port=place.port, is_for_all_below=below)

    def holds(self, place: Place) -> bool:
        """Whether that place is one of these."""
        if (place.scheme, place.port) != (self.scheme, self.port):
            return False
        return place.host == self.host or (
            self.is_for_all_below and place.host.endswith(f".{self.host}")
        )


def read_place(text: str) -> Place:
    """The parts of a URL. Raises NotFetched, and ForbiddenPlace for one that holds credentials."""
    return place_of(_parse(text))


def place_after(before: Place, location: str) -> Place:
    """Where an answer sends us (RFC 9110 §10.2.2). Raises NotFetched and ForbiddenPlace.

    Never from HTTPS to plain HTTP: who stands on the way would have a say.
    """
    here = httpx.URL(
        scheme=before.scheme,
        host=before.host,
        port=before.port,
        raw_path=before.target.encode("ascii"),
    )
    place = place_of(here.join(_parse(location, is_relative=True)))
    if (before.scheme, place.scheme) == ("https", "http"):
        raise ForbiddenPlace("it sends us on from https to http")
    return place


def place_of(url: httpx.URL) -> Place:
    """The parts. Raises NotFetched and ForbiddenPlace."""
    if url.scheme not in PORTS:
        raise ForbiddenPlace(f"only {' and '.join(PORTS)} are spoken")
    if url.userinfo:
        raise ForbiddenPlace("an address that holds credentials is not asked")
    host = url.raw_host.decode("ascii").lower().rstrip(".")
    if not host:
        raise NotFetched("the address names no host")
    return Place(
        scheme=url.scheme,
        host=host,
        port=PORTS[url.scheme] if url.port is None else url.port,
        target=url.raw_path.decode("ascii"),
    )


def check_place(place: Place, allowed: Sequence[Origin]) -> Place:
    """The place, which is one of those that the operator allowed. Raises ForbiddenPlace."""
    if any(origin.holds(place) for origin in allowed):
        return place
    raise ForbiddenPlace(
        f"{place.scheme}://{place.host}:{place.port} is not among the addresses that may be asked"
    )


def _parse(text: str, *, is_relative: bool = False) -> httpx.URL:
    """Raises NotFetched. What other programs would read in another way is not read at all."""
    strange = not text.isascii() or not text.isprintable() or set(text) & set('\\ "<>^`{|}')
    if strange or not 0 < len(text) <= MAX_URL:
        raise NotFetched(f"an address has 1 to {MAX_URL} plain ASCII characters")
    try:
        url = httpx.URL(text)
        if not is_relative and not (url.scheme and url.host):
            raise NotFetched("the address is not of the form https://host/path")
    except (httpx.InvalidURL, UnicodeError) as error:
        raise NotFetched("the address cannot be read") from error
    return url
