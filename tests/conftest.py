"""What holds for every test: no network but loopback, and no skip that nobody expects.

`--account-for-skips` (what CI passes) fails the run when a test is skipped for a reason that is not
a line of expected-skips.txt. Tests marked `material` run wherever the third-party pictures lie
beside the project, and are skipped, loudly, where they do not. The settings that Django finds point
to a folder of this run's own, never to the operator's data or home.
"""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
MATERIAL = ROOT.parent / "shared" / "material"
NO_MATERIAL = "the third-party pictures (../shared/material) are not on this machine"
LOOPBACK = {"127.0.0.1", "127.0.0.2", "::1", "localhost", "0.0.0.0", "", None}  # noqa: S104 -- all of them stay here
NETWORK_EVENTS = {"socket.connect": 1, "socket.sendto": 1, "socket.getaddrinfo": 0}
"""Audit event → which of its arguments is, or starts with, the host."""

skip_reasons = pytest.StashKey[dict[str, int]]()


OWN_FOLDER = Path(tempfile.mkdtemp(prefix="staydown-tests-"))
(OWN_FOLDER / "data").mkdir()
atexit.register(shutil.rmtree, OWN_FOLDER, ignore_errors=True)
for name in [name for name in os.environ if name.startswith("STAYDOWN_")]:  # noqa: TID251 -- theirs
    del os.environ[name]  # noqa: TID251 -- as above
os.environ["XDG_CONFIG_HOME"] = str(OWN_FOLDER / "config")  # noqa: TID251 -- as above
os.environ["STAYDOWN_DATA"] = str(OWN_FOLDER / "data")  # noqa: TID251 -- as above
os.environ["DATABASE_URL"] = os.environ.get("TESTS_DATABASE_URL", "")  # noqa: TID251 -- ours
os.environ["DJANGO_SETTINGS_MODULE"] = "staydown.assembly.django_settings"  # noqa: TID251 -- as above


class NetworkRefused(RuntimeError):
    """A test tried to reach something other than this machine."""


def refuse_the_network(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook (PEP 578): sees every socket of this process, whichever library opens it."""
    if event not in NETWORK_EVENTS:
        return
    target = arguments[NETWORK_EVENTS[event]]
    host = target[0] if isinstance(target, tuple) else target
    is_unix_socket = event != "socket.getaddrinfo" and not isinstance(target, tuple)
    if not is_unix_socket and (host.decode() if isinstance(host, bytes) else host) not in LOOPBACK:
        raise NetworkRefused(f"tests reach nothing but this machine, and this one tried {host!r}")


sys.addaudithook(refuse_the_network)


@pytest.fixture(scope="session")
def material() -> Path:
    """The folder of third-party pictures; only tests marked `material` may ask for it."""
    return MATERIAL


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--account-for-skips", action="store_true", help="fail on unexpected skips")


def pytest_configure(config: pytest.Config) -> None:
    config.stash[skip_reasons] = {}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if item.get_closest_marker("material") and not MATERIAL.is_dir():
            item.add_marker(pytest.mark.skip(reason=NO_MATERIAL))


class SkipCounter:
    """Counts why tests were skipped; sees the reports of all xdist workers."""

    def __init__(self, config: pytest.Config) -> None:
        self.reasons = config.stash[skip_reasons]

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.count(report)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        self.count(report)

    def count(self, report: pytest.TestReport | pytest.CollectReport) -> None:
        if report.skipped and isinstance(report.longrepr, tuple):
            reason = report.longrepr[2].removeprefix("Skipped: ")
            self.reasons[reason] = self.reasons.get(reason, 0) + 1


def pytest_sessionstart(session: pytest.Session) -> None:
    session.config.pluginmanager.register(SkipCounter(session.config))


def unexpected(config: pytest.Config) -> dict[str, int]:
    expected = (ROOT / "tests" / "expected-skips.txt").read_text().splitlines()
    return {why: n for why, n in config.stash[skip_reasons].items() if why not in expected}


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    if session.config.getoption("account_for_skips") and exitstatus == pytest.ExitCode.OK:
        if unexpected(session.config):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    for reason, count in config.stash[skip_reasons].items():
        word = "UNEXPECTED SKIP" if reason in unexpected(config) else "SKIPPED"
        terminalreporter.write_line(f"{word} {count} tests: {reason}", yellow=True)
