"""What a seal keeps, and what it says when it does not open."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.errors import SealBroken
from staydown.sealing.envelope import KEY_BYTES, DataKey, MasterKey, seal, unseal

ONE_KEY = DataKey(secret=bytes(range(KEY_BYTES)))
OTHER_KEY = DataKey(secret=bytes(range(1, KEY_BYTES + 1)))
MASTER = MasterKey(secret=b"m" * KEY_BYTES)


@given(plain=st.binary(max_size=2_000), context=st.text(max_size=40))
def test_what_was_sealed_comes_back_whole(plain: bytes, context: str) -> None:
    sealed = seal(plain, key=ONE_KEY, context=context)

    assert unseal(sealed, key=ONE_KEY, context=context) == plain
    assert len(sealed) == len(plain) + 40


def test_the_same_bytes_sealed_twice_look_different() -> None:
    assert seal(b"cat", key=ONE_KEY, context="a") != seal(b"cat", key=ONE_KEY, context="a")


def test_the_plain_bytes_do_not_show_in_the_sealed_ones() -> None:
    plain = b"a fingerprint that must not show"

    assert plain not in seal(plain, key=ONE_KEY, context="entry e1")


type Change = Callable[[bytes], bytes]

ATTACKS: dict[str, tuple[DataKey, str, Change]] = {
    "another key": (OTHER_KEY, "entry e1", lambda sealed: sealed),
    "another context": (ONE_KEY, "entry e2", lambda sealed: sealed),
    "first bit flipped": (ONE_KEY, "entry e1", lambda s: bytes([s[0] ^ 1]) + s[1:]),
    "last bit flipped": (ONE_KEY, "entry e1", lambda s: s[:-1] + bytes([s[-1] ^ 1])),
    "end cut off": (ONE_KEY, "entry e1", lambda s: s[:-1]),
    "something added": (ONE_KEY, "entry e1", lambda s: s + b"\0"),
    "shorter than a nonce": (ONE_KEY, "entry e1", lambda s: s[:10]),
    "nothing at all": (ONE_KEY, "entry e1", lambda s: b""),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_a_seal_does_not_open_after(attack: str) -> None:
    key, context, change = ATTACKS[attack]
    sealed = seal(b"a photograph", key=ONE_KEY, context="entry e1")

    with pytest.raises(SealBroken, match=r"^entry e\d: the seal does not open with this key$"):
        unseal(change(sealed), key=key, context=context)


def test_a_data_key_travels_wrapped_and_only_its_own_master_opens_it() -> None:
    key = MASTER.new_data_key()
    wrapped = MASTER.wrap(key, context="entry e1")

    assert MASTER.unwrap(wrapped, context="entry e1") == key
    assert key.secret not in wrapped.sealed
    with pytest.raises(SealBroken):
        MasterKey(secret=b"n" * KEY_BYTES).unwrap(wrapped, context="entry e1")
    with pytest.raises(SealBroken):
        MASTER.unwrap(wrapped, context="entry e2")


def test_every_entry_gets_a_key_of_its_own() -> None:
    assert MASTER.new_data_key() != MASTER.new_data_key()


def test_no_key_shows_its_secret_when_printed() -> None:
    assert repr(ONE_KEY) == "DataKey(…)"
    assert f"{MASTER}" == "MasterKey(…)"
