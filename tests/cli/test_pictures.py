"""`register`, `screen` and `compare`: the contract that other tools script."""

from pathlib import Path

import numpy as np
import pytest

from staydown.engine.pictures import open_picture
from tests.cli.conftest import Run

FIELDS = [
    "picture",
    "verdict",
    "matched",
    "inliers",
    "anisotropy",
    "transform",
    "mirrored",
    "altered_fraction",
    "pdq_distance_bits",
    "false_positive_rate",
    "cpu_ms",
    "why",
]


def test_what_was_registered_is_found_again(run: Run, pictures: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    registered = run("register", pictures / "original.jpg", "--bank", bank)

    screened = run("screen", pictures, "--bank", bank, "--jsonl")

    assert (registered.code, screened.code) == (0, 0)
    said = {
        Path(str(one["picture"])).name: (one["verdict"], one["matched"]) for one in screened.lines
    }
    assert said == {
        "doctored.jpg": ("derived", "original.jpg"),
        "original.jpg": ("identical", "original.jpg"),
        "plain.jpg": ("near_copy", "original.jpg"),
        "stranger.jpg": ("none", None),
    }


def test_depth_quick_never_says_none(run: Run, pictures: Path, tmp_path: Path) -> None:
    bank = tmp_path / "bank"
    run("register", pictures / "original.jpg", "--bank", bank)

    screened = run("screen", pictures, "--bank", bank, "--jsonl", "--depth", "quick")

    assert [one["verdict"] for one in screened.lines] == [
        "needs_full",
        "identical",
        "hash_match",
        "needs_full",
    ]


def test_each_line_has_the_promised_fields(run: Run, pictures: Path, tmp_path: Path) -> None:
    run("register", pictures / "original.jpg", "--bank", tmp_path / "bank")

    screened = run("screen", pictures / "plain.jpg", "--bank", tmp_path / "bank", "--jsonl")
    compared = run("compare", pictures / "original.jpg", pictures / "plain.jpg", "--json")

    assert [list(one) for one in (*screened.lines, *compared.lines)] == [FIELDS, FIELDS]


def test_the_map_has_the_size_of_the_found_picture(
    run: Run, pictures: Path, tmp_path: Path
) -> None:
    found = pictures / "doctored.jpg"

    compared = run(
        "compare", pictures / "original.jpg", found, "--json", "--map", tmp_path / "map.png"
    )

    shown = open_picture((tmp_path / "map.png").read_bytes()).pixels[..., 0]
    assert compared.lines[0]["verdict"] == "derived"
    assert shown.shape == open_picture(found.read_bytes()).pixels.shape[:2]
    assert {int(value) for value in np.unique(shown)} <= {0, 1, 2, 3}
    assert (shown == 2).mean() == pytest.approx(compared.lines[0]["altered_fraction"], abs=0.02)


def test_the_map_of_a_stranger_is_all_outside(run: Run, pictures: Path, tmp_path: Path) -> None:
    run(
        "compare", pictures / "original.jpg", pictures / "stranger.jpg", "--map", tmp_path / "m.png"
    )

    assert open_picture((tmp_path / "m.png").read_bytes()).pixels.max() == 0


@pytest.mark.parametrize("found", ["doctored.jpg", "stranger.jpg"])
def test_the_proof_is_drawn_for_any_verdict(
    found: str, run: Run, pictures: Path, tmp_path: Path
) -> None:
    drawn = tmp_path / "proof.png"

    ran = run("compare", pictures / "original.jpg", pictures / found, "--overlay", drawn)

    assert ran.code == 0
    assert min(open_picture(drawn.read_bytes()).pixels.shape[:2]) > 400


def test_a_bad_file_is_named_and_the_others_go_on(run: Run, pictures: Path, tmp_path: Path) -> None:
    bad = pictures / "bad.jpg"
    bad.write_bytes(b"not a picture")
    run("register", pictures / "original.jpg", "--bank", tmp_path / "bank")

    screened = run("screen", pictures, "--bank", tmp_path / "bank", "--jsonl")

    assert screened.code == 2
    assert len(screened.lines) == 4
    assert screened.err.startswith(f"staydown: {bad}: text is not opened: send a picture as JPEG")


WRONG = {
    "a missing file": (["compare", "none.jpg", "none.jpg"], "none.jpg: No such file"),
    "no bank": (
        ["screen", "{pictures}", "--bank", "{tmp}/no-bank"],
        "is not a bank: make one with",
    ),
    "no pictures": (["register", "--bank", "{tmp}/bank"], "no pictures were named"),
    "an unknown role": (
        ["register", "{pictures}", "--bank", "{tmp}/bank", "--role", "negative"],
        "role",
    ),
    "an unknown command": (["scren"], "scren"),
    "an unwritable map": (
        ["compare", "{pictures}/plain.jpg", "{pictures}/plain.jpg", "--map", "/nowhere/map.png"],
        "/nowhere/map.png: No such file or directory",
    ),
    "an unwritable proof": (
        ["compare", "{pictures}/plain.jpg", "{pictures}/plain.jpg", "--overlay", "/nowhere/p.png"],
        "/nowhere/p.png: No such file or directory",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_what_is_wrong_is_said_in_a_line_with_exit_code_2(
    what: str, run: Run, pictures: Path, tmp_path: Path
) -> None:
    arguments, reason = WRONG[what]

    ran = run(*(one.format(pictures=pictures, tmp=tmp_path) for one in arguments))

    assert ran.code == 2
    assert reason in ran.err
    assert "Traceback" not in ran.err


@pytest.mark.parametrize("command", ["serve", "demo", "register", "screen", "compare", "doctor"])
def test_every_command_explains_itself(command: str, run: Run) -> None:
    helped = run(command, "--help")

    assert helped.code == 0
    assert f"staydown {command}" in helped.out
