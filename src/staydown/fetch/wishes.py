"""What a browser asks of its proxy, read strictly: a tunnel, or one thing in plain HTTP."""

import socket
from dataclasses import dataclass, field
from typing import Final

from staydown.errors import ForbiddenPlace, NotFetched
from staydown.fetch.places import Place, read_place

MAX_HEAD: Final = 64_000
"""Bytes of a request's head."""
NOT_PASSED: Final = ("proxy-", "connection:", "keep-alive:", "upgrade:")
"""Headers that end at a proxy (RFC 9110 §7.6.1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Where the browser wants to go. `opening` is what is said there first; nothing, in a tunnel.

    `uploads` is how many bytes it may send after that; None: as many as it likes.
    """

    place: Place
    is_tunnel: bool
    opening: bytes = field(repr=False)
    uploads: int | None


def hear_wish(near: socket.socket) -> Wish:
    """The next request on that line. Raises NotFetched, OSError."""
    heard = b""
    while b"\r\n\r\n" not in heard:
        piece = near.recv(65_536)
        if not piece or len(heard) > MAX_HEAD:
            raise NotFetched("the browser asked for nothing that can be read")
        heard += piece
    head, _, begun = heard.partition(b"\r\n\r\n")
    return read_wish(head.decode("latin-1"), begun)


def read_wish(head: str, begun: bytes) -> Wish:
    """The request in `head`, of which `begun` came already. Raises NotFetched."""
    first, *headers = head.split("\r\n")
    try:
        method, target, _version = first.split(" ")
    except ValueError:
        raise NotFetched("the browser asked for nothing that can be read") from None
    if method == "CONNECT":
        return Wish(
            place=read_place(f"https://{target}/"), is_tunnel=True, opening=b"", uploads=None
        )
    place = read_place(target)
    if place.scheme != "http":
        raise ForbiddenPlace("what is not plain HTTP goes through a tunnel")
    kept = [one for one in headers if not one.lower().startswith(NOT_PASSED)]
    said = [f"{method} {place.target} HTTP/1.1", *kept, "Connection: close", "", ""]
    return Wish(
        place=place,
        is_tunnel=False,
        opening="\r\n".join(said).encode("latin-1") + begun,
        uploads=_length(headers) - len(begun),
    )


def _length(headers: list[str]) -> int:
    """Bytes of the body (RFC 9112 §6). Raises NotFetched."""
    parted = (one.partition(":") for one in headers)
    fields = [(name.lower(), value.strip()) for name, _, value in parted]
    if any(name == "transfer-encoding" for name, _ in fields):
        raise NotFetched("a body that does not say its length is not sent")
    lengths = [value for name, value in fields if name == "content-length"]
    if len(lengths) > 1 or not all(value.isdigit() for value in lengths):
        raise NotFetched("a body that does not say its length is not sent")
    return int(lengths[0]) if lengths else 0
