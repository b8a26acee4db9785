"""What is said between those who want work done, the keeper, and the workers: fixed layouts.

Little-endian, a magic word and a version first, one message a packet. Nothing is ever unpickled,
and nothing that a worker says is believed beyond what is checked here.
"""

import struct
from dataclasses import dataclass
from enum import IntEnum
from typing import Final

MAGIC: Final = b"SDBX"
VERSION: Final = 2
REQUEST: Final = struct.Struct("<4sHHQQ")
REPLY: Final = struct.Struct("<4sHHQII")
MAX_PARAMETERS: Final = 256
MAX_TEXT: Final = 400
MAX_MESSAGE: Final = 2048


class Garbled(Exception):
    """Not a message of ours."""


class Outcome(IntEnum):
    """What became of a piece of work."""

    DONE = 1
    REFUSED = 2  # the work itself says why
    DIED = 3  # its process ended
    STALLED = 4  # it took too long
    BUSY = 5  # too many were waiting


FROM_WORKERS: Final = frozenset({Outcome.DONE, Outcome.REFUSED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """A piece of work: how many bytes lie in the shared memory beside it, and what to do.

    `client` tells apart for whom: a number of 64 bits that means nothing else.
    """

    size: int
    parameters: bytes
    client: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """What became of it. `size` bytes lie in the shared memory beside it if it was done.

    `cpu_ms` and `peak_kib` (of the worker so far) are the worker's own word.
    """

    outcome: Outcome
    size: int = 0
    cpu_ms: int = 0
    peak_kib: int = 0
    text: str = ""


def write_request(request: Request) -> bytes:
    """One packet. Raises Garbled if the parameters are too long."""
    if len(request.parameters) > MAX_PARAMETERS:
        raise Garbled("too many parameters")
    head = REQUEST.pack(MAGIC, VERSION, len(request.parameters), request.size, request.client)
    return head + request.parameters


def read_request(packet: bytes) -> Request:
    """The request in a packet. Raises Garbled."""
    if len(packet) < REQUEST.size:
        raise Garbled("too short")
    magic, version, length, size, client = REQUEST.unpack_from(packet)
    parameters = packet[REQUEST.size :]
    if (magic, version, length) != (MAGIC, VERSION, len(parameters)):
        raise Garbled("not a request")
    return Request(size=size, parameters=parameters, client=client)


def write_reply(reply: Reply) -> bytes:
    """One packet; a text that is too long is cut."""
    text = reply.text.encode()[:MAX_TEXT]
    numbers = (reply.outcome, reply.size, min(reply.cpu_ms, 2**32 - 1), reply.peak_kib)
    return REPLY.pack(MAGIC, VERSION, *numbers) + text


def read_reply(packet: bytes) -> Reply:
    """The reply in a packet, its text made of printable characters only. Raises Garbled."""
    if not REPLY.size <= len(packet) <= REPLY.size + MAX_TEXT:
        raise Garbled("not the length of a reply")
    magic, version, outcome, size, cpu_ms, peak_kib = REPLY.unpack_from(packet)
    if (magic, version) != (MAGIC, VERSION) or outcome not in Outcome:
        raise Garbled("not a reply")
    text = packet[REPLY.size :].decode(errors="replace")
    return Reply(
        outcome=Outcome(outcome),
        size=size,
        cpu_ms=cpu_ms,
        peak_kib=peak_kib,
        text="".join(letter if letter.isprintable() else " " for letter in text),
    )
