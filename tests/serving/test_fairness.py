"""While one client sends hostile files as fast as it can, another is answered nearly as usual.

A real server, an attacker in a process of its own, and an honest client that posts one photograph
after the other. Usual and attacked times are taken in turn, so that whatever else the machine does
falls on both.
"""

import json
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import httpx
import pytest

from staydown.engine.pictures import encode_jpeg
from tests.photographs import cat, original
from tests.serving.server import FILLED_IN, Server, command, serving

ROOT = Path(__file__).parents[2]
NO_RATE = {"STAYDOWN_REQUESTS_PER_MINUTE": "1000000"}
"""So that it is the turns that are measured, and not a limit on how often one may ask."""


@dataclass(slots=True)
class Honest:
    """A client that posts one photograph after the other, and keeps how long each took."""

    server: Server
    key: str
    numbers: Iterator[int] = field(default_factory=count)

    def post(self, times: int) -> list[float]:
        """Seconds until each was answered."""
        took = []
        for number in (next(self.numbers) for _ in range(times)):
            data = encode_jpeg(cat(), quality=60 + number % 35)
            began = time.monotonic()
            answer = httpx.post(
                f"{self.server.address}/v1/screen?content_ref=honest/{number}",
                content=data,
                headers={"Authorization": f"Bearer {self.key}", "Content-Type": "image/jpeg"},
                timeout=60,
            )
            took.append(time.monotonic() - began)
            assert answer.json().get("action") == "publish", answer.text
        return took

    def file_notice(self) -> None:
        """So that there is something to be compared with."""
        httpx.post(
            f"{self.server.address}/v1/notices",
            data=FILLED_IN,
            files={"originals": ("original.jpg", original(), "image/jpeg")},
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=60,
        ).raise_for_status()


@contextmanager
def attacking(
    server: Server, key: str, said: Counter[str], *, senders: int, folder: Path | None = None
) -> Iterator[None]:
    """An attacker at work; `said` gets what it was answered."""
    line = [sys.executable, "-m", "tests.serving.attacking", server.address, key, str(senders)]
    line += [str(folder)] if folder else []
    attacker = subprocess.Popen(line, cwd=ROOT, stdout=subprocess.PIPE)
    try:
        time.sleep(2)  # until it is under way
        yield
    finally:
        attacker.terminate()
        said.update(json.loads(attacker.communicate()[0]))


def compare(data: Path, *, times: int, rounds: int, senders: int, folder: Path | None) -> float:
    """Median of the attacked times over the median of the usual ones, and prints what happened."""
    honest_key = command(data, "key", "add", "forum", "--scope", "screen", "--scope", "notices")
    hostile_key = command(data, "key", "add", "hostile", "--scope", "screen")
    usual: list[float] = []
    attacked: list[float] = []
    said: Counter[str] = Counter()
    with serving(data, **NO_RATE) as server:
        honest = Honest(server, honest_key)
        honest.file_notice()
        honest.post(3)
        for _ in range(rounds):
            usual += honest.post(times)
            with attacking(server, hostile_key, said, senders=senders, folder=folder):
                attacked += honest.post(times)
    print(f"attacker, {senders} connections: answered {dict(sorted(said.items()))}")
    for name, took in (("usual", usual), ("attacked", attacked)):
        tenths = statistics.quantiles(took, n=10)
        middle = statistics.median(took)
        print(f"honest, {name}: {len(took)} uploads, median {middle * 1000:.0f} ms, ", end="")
        print(f"90 % within {tenths[8] * 1000:.0f} ms, longest {max(took) * 1000:.0f} ms")
    assert said.total() > 0
    assert {status for status in said if status.startswith("5")} <= {"503"}
    return statistics.median(attacked) / statistics.median(usual)


@pytest.mark.slow
def test_a_hostile_client_does_not_hold_up_an_honest_one(tmp_path: Path) -> None:
    """A small form of the measurement; a busy machine is forgiven a little more."""
    ratio = compare(tmp_path / "data", times=8, rounds=1, senders=6, folder=None)

    assert ratio < 3


@pytest.mark.measure
@pytest.mark.material
@pytest.mark.parametrize("senders", [8, 32])
def test_measure_an_attack(tmp_path: Path, material: Path, senders: int) -> None:
    """Every file of the robustness set, again and again."""
    ratio = compare(
        tmp_path / "data", times=20, rounds=4, senders=senders, folder=material / "robustness"
    )

    print(f"honest uploads take {ratio:.2f} times as long")
    assert ratio < 2
