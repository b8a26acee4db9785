"""A worker that was taken over may answer anything; nobody who reads it is harmed."""

import fcntl
import os
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.sandbox.memory import SEALS, NotSealed, look_into, read_shared, share
from staydown.sandbox.messages import (
    MAX_TEXT,
    Garbled,
    Outcome,
    Reply,
    Request,
    read_reply,
    read_request,
    write_reply,
    write_request,
)


def memory(data: bytes, *, seals: int) -> int:
    file = os.memfd_create("forged", os.MFD_ALLOW_SEALING)
    os.write(file, data)
    fcntl.fcntl(file, fcntl.F_ADD_SEALS, seals)
    return file


def test_what_is_shared_is_seen_whole_and_can_be_changed_by_nobody() -> None:
    file, size = share([b"ab", b"", memoryview(b"cde")])
    again = os.dup(file)

    seen = look_into(file, size, max_bytes=5)

    assert (bytes(seen), seen.readonly) == (b"abcde", True)
    with pytest.raises(PermissionError):
        os.write(again, b"x")
    with pytest.raises(PermissionError):
        os.truncate(again, 1)
    os.close(again)


FORGED = {
    "could still be changed": (fcntl.F_SEAL_SHRINK, 5, 5),
    "could still be cut off": (fcntl.F_SEAL_WRITE, 5, 5),
    "is shorter than it says": (SEALS, 6, 6),
    "is longer than it says": (SEALS, 4, 5),
    "is more than was asked for": (SEALS, 5, 4),
}


@pytest.mark.parametrize("how", FORGED)
def test_memory_is_not_looked_into_that(how: str) -> None:
    seals, size, most = FORGED[how]
    file = memory(b"abcde", seals=seals)

    with pytest.raises(NotSealed):
        look_into(file, size, max_bytes=most)
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(file)


@pytest.mark.parametrize("path", ["/dev/zero", "/dev/null", "/proc/self/exe"])
def test_a_file_is_no_memory(path: str) -> None:
    with pytest.raises(NotSealed):
        look_into(os.open(path, os.O_RDONLY), 5, max_bytes=5)


def test_of_memory_that_is_too_short_nothing_is_read() -> None:
    file, _ = share([b"abc"])

    with pytest.raises(NotSealed):
        read_shared(file, 4)
    os.close(file)


@given(st.binary(max_size=600))
def test_any_packet_is_a_message_or_garbled(packet: bytes) -> None:
    for read in (read_reply, read_request):
        with suppress(Garbled):
            read(packet)


@given(
    st.builds(
        Reply,
        outcome=st.sampled_from(Outcome),
        size=st.integers(0, 2**64 - 1),
        cpu_ms=st.integers(0, 2**32 - 1),
        peak_kib=st.integers(0, 2**32 - 1),
        text=st.text(st.characters(categories=["L", "N"]), max_size=MAX_TEXT // 4),
    )
)
def test_a_reply_arrives_as_it_was_sent(reply: Reply) -> None:
    assert read_reply(write_reply(reply)) == reply


def test_a_request_arrives_as_it_was_sent() -> None:
    request = Request(size=7, parameters=b"all of it", client=2**64 - 1)

    assert read_request(write_request(request)) == request
