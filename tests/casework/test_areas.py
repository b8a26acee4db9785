"""An area map survives being sealed, and nothing else passes for one."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.casework.areas import pack_areas, unpack_areas
from staydown.engine.verdict import AREA_VALUES
from staydown.errors import SealBroken


@given(st.integers(1, 40), st.integers(1, 40), st.integers(0, 2**32 - 1))
def test_a_map_survives(height: int, width: int, seed: int) -> None:
    areas = np.random.default_rng(seed).integers(0, 4, (height, width), dtype=np.uint8)

    assert np.array_equal(unpack_areas(pack_areas(areas)), areas)


@pytest.mark.parametrize(
    "packed",
    [
        b"",
        b"\0\0\0\1",
        b"\0\0\0\1\0\0\0\1garbage",
        pack_areas(np.zeros((2, 3), np.uint8))[:-1],
        b"\0\0\0\7" + pack_areas(np.zeros((2, 3), np.uint8))[4:],
        pack_areas(np.full((2, 3), len(AREA_VALUES), np.uint8)),
    ],
)
def test_what_is_no_map_is_refused(packed: bytes) -> None:
    with pytest.raises(SealBroken, match="not an area map"):
        unpack_areas(packed)
