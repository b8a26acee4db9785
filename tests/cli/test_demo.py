"""The whole story, as `make demo` plays it, from a process of its own; and its photographs."""

import json
import subprocess
import sys

import pytest

from staydown.cli.story.photographs import ALLOWED, photograph
from staydown.cli.story.uploads import Kind, all_uploads


@pytest.mark.slow
def test_every_step_of_the_story_holds() -> None:
    command = [sys.executable, "-m", "staydown.cli", "demo", "--once", "--json"]

    ran = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)

    assert ran.returncode == 0, ran.stdout + ran.stderr
    story = json.loads(ran.stdout)
    assert story["has_held"]
    assert [step["name"] for step in story["steps"] if not step["has_held"]] == []
    told = {(one["kind"], one["verdict"], one["action"]) for one in story["uploads"]}
    assert told == {
        ("plain copy", "near_copy", "publish"),
        ("plain copy", "partial_copy", "publish"),
        ("doctored", "derived", "hold"),
        ("unrelated", "none", "publish"),
    }


def test_every_photograph_of_the_allowlist_can_be_opened() -> None:
    """tests/house refuses, everywhere, the names of the sample pictures that show people."""
    assert all(photograph(name).width > 0 for name in ALLOWED)


def test_the_uploads_are_some_plain_some_doctored_and_mostly_unrelated() -> None:
    kinds = [upload.kind for upload in all_uploads()]

    assert {kind: kinds.count(kind) for kind in Kind} == {
        Kind.PLAIN: 5,
        Kind.DOCTORED: 4,
        Kind.UNRELATED: 11,
    }
