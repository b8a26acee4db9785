"""A fingerprint survives its packed form, and a damaged one is refused, never unpickled."""

import io

import numpy as np
import pytest

from staydown.engine.fingerprints import fingerprint_registered, pack, unpack
from staydown.engine.pictures import encode_png, open_picture
from staydown.errors import SealBroken
from tests.engine.making import found, photo


def test_what_is_unpacked_is_what_was_packed() -> None:
    one = fingerprint_registered(found(photo()))

    again = unpack(pack(one))

    assert (again.pdq, again.size, again.pixel_digest) == (one.pdq, one.size, one.pixel_digest)
    assert np.array_equal(again.features.points, one.features.points)
    assert np.array_equal(again.features.descriptors, one.features.descriptors)


def test_a_picture_without_a_hash_keeps_the_reason() -> None:
    blank = open_picture(encode_png(np.full((100, 100, 3), 7, np.uint8)))
    one = fingerprint_registered(blank)

    assert unpack(pack(one)).pdq == one.pdq


def pickled() -> bytes:
    """An archive that would run code if it were unpickled."""
    file = io.BytesIO()
    np.savez(file, digests=np.array([{"a": 1}], dtype=object))
    return file.getvalue()


@pytest.mark.parametrize(
    "data", [b"", b"not an archive", pickled()], ids=["empty", "text", "pickle"]
)
def test_a_damaged_fingerprint_is_refused(data: bytes) -> None:
    with pytest.raises(SealBroken):
        unpack(data)
