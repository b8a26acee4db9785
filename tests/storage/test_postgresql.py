"""Everything that holds on SQLite holds on PostgreSQL: the same tests, on a real server."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_storage_and_jobs_hold_on_postgresql(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.storage.on_postgresql", str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert ran.returncode == 0, ran.stdout[-3000:] + ran.stderr[-1000:]
    assert " passed" in ran.stdout
