"""Each lock that is claimed is proved: from inside, and alone, since one could hide another."""

import os
import socket
import subprocess
import sys

import pytest

from staydown.sandbox.locks import Lock, locks_here
from staydown.sandbox.messages import Outcome
from tests.sandbox.conftest import ROOT, Room

LACKING = "this kernel lacks a lock, and nothing claims otherwise"
FORBIDDEN = {
    "open a file",
    "write a file",
    "look at a file",
    "list a folder",
    "remove a folder",
    "open a socket",
    "open a local socket",
    "start a process",
    "run a program",
    "signal another process",
    "become somebody else",
    "run memory it wrote",
    "make memory runnable",
    "trace another process",
}
POSSIBLE = {"start a thread", "open a file in a thread"}


@pytest.mark.parametrize("what", sorted(FORBIDDEN))
def test_from_inside_it_is_not_possible_to(what: str, room: Room) -> None:
    if Lock.CALLS not in locks_here():
        pytest.skip(LACKING)

    answer = room.ask(what)

    assert (answer.reply.outcome, bytes(answer.data)) == (Outcome.REFUSED, b"")
    assert answer.reply.text == "it could not be worked on (PermissionError)"


def test_from_inside_a_thread_is_possible_and_as_locked_as_the_rest(room: Room) -> None:
    """Decoders of HEIC work in one; it opens no file either."""
    if Lock.CALLS not in locks_here():
        pytest.skip(LACKING)

    assert bytes(room.ask("start a thread").data) == b"it worked"
    assert bytes(room.ask("open a file in a thread").data) == b"PermissionError"


STOPPED_BY: dict[Lock, dict[str, str]] = {
    Lock.LIMITS: {
        "take more memory": "MemoryError",
        "open many files": "OSError",
        "write much": "OSError",
        "start a process": "BlockingIOError",
        "start a thread": "RuntimeError",
        "spin": "-24",  # SIGXCPU
    },
    Lock.FILES: {
        "open a file": "PermissionError",
        "write a file": "PermissionError",
        "list a folder": "PermissionError",
        "remove a folder": "PermissionError",
        "run a program": "PermissionError",
    },
    Lock.TCP: {"open a socket": "PermissionError", "offer a TCP port": "PermissionError"},
    Lock.SIGNALS: {
        "signal another process": "PermissionError",
        "reach a hidden socket of another process": "PermissionError",
    },
    Lock.CALLS: dict.fromkeys(sorted(FORBIDDEN), "PermissionError"),
}


def try_alone(lock: str, attack: str) -> str:
    """What came of it, in a process on which that lock alone was closed."""
    line = [sys.executable, "-m", "tests.sandbox.alone", lock, attack]
    ran = subprocess.run(line, cwd=ROOT, capture_output=True, text=True, check=False)
    return ran.stdout.strip() or str(ran.returncode)


@pytest.mark.parametrize(
    ("lock", "attack"), [(lock, attack) for lock in Lock for attack in STOPPED_BY[lock]]
)
def test_each_lock_alone_stops_what_it_is_for(lock: Lock, attack: str) -> None:
    if lock not in locks_here():
        pytest.skip(LACKING)
    with socket.socket(socket.AF_UNIX) as hidden:
        hidden.bind(f"\0staydown-{os.getpid()}")
        hidden.listen()

        assert try_alone(lock, attack) == STOPPED_BY[lock][attack]


HARMLESS = {
    *("open a file", "list a folder", "start a process", "start a thread", "look at a file"),
    *("open many files", "write much", "offer a TCP port", "take more memory"),
    *("reach a hidden socket of another process", "make memory runnable", "run memory it wrote"),
}


@pytest.mark.parametrize("attack", sorted(HARMLESS))
def test_without_a_lock_it_works(attack: str) -> None:
    """Otherwise the tests above would prove nothing."""
    with socket.socket(socket.AF_UNIX) as hidden:
        hidden.bind(f"\0staydown-{os.getpid()}")
        hidden.listen()

        assert try_alone("none", attack) == "it worked"
