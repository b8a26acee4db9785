"""A real HTTP server on this machine, what it was asked, and a fetcher that may ask it."""

import re
import socket
import ssl
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from ipaddress import ip_network
from threading import Thread

from staydown.fetch.bounds import Bounds
from staydown.fetch.fetcher import Fetcher
from staydown.fetch.lines import Resolver
from staydown.fetch.places import Origin

type Answering = Callable[[socket.socket], None]

HERE = "127.0.0.1"
PICTURE = b"\xff\xd8\xff a picture"
QUICK = Bounds(
    max_bytes=1_000, max_seconds=2, grace_seconds=0.4, bytes_per_second=2_000, connect_seconds=0.5
)


def says(head: str, body: bytes = b"") -> Answering:
    """An answer with that status line and those headers."""
    text = f"HTTP/1.1 {head}\r\n".replace("\n", "\r\n").replace("\r\r", "\r") + "\r\n"
    return lambda line: line.sendall(text.encode() + body)


def picture(body: bytes = PICTURE) -> Answering:
    """A picture."""
    return says(f"200 OK\nContent-Length: {len(body)}", body)


def sends_on(where: str, status: int = 302) -> Answering:
    """A redirect, with a cookie on it."""
    return says(f"{status} Elsewhere\nLocation: {where}\nSet-Cookie: a=1\nContent-Length: 0")


@dataclass(slots=True, kw_only=True)
class Site:
    """A server that answers each path in its own way, and keeps what it was asked."""

    host: str = HERE
    port: int = 0
    answers: dict[str, Answering] = field(default_factory=dict)
    asked: list[bytes] = field(default_factory=list)
    tls: ssl.SSLContext | None = None

    @contextmanager
    def running(self) -> Iterator["Site"]:
        with socket.create_server((self.host, self.port)) as listener:
            self.port = listener.getsockname()[1]
            Thread(target=self._serve, args=(listener,), daemon=True).start()
            try:
                yield self
            finally:
                listener.shutdown(socket.SHUT_RDWR)

    def _serve(self, listener: socket.socket) -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            Thread(target=self._answer, args=(line,), daemon=True).start()

    def _answer(self, line: socket.socket) -> None:
        try:
            with line, self.tls.wrap_socket(line, server_side=True) if self.tls else line as far:
                asked = whole_request(far)
                self.asked.append(asked)
                self.answers[asked.split(b" ", 2)[1].decode()](far)
        except (OSError, IndexError):  # whoever asked has gone
            return

    def url(self, path: str, name: str = "pictures.example", scheme: str = "http") -> str:
        """The address of `path` under that name."""
        return f"{scheme}://{name}:{self.port}{path}"


def whole_request(line: socket.socket) -> bytes:
    """Head and body of what was asked."""
    asked = b""
    while b"\r\n\r\n" not in asked and (piece := line.recv(4_096)):
        asked += piece
    head, _, body = asked.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    while length and len(body) < int(length[1]) and (piece := line.recv(65_536)):
        body += piece
    return head + b"\r\n\r\n" + body


def leading(names: Mapping[str, Sequence[str]]) -> Resolver:
    """A name server that knows those names."""

    def resolve(host: str, _port: int) -> Sequence[str]:
        if host not in names:
            raise OSError("no such name")
        return names[host]

    return resolve


def fetcher_for(
    site: Site,
    names: Mapping[str, Sequence[str]] | None = None,
    *,
    bounds: Bounds = QUICK,
    scheme: str = "http",
) -> Fetcher:
    """One that may ask the site by those names, or by one, at this machine's own address."""
    names = names or {"pictures.example": [HERE]}
    return Fetcher(
        allowed=[Origin.parse(f"{scheme}://{name}:{site.port}") for name in names],
        ours=[ip_network(HERE)],
        bounds=bounds,
        resolve=leading(names),
    )


def without_ours(fetcher: Fetcher) -> Fetcher:
    """The same, as an operator has it who allowed no network of their own."""
    return replace(fetcher, ours=())
