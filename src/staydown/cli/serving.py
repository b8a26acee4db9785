"""`staydown serve`: the pages, the API and the jobs, on one machine, until told to stop.

One process answers requests (granian, WSGI), one performs jobs; both end with this one.
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

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
    """Have the jobs run in a process of their own meanwhile; it is let finish what it is at."""
    line = [sys.executable, "-m", "staydown.jobs", str(os.getpid())]
    jobs = subprocess.Popen(line)  # noqa: S603 -- ourselves
    try:
        yield
    finally:
        jobs.terminate()
        try:
            jobs.wait(SHUTDOWN_SECONDS)
        except subprocess.TimeoutExpired:
            jobs.kill()
