"""The sketch of a photograph: small, and the same again after packing."""

import numpy as np
import pytest

from staydown.engine.copy_index import CopyIndex
from staydown.engine.sketches import Sketch, pack_sketch, sketch, unpack_sketch
from staydown.errors import SealBroken
from tests.engine.making import known

PDQ_BYTES = DIGEST_BYTES = 32


def packed(name: str = "motorcycle") -> bytes:
    return pack_sketch(sketch(known(name).fingerprint))


def test_it_comes_back_as_it_was() -> None:
    before, after = (
        sketch(known().fingerprint),
        unpack_sketch(pack_sketch(sketch(known().fingerprint))),
    )

    assert plain(after) == plain(before)
    for name in ("words", "cells", "places", "shapes"):
        np.testing.assert_array_equal(getattr(after.codes, name), getattr(before.codes, name))


def plain(one: Sketch) -> tuple[object, ...]:
    return one.file_digest, one.pixel_digest, one.pdq


def test_it_takes_at_most_12_kilobytes_of_memory() -> None:
    index = CopyIndex()
    index.add({"one": sketch(known().fingerprint).codes})

    assert index.bytes_used + PDQ_BYTES + 2 * DIGEST_BYTES <= 12_000


@pytest.mark.parametrize("damage", [lambda b: b[:40], lambda b: b[:-1], lambda b: b"X" + b[1:]])
def test_a_damaged_one_is_said_to_be(damage: "type[bytes]") -> None:
    with pytest.raises(SealBroken):
        unpack_sketch(damage(packed()))
