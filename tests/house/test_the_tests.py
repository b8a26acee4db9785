"""What holds for every test is itself tested: no network, and no skip that nobody expects."""

import shutil
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.sources import ROOT

ELSEWHERE = ("192.0.2.1", 80)  # RFC 5737: an address for documentation, which nobody has


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as door, pytest.raises(RuntimeError, match=r"tried '192\.0\.2\.1'$"):
        door.connect(ELSEWHERE)


def test_no_test_asks_for_the_address_of_another_machine() -> None:
    with pytest.raises(RuntimeError, match=r"tried 'staydown\.example'$"):
        socket.create_connection(("staydown.example", 80))


def test_this_machine_may_be_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        with socket.create_connection(server.getsockname()) as client:
            assert client.getpeername() == server.getsockname()


SKIPPING = '''"""One test that is skipped."""

import pytest


@pytest.mark.skip(reason={reason!r})
def test_something() -> None:
    """Never runs."""


def test_something_else() -> None:
    """Passes."""
'''


def run_tests(folder: Path, reason: str, *options: str) -> subprocess.CompletedProcess[str]:
    """Run a small suite of its own, with our conftest and one test skipped for `reason`."""
    (folder / "tests").mkdir()
    for name in ("conftest.py", "expected-skips.txt"):
        shutil.copy(ROOT / "tests" / name, folder / "tests")
    (folder / "tests" / "test_it.py").write_text(SKIPPING.format(reason=reason))
    (folder / "pytest.ini").write_text("[pytest]\n")
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.slow
def test_a_skip_that_nobody_expects_fails_the_run_of_ci(tmp_path: Path) -> None:
    ran = run_tests(tmp_path, "I did not feel like it", "--account-for-skips", "-n", "2")

    assert ran.returncode == 1
    assert "UNEXPECTED SKIP 1 tests: I did not feel like it" in ran.stdout.splitlines()
    assert "1 passed, 1 skipped in" in ran.stdout.splitlines()[-1]


def test_a_skip_whose_reason_is_committed_does_not(tmp_path: Path) -> None:
    expected = (ROOT / "tests" / "expected-skips.txt").read_text().splitlines()[-1]

    ran = run_tests(tmp_path, expected, "--account-for-skips")

    assert ran.returncode == 0
    assert f"SKIPPED 1 tests: {expected}" in ran.stdout.splitlines()


def test_elsewhere_a_skip_is_said_and_does_no_harm(tmp_path: Path) -> None:
    ran = run_tests(tmp_path, "I did not feel like it")

    assert ran.returncode == 0
    assert "UNEXPECTED SKIP 1 tests: I did not feel like it" in ran.stdout.splitlines()
