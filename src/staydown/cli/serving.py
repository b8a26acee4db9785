"""`staydown serve`: the pages, the API and the jobs, on one machine, until told to stop.

One process answers requests (granian, ASGI), one performs jobs, one keeps the locked ones that open
pictures. All end with this one, and are started again if they die alone.
"""

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import Event, Thread

import structlog
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from staydown.assembly.darkroom import wait_for
from staydown.assembly.keeping import command_for, environment
from staydown.assembly.starting import start
from staydown.cli.answering import load_application
from staydown.settings import DECODERS, Settings, read_settings

HOST = "127.0.0.1"
PORT = 8000
SHUTDOWN_SECONDS = 10
PAUSE_SECONDS = 2.0
"""Before what died is started again: what kills it at once must not keep a core busy."""
LOOK_SECONDS = 0.5

log = structlog.get_logger()


def serve(*, data: Path | None = None, host: str = HOST, port: int = PORT) -> None:
    """Serve everything on the embedded default, until Ctrl-C or SIGTERM.

    Parameters
    ----------
    data
        The data folder; made if it does not exist. The master key is made in your configuration
        folder, never with the data.
    host
        The address to listen on. Put a proxy that ends HTTPS in front before opening it to others.
    port
        The port to listen on.
    """
    settings = read_settings(data=data)
    with opening_pictures(settings) as darkroom:
        start(replace(settings, darkroom=darkroom))
        if settings.unsafe_single_reviewer:
            log.warning("unsafe_single_reviewer: one reviewer's mistake removes a picture for all")
        with running(doing_jobs()):
            log.info("serving", address=f"http://{host}:{port}", data=str(settings.data))
            answer_requests(host, port)


def darkroom(address: Path, /, *, decoders: int = DECODERS) -> None:
    """Keep the locked processes that open pictures, until Ctrl-C or SIGTERM.

    `staydown serve` starts them itself. Where servers are started apart, one of these serves all of
    a machine: name its address to them in STAYDOWN_DARKROOM.

    Parameters
    ----------
    address
        The socket to make; only this user reaches it.
    decoders
        Pictures opened at the same time.
    """
    line = command_for(address, decoders, parent=os.getppid())
    os.execve(line[0], line, environment())  # noqa: S606 -- ourselves


def answer_requests(host: str, port: int) -> None:
    """Until Ctrl-C or SIGTERM, in one process, which is started again if it dies."""
    server = Server(
        "staydown.assembly.asgi:application",
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        workers=1,
        websockets=False,
        respawn_failed_workers=True,
        workers_kill_timeout=SHUTDOWN_SECONDS,
        log_level=LogLevels.warning,
    )
    server.serve(target_loader=partial(load_application, os.getpid()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """A process beside the one that answers: what it does, its line, and what it sees of ours."""

    name: str
    line: tuple[str, ...]
    environment: Mapping[str, str] | None = None


def doing_jobs() -> Program:
    """Does what decisions left to be done."""
    return Program(name="jobs", line=(sys.executable, "-m", "staydown.jobs", str(os.getpid())))


@contextmanager
def opening_pictures(settings: Settings) -> Iterator[Path]:
    """Where locked processes open pictures: the address that was named, or else one of our own.

    The keeper of those sees no key and no address of a database.
    """
    if settings.darkroom:
        yield settings.darkroom
        return
    with TemporaryDirectory(prefix="staydown-") as folder:  # its owner's alone
        address = Path(folder) / "darkroom"
        line = command_for(address, settings.decoders, parent=os.getpid())
        with running(Program(name="darkroom", line=tuple(line), environment=environment())):
            wait_for(address)
            yield address


@contextmanager
def running(program: Program) -> Iterator[None]:
    """Have it run meanwhile; at the end it may finish what it is doing."""
    stop, begun = Event(), Event()
    keeper = Thread(
        target=keep_running, args=(program, stop, begun), name=f"keeps {program.name} running"
    )
    keeper.start()
    begun.wait()  # who forks meanwhile would hold the pipe open at which Popen waits for its child
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def keep_running(program: Program, stop: Event, begun: Event) -> None:
    """Run it until told to stop; if its process dies alone, start another after a pause. It has
    `begun` once the first was started, or could not be.
    """
    while not stop.is_set():
        try:
            process = subprocess.Popen(program.line, env=program.environment)  # noqa: S603 -- ours
        finally:
            begun.set()
        while not stop.wait(LOOK_SECONDS) and process.poll() is None:
            pass
        if stop.is_set():
            end(process)
        elif not stop.wait(PAUSE_SECONDS):  # Ctrl-C reaches them first: that is no accident
            log.error(f"{program.name} ended, and is started again", exit_code=process.returncode)


def end(process: "subprocess.Popen[bytes]") -> None:
    """Ask it to end, and insist after a while."""
    process.terminate()
    try:
        process.wait(SHUTDOWN_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
