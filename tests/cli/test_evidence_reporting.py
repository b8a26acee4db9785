"""`evidence report`: a PDF of a sealed bundle; a drawing only from a signer who is believed."""

import json
from pathlib import Path

import pikepdf
import pytest

from tests.cli.conftest import Ran, Run


@pytest.fixture
def bundle(run: Run, pictures: Path, tmp_path: Path) -> Path:
    """A sealed comparison."""
    who = ("--key", tmp_path / "key", "--by", "Ada", "--why", "for a court")
    pair = (pictures / "original.jpg", pictures / "doctored.jpg")
    run("evidence", "compare", tmp_path / "b", *pair, *who, "--adult-confirmed")
    run("evidence", "seal", tmp_path / "b", *who)
    return tmp_path / "b"


def report(run: Run, bundle: Path, *more: object) -> Ran:
    return run("evidence", "report", bundle, "--out", bundle.parent / "report.pdf", *more)


def pictures_in(path: Path) -> int:
    with pikepdf.open(path) as pdf:
        return sum(len(page.get_images()) for page in pdf.pages)


def test_a_drawing_is_shown_of_a_key_that_is_believed_alone(run: Run, bundle: Path) -> None:
    signer = json.loads((bundle / "manifest.json").read_text())["signer"]

    without = report(run, bundle)
    none = pictures_in(bundle.parent / "report.pdf")
    believed = report(run, bundle, "--key", signer, "--language", "zh")

    assert (without.code, believed.code) == (0, 0)
    assert (none, pictures_in(bundle.parent / "report.pdf")) == (0, 1)
    assert "3 items, 1 drawings" in believed.out


def test_what_cannot_be_done_is_said(run: Run, bundle: Path) -> None:
    stranger = report(run, bundle, "--key", "ab" * 32)
    tongue = report(run, bundle, "--language", "xx")
    nowhere = run("evidence", "report", bundle, "--out", bundle / "no" / "report.pdf")

    assert [one.code for one in (stranger, tongue, nowhere)] == [2, 2, 2]
    assert "not a key that you believe" in stranger.err
    assert "one of en, zh, ar" in tongue.err
    assert "cannot be written" in nowhere.err
