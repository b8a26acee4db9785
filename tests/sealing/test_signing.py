"""Signatures: made by one key, checked by anybody, and by no other key."""

from pathlib import Path

import pytest

from staydown.errors import Misconfigured, SealBroken
from staydown.sealing.key_file import make_key_file
from staydown.sealing.signing import SigningKey, check_signature, open_signing_key

KEY = SigningKey(seed=b"k" * 32)


def test_what_was_signed_is_told_from_what_was_not() -> None:
    signature = KEY.sign(b"a statement")

    check_signature(b"a statement", signature, public=KEY.public)
    for signed, by, public in (
        (b"another", signature, KEY.public),
        (b"a statement", signature, SigningKey(seed=b"x" * 32).public),
        (b"a statement", signature[:-2], KEY.public),
        (b"a statement", "no hexadecimal", KEY.public),
        (b"a statement", signature, "00"),
    ):
        with pytest.raises(SealBroken, match="the signature does not hold"):
            check_signature(signed, by, public=public)


def test_a_key_is_made_once_and_found_again(tmp_path: Path) -> None:
    made = open_signing_key(tmp_path / "key")

    assert open_signing_key(tmp_path / "key") == made
    assert (tmp_path / "key").stat().st_mode & 0o777 == 0o600


def test_a_master_key_is_not_taken_for_one(tmp_path: Path) -> None:
    make_key_file(tmp_path / "key")

    with pytest.raises(Misconfigured, match="is not a checkpoint key file"):
        open_signing_key(tmp_path / "key")


def test_a_key_is_never_printed() -> None:
    assert f"{KEY}" == "SigningKey(…)"
