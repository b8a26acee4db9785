"""A hundred clients that send their bodies a byte at a time hold up nobody."""

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import httpx
import pytest

from tests.photographs import unrelated
from tests.serving.server import Server, command, serving

pytestmark = pytest.mark.slow

MANY = 100
SOON_SECONDS = 20
"""For an upload and a page on a busy machine; without the slow senders it takes about one."""


@contextmanager
def slow_senders(server: Server, path: str, kind: str, key: str) -> Iterator[list[socket.socket]]:
    """Connections on which a body was announced and hardly begun."""
    where = urlsplit(server.address)
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {key}\r\n"
    head += f"Content-Type: {kind}\r\nContent-Length: 1000000\r\n\r\n"
    with ExitStack() as stack:
        senders = [
            stack.enter_context(socket.create_connection((where.hostname, where.port or 80)))
            for _ in range(MANY)
        ]
        for sender in senders:
            sender.sendall(head.encode() + b"\xff\xd8\xff")
        yield senders


def test_a_hundred_slow_senders_do_not_stop_the_next_one(tmp_path: Path) -> None:
    data = tmp_path / "data"
    key = command(data, "key", "add", "forum", "--scope", "screen")
    with serving(data) as server:
        with (
            slow_senders(server, "/v1/screen?content_ref=a", "image/jpeg", key) as uploading,
            slow_senders(server, "/", "multipart/form-data; boundary=b", key) as filing,
        ):
            started = time.monotonic()
            answer = httpx.post(
                f"{server.address}/v1/screen?content_ref=post/1",
                content=unrelated(),
                headers={"Authorization": f"Bearer {key}", "Content-Type": "image/jpeg"},
                timeout=60,
            )
            page = httpx.get(f"{server.address}/", timeout=60)
            took = time.monotonic() - started
            for sender in (*uploading, *filing):
                sender.sendall(b"x")  # nobody hung up on them yet: they are waited for

        assert (answer.json()["action"], page.status_code) == ("publish", 200)
        assert took < SOON_SECONDS
