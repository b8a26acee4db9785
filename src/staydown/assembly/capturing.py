"""A browser behind the filtering proxy: a page is looked at within the fetcher's rules.

Needs the extra `capture`; `check_needed` says so before this is imported.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from ipaddress import ip_network
from platform import python_version
from typing import Final

from staydown.capture.browser import open_browser
from staydown.capture.looking import look_at_page
from staydown.capture.packing import HashPicture, Teller, pack_page
from staydown.clock import Clock
from staydown.errors import BadRequest, NotFetched
from staydown.fetch.bounds import Bounds, Stopwatch
from staydown.fetch.lines import Lines, Resolver, ask_system
from staydown.fetch.places import PORTS, read_place
from staydown.fetch.proxy import running_proxy

MAX_PAGE_BYTES: Final = 200_000_000
PAGE: Final = Bounds(max_bytes=MAX_PAGE_BYTES, max_seconds=140, grace_seconds=140)
"""What one page may take, parts and all. No pace is asked: a browser keeps lines open."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Browsing:
    """How pages are looked at: which hosts may be asked, and which networks of our own."""

    hosts: frozenset[tuple[str, int]]
    ours: Sequence[str] = ()
    resolve: Resolver = ask_system
    clock: Clock

    def capture(
        self, url: str, *, by: str, why: str, hash_picture: HashPicture
    ) -> tuple[tuple[str, bytes], ...]:
        """Name and bytes of each file of one page. Raises Misconfigured without a browser."""
        lines = Lines(
            resolve=self.resolve,
            ours=tuple(ip_network(one) for one in self.ours),
            stopwatch=Stopwatch(bounds=PAGE),
        )
        with running_proxy(self.hosts, lines) as proxy:
            with open_browser(proxy.port) as context:
                seen = look_at_page(context, url, self.clock)
            network = [asdict(one) for one in proxy.asked]
        teller = Teller(by=by, why=why, tools=name_tools(), network=network)
        return tuple(pack_page(seen, teller, hash_picture))


def read_hosts(urls: Iterable[str], others: Iterable[str]) -> frozenset[tuple[str, int]]:
    """The hosts of `urls`, and `others` (`NAME` or `NAME:PORT`), each with the ports it may have.

    Raises BadRequest, which names what cannot be read.
    """
    hosts: set[tuple[str, int]] = set()
    for text in (*urls, *(f"https://{other}/" for other in others)):
        try:
            place = read_place(text)
        except NotFetched as error:
            raise BadRequest(f"{text}: {error}") from error
        hosts |= {(place.host, port) for port in (place.port, *PORTS.values())}
    return frozenset(hosts)


def name_tools() -> dict[str, str]:
    """The programs that had a part in it, with their versions."""
    names = ("staydown", "playwright", "warcio")
    return {name: f"{name} {version(name)}" for name in names} | {"python": python_version()}
