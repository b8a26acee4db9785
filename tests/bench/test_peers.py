"""Peers are judged as we are, by what their programs say; one that fails is a line, not an end."""

import json
import subprocess
import sys
from pathlib import Path

from staydown.cli.bench.peers import (
    ROOT,
    PeerMissing,
    PeerOutcome,
    PeerReport,
    Running,
    hear_peer,
    peer_names,
)
from tests.bench.test_scoring import RELATIONS, query

QUERIES = [query(0, "one"), query(1, "two"), query(2, "unseen")]
METHOD = {"name": "bits", "score": "minus bits", "match_at": -31, "entry_bytes": 32}
LINES = [
    {"peer": "somebody", "version": "1.2", "methods": [METHOD]},
    {"method": "bits", "query": 0, "cpu_ms": 3.0, "scores": [-2, -90, -100]},
    {"method": "bits", "query": 1, "cpu_ms": 5.0, "scores": [-20, -95, None]},
    {"method": "bits", "query": 2, "cpu_ms": 9.0, "scores": [-110, -120, -80]},
]


def heard(folder: Path, program: str) -> list[PeerOutcome]:
    """What is heard of a peer that runs this program."""
    answers, complaints = folder / "answers", folder / "complaints"
    with answers.open("wb") as out, complaints.open("wb") as err:
        process = subprocess.Popen([sys.executable, "-c", program], stdout=out, stderr=err)
    process.wait()
    ran = Running(name="somebody", process=process, answers=answers, complaints=complaints)
    return hear_peer(ran, QUERIES, RELATIONS, seed=1)


def test_a_peer_is_judged_by_its_scores_and_its_own_threshold(tmp_path: Path) -> None:
    said = "\n".join(json.dumps(line) for line in LINES)

    (report,) = heard(tmp_path, f"print({said!r})")

    assert isinstance(report, PeerReport)
    assert (report.method.peer, report.method.version, report.cpu_ms) == ("somebody", "1.2", 5.0)
    recall = {row.name: row for row in report.rates.recall}
    assert report.rates.thresholds.wanted == -20  # a stranger within 31 bits
    assert recall["a"].at_wanted_rate.value == 0.5
    assert recall["a"].as_shipped.value == 0.5
    assert report.rates.false.false_pairs == 1


def test_a_peer_that_fails_is_named_with_its_last_words(tmp_path: Path) -> None:
    (outcome,) = heard(tmp_path, "import sys; sys.exit('no such picture')")

    assert outcome == PeerMissing(peer="somebody", why="it failed: no such picture")


def test_a_peer_that_could_not_be_set_up_is_passed_on(tmp_path: Path) -> None:
    missing = PeerMissing(peer="somebody", why="its environment could not be made")

    assert hear_peer(missing, QUERIES, RELATIONS, seed=1) == [missing]


def test_every_peer_has_its_program_and_a_lock_with_digests() -> None:
    assert peer_names() == ["imagehash", "pdqhash", "perception"]
    for name in peer_names():
        lock = (ROOT / "bench" / "peers" / f"{name}.lock").read_text()
        pins = [line for line in lock.splitlines() if "==" in line]
        assert len(pins) > 2
        assert lock.count("--hash=sha256:") >= len(pins)
        assert "http" not in lock
