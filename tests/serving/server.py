"""The real server, started and ended as an operator or an accident would."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx

STARTS_WITHIN_SECONDS = 60
FILLED_IN = {
    "was_minor": "no",
    "capacity": "self",
    "kind": "forgery",
    "statement": "Somebody changed the photo of my cat. I did not agree.",
    "locations": "https://forum.example/post/8213",
    "keeps_photo": "yes",
    "signature": "A Cat Lover",
    "is_in_good_faith": "yes",
}
"""A notice, as a form has it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Server:
    """A server that answers at `address`. It leads a process group that nobody else is in."""

    process: subprocess.Popen[bytes]
    address: str

    def kill(self) -> None:
        """End all of it at once, as a power cut would (SIGKILL)."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> int:
        """Ask it to end (SIGTERM); its exit code."""
        self.process.terminate()
        return self.process.wait(timeout=30)


def command(data: Path, *words: str, surroundings: dict[str, str] | None = None) -> str:
    """What a command of ours prints."""
    ran = run(data, *words, surroundings=surroundings)
    assert ran.returncode == 0, ran.stderr
    return ran.stdout.strip()


def run(
    data: Path, *words: str, surroundings: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """A command of ours, in an environment without settings unless others are given."""
    line = [sys.executable, "-m", "staydown.cli", *words, "--data", str(data)]
    given = surroundings or bare(data)
    return subprocess.run(line, check=False, capture_output=True, text=True, env=given)


def bare(data: Path) -> dict[str, str]:
    """An environment without any setting of ours, whose home is beside the data folder."""
    return {"PATH": os.defpath, "HOME": str(data.with_name("home"))}


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(data: Path, **settings: str) -> Iterator[Server]:
    """A server over that data folder, answering, with those settings besides."""
    port = free_port()
    line = [sys.executable, "-m", "staydown.cli", "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(line, start_new_session=True, env={**bare(data), **settings})
    server = Server(process=process, address=f"http://127.0.0.1:{port}")
    try:
        wait_until_healthy(server)
        yield server
    finally:
        if is_running(process.pid):
            server.kill()


def wait_until_healthy(server: Server) -> None:
    for _ in range(STARTS_WITHIN_SECONDS * 5):
        assert server.process.poll() is None, "the server ended before it answered"
        try:
            if httpx.get(f"{server.address}/v1/health").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    raise AssertionError("the server did not answer")


def is_running(group: int) -> bool:
    """Whether any process of that group is left."""
    try:
        os.killpg(group, 0)
    except ProcessLookupError:
        return False
    return True
