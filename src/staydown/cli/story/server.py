"""A real server for the demo: a fresh data folder, a platform's key, a reviewer, and `staydown
serve` in a process.
"""

import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

from staydown.assembly.starting import start
from staydown.casework.people import Role, Scope
from staydown.cli.story.platform import TIMEOUT_SECONDS
from staydown.errors import StoryBroke
from staydown.settings import Settings

if TYPE_CHECKING:
    from staydown.assembly.house import House

HOST = "127.0.0.1"
FIRST_PORT = 8000
START_SECONDS = 60.0
STOP_SECONDS = 20.0
REVIEWER = "demo-reviewer"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """Where the story plays."""

    house: "House"
    address: str
    api_key: str


def settings_for(folder: Path) -> Settings:
    """Data and keys in `folder`, apart, and nothing in anybody's home; one reviewer decides alone,
    which only a demo may allow.
    """
    return Settings(
        data=folder / "data",
        key_file=folder / "keys" / "master.key",
        session_key_file=folder / "keys" / "session.key",
        checkpoint_key_file=folder / "keys" / "checkpoint.key",
        ledger_file=folder / "keys" / "forgotten",
        unsafe_single_reviewer=True,
    )


@contextmanager
def running_server(folder: Path, *, port: int | None) -> Iterator[Stage]:
    """The server on a fresh data folder in `folder`, until the story is over. Raises StoryBroke if
    it does not start.
    """
    house = start(settings_for(folder))
    house.people.add(REVIEWER, Role.REVIEWER)
    key = house.keys.make("demo platform", frozenset(Scope))
    chosen = port or free_port()
    address = f"http://{HOST}:{chosen}"
    command = [sys.executable, "-m", "staydown.cli", "serve", "--port", str(chosen)]
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, stdout=log, stderr=log)  # noqa: S603 -- our own program
        try:
            wait_until_up(server, address, folder / "server.log")
            yield Stage(house=house, address=address, api_key=key)
        finally:
            stop(server)


def free_port() -> int:
    """The usual port, or any other if that is taken."""
    for candidate in (FIRST_PORT, 0):
        with socket.socket() as probe:
            try:
                probe.bind((HOST, candidate))
            except OSError:
                continue
            return int(probe.getsockname()[1])
    raise StoryBroke(f"no port is free on {HOST}")


def wait_until_up(server: "subprocess.Popen[bytes]", address: str, log: Path) -> None:
    """Raises StoryBroke, with what the server said last, if it ends or does not answer in time."""
    until = time.monotonic() + START_SECONDS
    while time.monotonic() < until and server.poll() is None:
        try:
            if httpx.get(f"{address}/v1/health", timeout=TIMEOUT_SECONDS).status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.1)
    said = log.read_text(errors="replace")[-800:]
    raise StoryBroke(f"the server did not start; it said:\n{said}")


def stop(server: "subprocess.Popen[bytes]") -> None:
    """End the server, and wait until it is gone."""
    server.terminate()
    try:
        server.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
