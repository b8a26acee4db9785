"""Codes packed in memory: nothing is mixed up, and nothing that was wiped comes back."""

import numpy as np
import pytest

from staydown.engine.codes import CELLS, Codes
from staydown.engine.segments import (
    GONE,
    MOST_PHOTOGRAPHS,
    Segment,
    merge,
    merge_small,
    pack_poses,
    segment_of,
    unpack_poses,
)


def codes_at(places: list[tuple[float, float]], size: float = 3.0, angle: float = 1.0) -> Codes:
    """Codes at places in pixels, all of one size (octaves) and angle (radians), each in a cell of
    its own.
    """
    count = len(places)
    shape = (round(size * 16), round(angle * 128 / np.pi) % 256)
    return Codes(
        words=np.arange(2 * count, dtype=np.uint64).reshape(count, 2),
        cells=np.arange(count, dtype=np.int32) * 7 % CELLS,
        places=np.array(places).reshape(count, 2).astype(np.uint16) * 8,
        shapes=np.array([shape] * count, np.uint8).reshape(count, 2),
    )


@pytest.mark.parametrize("place", [(0.0, 0.0), (799.0, 3.0), (4.0, 799.0), (1023.0, 1023.0)])
def test_a_pose_is_packed_to_within_a_pixel(place: tuple[float, float]) -> None:
    points, sizes, angles = unpack_poses(pack_poses(codes_at([place], size=4.3, angle=5.9)))

    assert points[0] == pytest.approx(place, abs=1)
    assert sizes[0] == pytest.approx(4.3, abs=0.2)
    assert angles[0] == pytest.approx(5.9, abs=0.05)


def test_a_merge_keeps_each_code_with_its_photograph() -> None:
    left = segment_of([(4, codes_at([(1, 1)])), (9, codes_at([(2, 2), (3, 3)]))])
    right = segment_of([(11, codes_at([(5, 5), (6, 6)]))])
    left.wipe(4)

    merged = merge(left, right)

    points, _, _ = unpack_poses(merged.poses)
    owned: dict[int, list[int]] = {int(merged.numbers[owner]): [] for owner in merged.owners}
    for owner, point in zip(merged.owners, points, strict=True):
        owned[int(merged.numbers[owner])].append(int(point[0]))
    assert {number: sorted(found) for number, found in owned.items()} == {9: [2, 3], 11: [5, 6]}


def test_wiping_leaves_no_code_and_no_other_photograph_is_touched() -> None:
    segment = segment_of([(4, codes_at([(9, 9), (8, 8)])), (5, codes_at([(7, 7)]))])

    segment.wipe(4)

    assert (segment.owners == GONE).sum() == 2
    assert not segment.words[segment.owners == GONE].any()
    assert not segment.poses[segment.owners == GONE].any()
    assert (segment.owners != GONE).sum() == 1


def test_segments_that_could_not_name_their_photographs_stay_apart() -> None:
    def of_many(count: int) -> Segment:
        empty = codes_at([])
        return Segment(
            words=empty.words,
            owners=np.zeros(0, np.uint16),
            poses=np.zeros(0, np.uint32),
            starts=np.zeros(CELLS + 1, np.uint32),
            numbers=np.arange(count, dtype=np.int32),
        )

    full, more = of_many(MOST_PHOTOGRAPHS), of_many(1)

    assert merge_small((full, more)) == (full, more)
