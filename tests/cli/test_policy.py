"""`staydown policy` as a lawyer runs it: agreement, a difference with both answers, a bad file."""

from importlib.resources import files
from pathlib import Path

import pytest

from tests.cli.conftest import Run
from tests.policy.making import UK, changed

SITUATION = (files("staydown.policy") / "situations" / "uk-osa.toml").read_text(encoding="utf-8")


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder of one's own: a pack, and situations worked out for it."""
    for name, text in {"packs": UK, "situations": SITUATION}.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "uk.toml").write_text(text)
    return tmp_path


def test_what_comes_with_the_program_agrees(run: Run) -> None:
    ran = run("policy", "check")

    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "41 situations, 0 worked out otherwise than by the packs."
    assert "us-take-it-down 2026-05-19: 14 [V], 2 [S], 7 [K]" in ran.out.splitlines()


def test_a_folder_of_ones_own_is_checked(run: Run, own: Path) -> None:
    ran = run("policy", "check", own)

    assert ran.code == 0
    assert ran.out.splitlines()[-1] == "5 situations, 0 worked out otherwise than by the packs."


def test_a_number_that_was_changed_disagrees_with_what_was_worked_out(run: Run, own: Path) -> None:
    (own / "packs" / "uk.toml").write_text(changed(("hours = 48", "hours = 72")))

    ran = run("policy", "check", own)

    assert ran.code == 1
    assert "differs uk.toml: an ordinary noon" in ran.out.splitlines()
    assert (
        "  → uk-osa: by hand 2026-11-27 12:00:00 UTC, by the packs 2026-11-28 12:00:00 UTC"
        in ran.out.splitlines()
    )


def test_a_pack_that_cannot_be_read_is_one_line_and_exit_2(run: Run, own: Path) -> None:
    (own / "packs" / "uk.toml").write_text(changed(("hours = 48", 'hours = "two days"')))

    ran = run("policy", "check", own)

    assert ran.code == 2
    assert ran.err == (
        "staydown: uk.toml: duty[1].within.hours: must be a whole number from 1 to 8760\n"
    )


def test_a_situation_that_cannot_be_read_is_one_line_and_exit_2(run: Run, own: Path) -> None:
    (own / "situations" / "uk.toml").write_text(SITUATION.replace("T12:00:00+00:00", "T12:00:00"))

    ran = run("policy", "check", own)

    assert ran.code == 2
    assert ran.err.startswith("staydown: uk.toml: situation[1].due.uk-osa: must be a time with its")
