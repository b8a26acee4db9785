"""`staydown serve`: the pages, the API and the jobs, on one machine, until told to stop.

One process answers requests (granian, WSGI), one performs jobs; both end with this one, and are
started again if they die alone.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from threading import Event, Thread

import structlog
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from staydown.assembly.starting import start
from staydown.cli.answering import load_application
from staydown.settings import read_settings

HOST = "127.0.0.1"
PORT = 8000
SHUTDOWN_SECONDS = 10
PAUSE_SECONDS = 2.0
"""Before jobs that died are started again: what kills them at once must not keep a core busy."""
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
    start(settings)
    if settings.unsafe_single_reviewer:
        log.warning("unsafe_single_reviewer: one reviewer's mistake removes a picture everywhere")
    log.info("serving", address=f"http://{host}:{port}", data=str(settings.data))
    server = Server(
        "staydown.assembly.wsgi:application",
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=1,
        blocking_threads=settings.threads,
        respawn_failed_workers=True,
        workers_kill_timeout=SHUTDOWN_SECONDS,
        log_level=LogLevels.warning,
    )
    with jobs_running():
        server.serve(target_loader=partial(load_application, os.getpid()))


@contextmanager
def jobs_running() -> Iterator[None]:
    """Have the jobs run in a process of their own meanwhile; at the end it may finish its round."""
    stop = Event()
    keeper = Thread(target=keep_running, args=(stop,), name="keeps jobs running")
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join()


def keep_running(stop: Event) -> None:
    """Run the jobs until told to stop; if their process dies alone, start another after a pause."""
    line = [sys.executable, "-m", "staydown.jobs", str(os.getpid())]
    while not stop.is_set():
        jobs = subprocess.Popen(line)  # noqa: S603 -- ourselves
        while not stop.wait(LOOK_SECONDS) and jobs.poll() is None:
            pass
        if stop.is_set():
            end(jobs)
        elif not stop.wait(PAUSE_SECONDS):  # Ctrl-C reaches them first: that is no accident
            log.error("the jobs ended, and are started again", exit_code=jobs.returncode)


def end(jobs: "subprocess.Popen[bytes]") -> None:
    """Ask the jobs to end, and insist after a while."""
    jobs.terminate()
    try:
        jobs.wait(SHUTDOWN_SECONDS)
    except subprocess.TimeoutExpired:
        jobs.kill()
        jobs.wait()
