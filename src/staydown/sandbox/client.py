"""Asks the keeper for one piece of work, and checks what comes back before anybody reads it."""

import hashlib
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from staydown.sandbox.memory import Buffer, NotSealed, close_all, look_into, share
from staydown.sandbox.messages import (
    MAX_MESSAGE,
    Garbled,
    Outcome,
    Reply,
    Request,
    read_reply,
    write_request,
)

PATIENCE_SECONDS: Final = 60
"""How long somebody waits for an answer, the line before them included."""


RESTART_SECONDS: Final = 10
"""How long a keeper that died may take until another one is there."""
LOOK_SECONDS: Final = 0.05


_behalf: ContextVar[int] = ContextVar("for whom", default=0)


@contextmanager
def on_behalf_of(client: str) -> Iterator[None]:
    """What is asked for inside is for that client: the keeper gives each their turn.

    Outside it is for the installation itself. The keeper learns a number, not the name.
    """
    number = int.from_bytes(hashlib.blake2b(client.encode(), digest_size=8).digest())
    before = _behalf.set(number)
    try:
        yield
    finally:
        _behalf.reset(before)


class Away(Exception):
    """Nobody answers at that address, or not in time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What became of the work; `data` is read-only, and empty unless it was done."""

    reply: Reply
    data: memoryview


def ask(address: Path, data: Buffer, parameters: bytes, *, max_bytes: int) -> Answer:
    """Have `data` worked on. Raises Away.

    An answer that is not what it claims to be, or has more than `max_bytes`, counts as the death of
    its worker.
    """
    file, size = share([data])
    try:
        with socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET) as door:
            knock(door, address)
            request = Request(size=size, parameters=parameters, client=_behalf.get())
            socket.send_fds(door, [write_request(request)], [file])
            packet, files, _, _ = socket.recv_fds(door, MAX_MESSAGE, 1)
        return _check(packet, files, max_bytes=max_bytes)
    except (OSError, Garbled) as error:
        raise Away(f"nobody works at {address}") from error
    finally:
        close_all([file])


def knock(door: socket.socket, address: Path) -> None:
    """Connect; where nobody answers yet, or any more, again for a while. Raises OSError."""
    door.settimeout(PATIENCE_SECONDS)
    last = time.monotonic() + RESTART_SECONDS
    while True:
        try:
            return door.connect(str(address))
        except (FileNotFoundError, ConnectionRefusedError):
            if time.monotonic() > last:
                raise
            time.sleep(LOOK_SECONDS)


def _check(packet: bytes, files: list[int], *, max_bytes: int) -> Answer:
    """Raises Garbled."""
    reply = read_reply(packet)
    if reply.outcome is not Outcome.DONE:
        close_all(files)
        return Answer(reply=reply, data=memoryview(b""))
    if len(files) != 1:
        close_all(files)
        raise Garbled("an answer without its memory")
    try:
        return Answer(reply=reply, data=look_into(files[0], reply.size, max_bytes=max_bytes))
    except NotSealed:
        return Answer(reply=Reply(outcome=Outcome.DIED, text="forged"), data=memoryview(b""))
