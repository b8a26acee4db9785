"""The proxy lets through what was named, to checked addresses, and hangs up on the rest."""

import socket
from collections.abc import Iterator
from ipaddress import ip_network

import pytest

from staydown.errors import NotFetched
from staydown.fetch.bounds import Bounds, Stopwatch
from staydown.fetch.lines import Lines
from staydown.fetch.proxy import Proxy, running_proxy
from staydown.fetch.wishes import read_wish
from tests.fetch.making import HERE, PICTURE, Site, leading, picture

NAMES = {"forum.example": [HERE], "inside.example": ["10.0.0.7"], "other.example": [HERE]}


@pytest.fixture
def site() -> Iterator[Site]:
    with Site(answers={"/a.jpg": picture(), "/big": picture(b"x" * 2_000_000)}).running() as found:
        yield found


def ask(proxy: Proxy, words: str) -> bytes:
    with socket.create_connection((HERE, proxy.port), timeout=5) as line:
        line.sendall(words.encode())
        said = b""
        try:
            while piece := line.recv(65_536):
                said += piece
        except ConnectionResetError:
            pass
        return said


def lines() -> Lines:
    bounds = Bounds(max_bytes=500_000, max_seconds=5)
    return Lines(
        resolve=leading(NAMES), ours=[ip_network(HERE)], stopwatch=Stopwatch(bounds=bounds)
    )


def get(site: Site, host: str, path: str = "/a.jpg") -> str:
    where = f"{host}:{site.port}"
    return (
        f"GET http://{where}{path} HTTP/1.1\r\nHost: {where}\r\n"
        "Proxy-Authorization: secret\r\nConnection: keep-alive\r\n\r\n"
    )


def test_what_was_named_is_handed_on(site: Site) -> None:
    with running_proxy(frozenset({("forum.example", site.port)}), lines()) as proxy:
        assert ask(proxy, get(site, "forum.example")).endswith(PICTURE)

    head = site.asked[0].decode()
    assert head.startswith("GET /a.jpg HTTP/1.1\r\n") and "Connection: close" in head
    assert "secret" not in head and "keep-alive" not in head
    assert [one.outcome for one in proxy.asked] == [f"reached at {HERE}"]


def test_a_tunnel_hands_on_both_ways(site: Site) -> None:
    with (
        running_proxy(frozenset({("forum.example", site.port)}), lines()) as proxy,
        socket.create_connection((HERE, proxy.port), timeout=5) as line,
    ):
        line.sendall(f"CONNECT forum.example:{site.port} HTTP/1.1\r\n\r\n".encode())
        assert line.recv(100).startswith(b"HTTP/1.1 200")
        line.sendall(b"GET /a.jpg HTTP/1.1\r\n\r\n")
        said = b""
        while piece := line.recv(65_536):
            said += piece

    assert said.endswith(PICTURE)


@pytest.mark.parametrize(
    ("host", "why"),
    [
        ("other.example", "not among the hosts"),
        ("unknown.example", "not to be found"),
        ("inside.example", "a private network"),
        ("169.254.169.254", "not among the hosts"),
    ],
)
@pytest.mark.parametrize("is_tunnel", [True, False])
def test_the_rest_is_hung_up_on(site: Site, host: str, why: str, is_tunnel: bool) -> None:
    named = {(name, site.port) for name in ("forum.example", "inside.example", "unknown.example")}
    words = f"CONNECT {host}:{site.port} HTTP/1.1\r\n\r\n" if is_tunnel else get(site, host)

    with running_proxy(frozenset(named), lines()) as proxy:
        assert ask(proxy, words) == b""

    assert why in proxy.asked[0].outcome
    assert site.asked == []


def test_all_connections_share_one_budget(site: Site) -> None:
    with running_proxy(frozenset({("forum.example", site.port)}), lines()) as proxy:
        first = ask(proxy, get(site, "forum.example", "/big"))
        second = ask(proxy, get(site, "forum.example"))

    assert len(first) < 1_600_000 and second == b""


@pytest.mark.parametrize(
    "head",
    [
        "nonsense",
        "GET https://forum.example/ HTTP/1.1",
        "GET ftp://forum.example/ HTTP/1.1",
        "GET / HTTP/1.1",
        "CONNECT a@forum.example:443 HTTP/1.1",
        "POST http://forum.example/ HTTP/1.1\r\nTransfer-Encoding: chunked",
        "POST http://forum.example/ HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 2",
    ],
)
def test_what_can_be_read_in_two_ways_is_not_read(head: str) -> None:
    with pytest.raises(NotFetched):
        read_wish(head, b"")
