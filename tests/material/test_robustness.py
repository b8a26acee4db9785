"""Every file beside the project that was made to break decoders: a seeded sample of them, through
the API. `make robustness` prints the table over all of them, with time and memory.
"""

from tests import django_ready as django_ready  # isort: skip -- sets Django up

from pathlib import Path

import numpy as np
import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Scope
from tests.installation import desk as desk
from tests.installation import house as house
from tests.installation import new_key
from tests.installation import visitor as visitor

FOLDERS = ("robustness", "formats")
SAMPLE = 60
SEED = 4


def sample(material: Path) -> list[Path]:
    files = sorted(one for name in FOLDERS for one in (material / name).rglob("*") if one.is_file())
    order = np.random.default_rng(SEED).permutation(len(files))[:SAMPLE]
    return [files[int(index)] for index in order]


@pytest.mark.material
@pytest.mark.slow
def test_each_is_answered_or_refused_with_a_reason(
    house: House, visitor: Client, material: Path
) -> None:
    key = new_key(house, Scope.SCREEN)

    for path in sample(material):
        response = visitor.post(
            "/v1/screen?content_ref=x", path.read_bytes(), content_type="image/png", headers=key
        )

        answer = response.json()
        is_empty = path.stat().st_size == 0
        assert response.status_code in ((415,) if is_empty else (200, 422)), (path, answer)
        if response.status_code == 422:
            assert "ended the process" not in answer["detail"], path
            assert "could not be worked on" not in answer["detail"], path
            assert len(answer["detail"]) > 10, path
