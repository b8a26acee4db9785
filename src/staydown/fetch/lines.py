"""Connections that lead where they were checked to lead, and last as long as they may.

A name is looked up once. What it leads to is checked, and the connection is made to that very
address, so that a name server that answers otherwise a moment later (DNS rebinding) is not asked.
The certificate is still checked for the name.
"""

import socket
import ssl
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import httpcore

from staydown.errors import NotFetched
from staydown.fetch.addresses import Address, Network, check_address
from staydown.fetch.bounds import Stopwatch

type Resolver = Callable[[str, int], Sequence[str]]
"""Host and port → numeric addresses. Raises OSError."""

RESOLVING: Final = ThreadPoolExecutor(4, thread_name_prefix="resolving")
"""The system's look-up cannot be given up: one that hangs is left behind here until it ends."""


def ask_system(host: str, port: int) -> Sequence[str]:
    """What the system's resolver says, in its order (RFC 6724)."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP)
    return tuple(str(address[0]) for _, _, _, _, address in found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines(httpcore.NetworkBackend):
    """Makes the connections of one fetch. `ours` are networks that are allowed besides."""

    resolve: Resolver
    ours: Sequence[Network]
    stopwatch: Stopwatch

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to a checked address of `host`. Raises ForbiddenPlace, NotFetched."""
        for address in self._checked(host, port):
            within = self.stopwatch.left(self.stopwatch.bounds.connect_seconds)
            try:
                line = httpcore.SyncBackend().connect_tcp(str(address), port, timeout=within)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
            return Line(line=line, stopwatch=self.stopwatch)
        raise NotFetched(f"{host} does not answer")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """Never."""
        raise NotFetched("a socket of this machine is not asked")

    def _checked(self, host: str, port: int) -> tuple[Address, ...]:
        """Its addresses, if every one of them may be spoken to."""
        within = self.stopwatch.left(self.stopwatch.bounds.connect_seconds)
        looking = RESOLVING.submit(self.resolve, host, port)
        try:
            found = looking.result(within)
        except (OSError, UnicodeError) as error:  # a TimeoutError is an OSError
            looking.cancel()
            raise NotFetched(f"the address of {host} is not to be found") from error
        checked = dict.fromkeys(check_address(text, ours=self.ours) for text in found)
        return tuple(checked)[: self.stopwatch.bounds.addresses]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line(httpcore.NetworkStream):
    """A connection of which every step is held to the stopwatch."""

    line: httpcore.NetworkStream
    stopwatch: Stopwatch

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        """What came. Raises NotFetched once the time is over."""
        piece = self.line.read(max_bytes, self.stopwatch.left())
        self.stopwatch.take(len(piece))
        return piece

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        """Send it. Raises NotFetched once the time is over."""
        self.line.write(buffer, self.stopwatch.left())

    def close(self) -> None:
        """Hang up."""
        self.line.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        """The same connection under TLS, for a host of that name."""
        inner = self.line.start_tls(ssl_context, server_hostname, self.stopwatch.left())
        return Line(line=inner, stopwatch=self.stopwatch)

    def get_extra_info(self, info: str) -> object:
        """What is known of the connection."""
        return self.line.get_extra_info(info)
