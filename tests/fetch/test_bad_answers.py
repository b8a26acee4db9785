"""Whatever the other side answers, it is left in time, and nothing grows here."""

import gzip
import socket
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import repeat

import pytest

from staydown.errors import NotFetched
from tests.fetch.making import QUICK, Answering, Site, fetcher_for, says


def drips(head: bytes, every_seconds: float = 0.05) -> Answering:
    """Sends that, and then a byte now and then, for ever."""

    def answer(line: socket.socket) -> None:
        line.sendall(head)
        for piece in repeat(b"x"):
            line.sendall(piece)
            time.sleep(every_seconds)

    return answer


def pours(head: bytes, piece: bytes) -> Answering:
    """Sends that, and then pieces as fast as they are taken, for ever."""

    def answer(line: socket.socket) -> None:
        line.sendall(head)
        for each in repeat(piece):
            line.sendall(each)

    return answer


HEAD = b"HTTP/1.1 200 OK\r\n"
SLOW = "came too slowly, and was given up"
SILENT: Callable[[socket.socket], None] = lambda _line: time.sleep(3)  # noqa: E731 -- one of a table
BAD: dict[str, tuple[Answering, str]] = {
    "says nothing": (SILENT, SLOW),
    "drips its head": (drips(HEAD + b"X-Long: "), SLOW),
    "drips its body": (drips(HEAD + b"Content-Length: 900\r\n\r\n"), SLOW),
    "pours for ever": (pours(HEAD + b"\r\n", b"x" * 500), "more than the 1000 bytes"),
    "pours in chunks": (
        pours(HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"40\r\n" + b"x" * 64 + b"\r\n"),
        "more than the 1000 bytes",
    ),
    "pours heads": (pours(HEAD, b"X-A: b\r\n"), "did not answer as it should"),
    "pours first answers": (
        pours(b"", b"HTTP/1.1 103 Early\r\n\r\n" * 1_000),
        "more came than the 1000|came too slowly",  # whichever bound is met first
    ),
    "pours marks of chunks": (
        pours(HEAD + b"Transfer-Encoding: chunked\r\n\r\n1;", b"a" * 5_000),
        "did not answer as it should",
    ),
    "announces too much": (says("200 OK\nContent-Length: 1001"), "more than the 1000 bytes"),
    "is cut short": (says("200 OK\nContent-Length: 10", b"x"), "did not answer as it should"),
    "is no HTTP": (lambda line: line.sendall(b"SSH-2.0-x\r\n\r\n"), "did not answer as it should"),
    "hangs up": (lambda _line: None, "did not answer as it should"),
    "is compressed": (
        says("200 OK\nContent-Encoding: gzip", gzip.compress(bytes(100_000))),
        "it came compressed",
    ),
    "is not there": (says("404 No\nContent-Length: 0"), "answered with 404, not 200"),
    "is a part": (says("206 Part\nContent-Length: 1", b"x"), "answered with 206, not 200"),
    "sends on to nowhere": (says("302 On\nContent-Length: 0"), "an address has 1 to"),
    "sends on strangely": (says("302 On\nLocation: /\xe9"), "an address that cannot be read"),
}


@pytest.mark.parametrize("what", BAD)
def test_an_answer_is_left_that(what: str, site: Site) -> None:
    site.answers["/bad"], reason = BAD[what]
    started = time.monotonic()

    with pytest.raises(NotFetched, match=reason):
        fetcher_for(site).fetch(site.url("/bad"))
    assert time.monotonic() - started < QUICK.max_seconds + 1


def test_nobody_is_waited_for_longer_than_the_longest_time(site: Site) -> None:
    """At a pace that is good enough, but for ever."""
    site.answers["/bad"] = drips(HEAD + b"\r\n", every_seconds=0.0004)
    bounds = type(QUICK)(max_bytes=10**9, max_seconds=0.5, bytes_per_second=1)
    started = time.monotonic()

    with pytest.raises(NotFetched, match=SLOW):
        fetcher_for(site, bounds=bounds).fetch(site.url("/bad"))
    assert 0.4 < time.monotonic() - started < 2


def test_a_name_server_that_hangs_is_not_waited_for(site: Site) -> None:
    def hang(_host: str, _port: int) -> list[str]:
        time.sleep(1.5)
        return []

    hanging = replace(fetcher_for(site), resolve=hang)
    started = time.monotonic()

    with pytest.raises(NotFetched, match="is not to be found"):
        hanging.fetch(site.url("/a.jpg"))
    assert time.monotonic() - started < 1.2


def test_exactly_the_limit_is_taken(site: Site) -> None:
    site.answers["/bad"] = says("200 OK\nContent-Length: 1000", b"x" * 1_000)

    assert len(fetcher_for(site).fetch(site.url("/bad"))) == 1_000


def test_no_error_repeats_a_secret_of_the_address(site: Site) -> None:
    for what, (answering, _) in BAD.items():
        if what in {"is not there", "is no HTTP", "is compressed"}:
            site.answers["/bad?token=x"] = answering
            with pytest.raises(NotFetched) as refused:
                fetcher_for(site).fetch(site.url("/bad?token=x"))
            assert "token" not in str(refused.value)
