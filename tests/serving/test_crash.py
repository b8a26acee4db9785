"""What was acknowledged survives the worst moment to die; what ends leaves nothing behind."""

import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path
from threading import Event

import httpx
import pytest

from staydown.engine.pictures import encode_jpeg
from tests.photographs import cat, doctored
from tests.serving.server import FILLED_IN, Server, command, is_running, serving

pytestmark = pytest.mark.slow

AT_ONCE = 3
ALL_OF_THEM = 6
"""It, who answers, who does jobs, who keeps those that open pictures, and two of these."""
ENOUGH = 4


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


def file_until(stopped: Event, server: Server, key: str, acknowledged: list[str]) -> None:
    """File one notice after the other; note each case whose receipt arrived."""
    original = encode_jpeg(cat(), quality=92)
    while not stopped.is_set():
        try:
            answer = httpx.post(
                f"{server.address}/v1/notices",
                data=FILLED_IN,
                files={"originals": ("original.jpg", original, "image/jpeg")},
                headers={"Authorization": f"Bearer {key}"},
                timeout=60,
            )
        except httpx.TransportError:
            return
        acknowledged.append(answer.raise_for_status().json()["case"])


def test_a_server_killed_between_receipt_and_answer_loses_no_acknowledged_notice(
    data: Path,
) -> None:
    key = command(data, "key", "add", "forum", *scopes("notices", "cases", "screen"))
    headers = {"Authorization": f"Bearer {key}"}
    acknowledged: list[str] = []
    with serving(data) as server, ThreadPoolExecutor(AT_ONCE) as pool:
        stopped = Event()
        filing: list[Future[None]] = [
            pool.submit(file_until, stopped, server, key, acknowledged) for _ in range(AT_ONCE)
        ]
        while len(acknowledged) < ENOUGH and not any(one.done() for one in filing):
            time.sleep(0.01)
        server.kill()  # while others are being filed
        stopped.set()

    with serving(data) as server:
        found = [
            httpx.get(f"{server.address}/v1/cases/{case}", headers=headers).status_code
            for case in acknowledged
        ]
        held = httpx.post(
            f"{server.address}/v1/screen?content_ref=post/1",
            content=doctored(),
            headers={**headers, "Content-Type": "image/jpeg"},
            timeout=60,
        )

    assert len(acknowledged) >= ENOUGH
    assert found == [200] * len(acknowledged)
    assert held.json()["action"] == "hold"
    assert command(data, "audit", "verify").startswith("The audit chain is whole: ")


def scopes(*names: str) -> list[str]:
    return [word for name in names for word in ("--scope", name)]


def test_asked_to_end_it_ends_in_order_and_leaves_nothing_running(data: Path) -> None:
    with serving(data) as server:
        code = server.stop()

        assert code == 0
        assert not is_running(server.process.pid)


def test_killed_alone_it_takes_its_other_processes_along(data: Path) -> None:
    """Else uploads would go on being taken, with nobody to end holds."""
    with serving(data) as server:
        assert len(living(server.process.pid)) == ALL_OF_THEM

        server.process.kill()
        server.process.wait()
        wait_until(lambda: living(server.process.pid) == [])

        assert living(server.process.pid) == []


def test_jobs_that_die_alone_are_started_again(data: Path) -> None:
    with serving(data) as server:
        wait_until(lambda: len(processes_of_jobs(server)) == 1)
        [first] = processes_of_jobs(server)

        os.kill(first, signal.SIGKILL)
        wait_until(lambda: [one for one in processes_of_jobs(server) if one != first] != [])

        assert server.stop() == 0
        assert not is_running(server.process.pid)


def processes_of_jobs(server: Server) -> list[int]:
    return [
        int(folder.name)
        for folder in Path("/proc").glob("[0-9]*")
        if " staydown.jobs " in (command_line(folder, server.process.pid) or "")
        and parent_of(folder) == server.process.pid  # not one that they are just about to start
    ]


def parent_of(folder: Path) -> int | None:
    try:
        return int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
    except OSError:
        return None


def wait_until(is_so: Callable[[], bool]) -> None:
    """For at most a minute: a busy machine starts processes slowly."""
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.1)
    pytest.fail("it never came to be")


def living(group: int) -> list[str]:
    """Command lines of the processes in a group, those that ended and were not yet buried apart."""
    return [
        line
        for folder in Path("/proc").glob("[0-9]*")
        if (line := command_line(folder, group)) is not None
    ]


def command_line(folder: Path, group: int) -> str | None:
    try:
        state = (folder / "stat").read_text().rsplit(")", 1)[1].split()
        line = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return None
    return line if int(state[2]) == group and state[0] != "Z" else None
