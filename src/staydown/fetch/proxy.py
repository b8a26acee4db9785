"""A proxy on this machine that lets one browser reach the named hosts, by the fetcher's rules.

Each connection is made by `Lines`: to an address that was checked, and to that very address. All
connections share one stopwatch, so a page has one budget of bytes and of time. What is refused is
hung up on and not answered: an answer of ours could be taken for one of the site's.
"""

import selectors
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Lock, Thread
from typing import Final

from staydown.errors import ForbiddenPlace, NotFetched
from staydown.fetch.lines import Lines
from staydown.fetch.wishes import Wish, hear_wish

HERE: Final = "127.0.0.1"
PATIENCE: Final = 30.0
"""Seconds that one side may keep the other waiting while it takes what it is sent."""
WELCOME: Final = b"HTTP/1.1 200 Connected\r\n\r\n"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A connection that the browser wanted: where to, and what became of it."""

    host: str
    port: int
    outcome: str


@dataclass(slots=True, kw_only=True)
class Proxy:
    """Who may be reached, and what was asked so far."""

    allowed: frozenset[tuple[str, int]]
    lines: Lines
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    lock: Lock = field(default_factory=Lock)

    def serve(self, near: socket.socket) -> None:
        """Serve one connection of the browser's to its end."""
        with near, suppress(OSError, NotFetched):
            near.settimeout(PATIENCE)
            wish = hear_wish(near)
            with self._reach(wish) as far:
                far.settimeout(PATIENCE)
                if wish.is_tunnel:
                    near.sendall(WELCOME)
                else:
                    far.sendall(wish.opening)
                self._relay(near, far, wish.uploads)

    @contextmanager
    def _reach(self, wish: Wish) -> Iterator[socket.socket]:
        """A connection to where it wants to go. Raises NotFetched, and notes it either way."""
        host, port = wish.place.host, wish.place.port
        try:
            if (host, port) not in self.allowed:
                raise ForbiddenPlace("not among the hosts that were named")
            line = self.lines.connect_tcp(host, port)
        except NotFetched as error:
            self._note(host, port, f"refused: {error}")
            raise
        far = line.get_extra_info("socket")
        if not isinstance(far, socket.socket):
            raise TypeError("a line without a socket")
        self._note(host, port, f"reached at {far.getpeername()[0]}")
        with far:
            yield far

    def _note(self, host: str, port: int, outcome: str) -> None:
        with self.lock:
            self.asked.append(Asked(host=host, port=port, outcome=outcome))

    def _relay(self, near: socket.socket, far: socket.socket, uploads: int | None) -> None:
        """Hand on what comes from either side until one hangs up. Raises NotFetched."""
        with selectors.DefaultSelector() as waiting:
            for line in (near, far):
                waiting.register(line, selectors.EVENT_READ)
            while True:
                within = self.lines.stopwatch.left(PATIENCE)
                for key, _ in waiting.select(within):
                    is_from_browser = key.fileobj is near
                    source, sink = (near, far) if is_from_browser else (far, near)
                    piece = source.recv(65_536)
                    if is_from_browser and uploads is not None:
                        uploads -= len(piece)
                    if not piece or (uploads is not None and uploads < 0):
                        return
                    self._take(0 if is_from_browser else len(piece))
                    sink.sendall(piece)

    def _take(self, count: int) -> None:
        with self.lock:
            self.lines.stopwatch.take(count)


@contextmanager
def running_proxy(allowed: frozenset[tuple[str, int]], lines: Lines) -> Iterator[Proxy]:
    """A proxy that serves until the end of the block."""
    proxy = Proxy(allowed=allowed, lines=lines)
    with socket.create_server((HERE, 0)) as listener:
        proxy.port = listener.getsockname()[1]
        Thread(target=_accept, args=(listener, proxy), daemon=True).start()
        try:
            yield proxy
        finally:
            listener.shutdown(socket.SHUT_RDWR)


def _accept(listener: socket.socket, proxy: Proxy) -> None:
    while True:
        try:
            near, _ = listener.accept()
        except OSError:
            return
        Thread(target=proxy.serve, args=(near,), daemon=True).start()
