"""The search for hashes finds all that lie within the radius, and nothing else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.engine.hamming_index import HammingIndex
from staydown.engine.pdq import DihedralHashes, PdqHash
from tests.engine.making import known


def hash_of(bits: bytes) -> PdqHash:
    return PdqHash(bits=bits, quality=100)


def asked(bits: bytes) -> DihedralHashes:
    return DihedralHashes(variants=(hash_of(bits),) * 8)


@given(seed=st.integers(0, 2**32 - 1), radius=st.integers(0, 90))
def test_it_answers_as_looking_at_each_does(seed: int, radius: int) -> None:
    draw = np.random.default_rng(seed)
    needle = draw.bytes(32)
    near = [bytes(np.frombuffer(needle, np.uint8) ^ flips(draw)) for _ in range(20)]
    held = {
        f"{number}": hash_of(bits) for number, bits in enumerate([*near, *[draw.bytes(32)] * 3])
    }
    index = HammingIndex()
    index.add(held)

    slowly = {key: one.distance_bits(hash_of(needle)) for key, one in held.items()}

    assert dict(index.search_within(asked(needle), radius)) == {
        key: distance for key, distance in slowly.items() if distance <= radius
    }


def flips(draw: np.random.Generator) -> "np.ndarray":
    """Some bits, a few or many."""
    rows = np.zeros(256, np.uint8)
    rows[draw.permutation(256)[: int(draw.integers(0, 80))]] = 1
    return np.packbits(rows)


def test_a_picture_is_found_however_it_is_turned() -> None:
    pdq = known("temple").fingerprint.pdq
    assert isinstance(pdq, DihedralHashes)
    for variant in pdq.variants:
        index = HammingIndex()
        index.add({"turned": variant})
        assert index.search_within(pdq, 8) == (("turned", 0),)


def test_what_is_dropped_is_gone_and_the_rest_stays() -> None:
    index = HammingIndex()
    index.add({"a": hash_of(bytes(32)), "b": hash_of(b"\xff" * 32)})
    index.drop("a")
    index.drop("never there")

    assert index.search_within(asked(bytes(32)), 256) == (("b", 256),)
    with pytest.raises(ValueError, match="in the index already"):
        index.add({"b": hash_of(bytes(32))})
