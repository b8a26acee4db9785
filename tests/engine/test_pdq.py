"""PDQ is bit for bit the reference's, in all eight orientations, and says when there is nothing to
hash.
"""

import tracemalloc

import numpy as np
import pdqhash
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staydown.cli.story.photographs import ALLOWED
from staydown.engine.pdq import (
    DihedralHashes,
    NoHash,
    PdqHash,
    hash_pixels,
    search_within,
    words_of,
)
from staydown.engine.verdict import WhyNot
from tests.engine.making import photo


def reference(pixels: np.ndarray) -> tuple[bytes, int]:
    """The reference implementation's bits and quality."""
    bits, quality = pdqhash.compute(np.ascontiguousarray(pixels))
    return np.packbits(bits.astype(np.uint8)).tobytes(), quality


@pytest.mark.parametrize("name", ALLOWED)
def test_the_bits_and_the_quality_are_the_references(name: str) -> None:
    ours = hash_pixels(photo(name))

    assert isinstance(ours, DihedralHashes)
    assert (ours.upright.bits, ours.upright.quality) == reference(photo(name))


@pytest.mark.parametrize("shape", [(64, 64), (65, 127), (128, 640), (333, 200), (1000, 70)])
def test_the_bits_are_the_references_at_any_size(shape: tuple[int, int]) -> None:
    pixels = np.resize(photo("gravel"), (*shape, 3))

    ours = hash_pixels(pixels)

    assert isinstance(ours, DihedralHashes)
    assert ours.upright.bits == reference(pixels)[0]


def test_the_eight_variants_are_the_references() -> None:
    theirs, _ = pdqhash.compute_dihedral(photo())
    expected = {np.packbits(bits.astype(np.uint8)).tobytes() for bits in theirs}

    ours = hash_pixels(photo())

    assert isinstance(ours, DihedralHashes)
    assert {variant.bits for variant in ours.variants} == expected


def test_a_very_long_picture_costs_no_more_than_its_pixels() -> None:
    """The filter of a side once cost its square: gigabytes for a banner within our limits."""
    banner = np.resize(photo("gravel"), (40, 60_000, 3))

    tracemalloc.start()
    ours = hash_pixels(banner)
    _, peak_bytes = tracemalloc.get_traced_memory()
    tracemalloc.stop()

    assert isinstance(ours, DihedralHashes)
    assert ours.upright.bits == reference(banner)[0]
    assert peak_bytes < 300_000_000


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("is_mirrored", [False, True])
def test_a_turned_or_mirrored_copy_is_close(turns: int, is_mirrored: bool) -> None:
    turned = np.rot90(photo()[:, ::-1] if is_mirrored else photo(), turns)

    ours, theirs = hash_pixels(photo()), hash_pixels(np.ascontiguousarray(turned))

    assert isinstance(ours, DihedralHashes)
    assert isinstance(theirs, DihedralHashes)
    assert ours.distance_bits(theirs) <= 16


BLANK = {
    "white": np.full((200, 200, 3), 255, np.uint8),
    "a gradient": np.repeat(
        np.linspace(0, 255, 300, dtype=np.uint8)[None, :, None].repeat(300, 0), 3, 2
    ),
    "four pixels": np.zeros((2, 2, 3), np.uint8),
}


@pytest.mark.parametrize(
    ("what", "why"), [("white", WhyNot.TOO_FLAT), ("four pixels", WhyNot.TOO_SMALL)]
)
def test_a_blank_picture_has_no_hash_rather_than_an_empty_one(what: str, why: WhyNot) -> None:
    assert hash_pixels(BLANK[what]) == NoHash(why=why)


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 60))
def test_the_search_finds_what_counting_bits_finds(seed: int, radius: int) -> None:
    chance = np.random.default_rng(seed)
    hashes = [PdqHash(bits=chance.bytes(32), quality=100) for _ in range(30)]
    needle = PdqHash(
        bits=bytes(b ^ (1 << int(chance.integers(8))) for b in hashes[3].bits), quality=100
    )

    found = search_within(needle, words_of(hashes), radius)

    expected = [(row, needle.distance_bits(one)) for row, one in enumerate(hashes)]
    assert sorted(found) == [pair for pair in expected if pair[1] <= radius]
