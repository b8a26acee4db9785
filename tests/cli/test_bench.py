"""`staydown bench copies`, end to end on a few small photographs without people."""

import json
from pathlib import Path
from typing import Any

import pytest

from staydown.cli.bench.catalogue import Group
from staydown.cli.bench.report import FORMAT
from tests.bench.making import NAMES, write_folder
from tests.cli.conftest import Run

EACH = 1


def without_costs(path: Path) -> dict[str, Any]:
    """A report, but for what depends on the machine."""
    report: dict[str, Any] = json.loads(path.read_text())
    del report["costs"]
    return report


@pytest.mark.slow
def test_a_small_benchmark_finds_copies_and_repeats_exactly(run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "photos"
    write_folder(folder)
    options = ("--photos", folder, "--registered", 3, "--each", EACH, "--no-peers", "--workers")

    alone = run("bench", "copies", *options, 1, "--json", tmp_path / "alone.json")
    shared = run("bench", "copies", *options, 2, "--json", tmp_path / "shared.json")

    assert (alone.code, shared.code) == (0, 0)
    report = without_costs(tmp_path / "alone.json")
    assert report == without_costs(tmp_path / "shared.json")
    assert report["format"] == FORMAT
    uploads = len(NAMES) * len(Group) * EACH
    assert report["material"]["uploads"] == len(report["queries"]) == uploads
    groups = {
        row["name"]: row for row in report["ours"]["rates"]["recall"] if len(row["name"]) == 1
    }
    assert groups["a"]["as_shipped"]["hits"] == groups["a"]["as_shipped"]["trials"] == 3 * EACH
    assert report["ours"]["rates"]["false"]["false_pairs"] == 0
    made = {query["edit"] for query in report["queries"] if query["entry"] is not None}
    assert {row["name"] for row in report["ours"]["verdicts"]} == made | set(Group)
    assert "Strangers taken for copies" in alone.out


WRONG = {
    "a folder that is none": (["--photos", "{tmp}/none"], "{tmp}/none: not a folder"),
    "a folder without photographs": (["--photos", "{tmp}/empty"], "{tmp}/empty: no photographs"),
    "more than there are": (
        ["--photos", "{tmp}/photos", "--registered", "40"],
        "--registered 40: with these folders, 1 to 4 can be registered",
    ),
    "no folder at all": ([], "--photos"),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_cannot_be_measured_is_refused_in_a_line(what: str, run: Run, tmp_path: Path) -> None:
    write_folder(tmp_path / "photos")
    (tmp_path / "empty").mkdir()
    (tmp_path / "empty" / "words.jpg").write_text("not a picture")
    arguments, reason = WRONG[what]

    given = [one.format(tmp=tmp_path) for one in arguments]
    ran = run("bench", "copies", *given, "--no-peers", "--workers", 1)

    assert ran.code == 2
    assert reason.format(tmp=tmp_path) in ran.err
    assert "Traceback" not in ran.err
