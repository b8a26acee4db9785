"""A handful of kills under load, on both databases; `make crash` does hundreds."""

from pathlib import Path

import pytest

from tests.serving.crashing import KINDS, run

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("kind", KINDS)
def test_a_server_killed_under_load_keeps_what_it_acknowledged(kind: str, tmp_path: Path) -> None:
    counts = run(kind, tmp_path, kills=3)

    assert counts.kills == 3
    assert counts.acknowledged.filed
    assert counts.acknowledged.held
    assert counts.reached.letters
    assert counts.entries >= len(counts.acknowledged.filed)
