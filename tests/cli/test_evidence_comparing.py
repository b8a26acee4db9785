"""`evidence compare`: the proof lies in the bundle, is sealed with it, and says what it is not."""

import json
from pathlib import Path

import numpy as np

from staydown.cli.statements import MISSES
from staydown.digests import sha256
from staydown.engine.pictures import open_picture
from tests.cli.conftest import Ran, Run
from tests.house.sources import texts


def prove(run: Run, pictures: Path, tmp_path: Path, found: str, *more: object) -> Ran:
    who = ("--key", tmp_path / "key", "--by", "Ada", "--why", "for a court")
    pair = (pictures / "original.jpg", pictures / found)
    return run("evidence", "compare", tmp_path / "b", *pair, *who, *more)


def test_the_proof_is_in_the_sealed_bundle(run: Run, pictures: Path, tmp_path: Path) -> None:
    who = ("--key", tmp_path / "key", "--by", "Ada", "--why", "for a court")
    found = pictures / "doctored.jpg"
    run("evidence", "add", found, "--out", tmp_path / "b", *who, "--adult-confirmed")

    first = prove(run, pictures, tmp_path, "doctored.jpg", "--adult-confirmed")
    again = prove(run, pictures, tmp_path, "doctored.jpg", "--adult-confirmed")
    run("evidence", "seal", tmp_path / "b", *who)
    verified = run("evidence", "verify", tmp_path / "b")

    assert (first.code, again.code, verified.code) == (0, 0, 0)
    assert "1 given" in verified.out and "3 derived: computed" in verified.out
    (folder,) = (tmp_path / "b/items").glob("comparison-*")
    figures = json.loads((folder / "figures.json").read_text())
    assert (figures["verdict"], figures["picture"]) == ("derived", "doctored.jpg")
    assert figures["found_sha256"] == sha256(found.read_bytes())
    statement = " ".join((folder / "statement.txt").read_text().split())
    assert "items/doctored.jpg" in statement
    assert "at most 6 in 100,000" in statement and "docs/accuracy.md" in statement
    for limit in ("Who is shown", "Whether anybody agreed", "Who made, altered"):
        assert limit in statement.split("WHAT THIS DOES NOT SHOW")[1]


def test_of_what_was_altered_nothing_is_drawn(run: Run, pictures: Path, tmp_path: Path) -> None:
    prove(run, pictures, tmp_path, "doctored.jpg", "--adult-confirmed")

    (overlay,) = (tmp_path / "b/items").rglob("overlay.png")
    drawn = open_picture(overlay.read_bytes()).pixels
    altered = (drawn == np.array((176, 58, 46))).all(axis=2).mean()
    assert altered > 0.02


def test_unconfirmed_it_draws_nothing(run: Run, pictures: Path, tmp_path: Path) -> None:
    assert prove(run, pictures, tmp_path, "doctored.jpg").code == 0

    names = sorted(path.name for path in (tmp_path / "b/items").rglob("*") if path.is_file())
    assert names == ["figures.json", "statement.txt"]


def test_a_stranger_is_said_to_be_no_proof(run: Run, pictures: Path, tmp_path: Path) -> None:
    said = prove(run, pictures, tmp_path, "stranger.jpg")

    (statement,) = (tmp_path / "b/items").rglob("statement.txt")
    assert "no proof that one was made from the other" in said.out
    assert "not in this bundle" in " ".join(statement.read_text().split())


def test_a_file_that_is_no_picture_is_named(run: Run, pictures: Path, tmp_path: Path) -> None:
    (pictures / "broken.jpg").write_text("no picture")

    said = prove(run, pictures, tmp_path, "broken.jpg")

    assert said.code == 2
    assert "broken.jpg" in said.err and "Traceback" not in said.err
    assert not (tmp_path / "b").exists()


def test_its_rates_are_those_of_the_document() -> None:
    measured = " ".join(texts()["docs/accuracy.md"].split())

    assert (
        "58,049 of them of different sources" in measured and "at most 5.2 in 100,000" in measured
    )
    assert "*a* 1.000, *b* .995, *c* .991, *d* .842" in measured
    assert "84 in 100" in MISSES[0] and "26 November 2026" in measured and "26 Nov" in MISSES[1]
