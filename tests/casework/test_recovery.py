"""A secret as fifteen words, and back, however it was typed."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.casework import recovery
from staydown.casework.recovery import (
    COUNT,
    UNKIND,
    draw_kindly,
    read_secret,
    word_list,
    words_of,
)
from staydown.errors import BadRequest, Misconfigured
from staydown.ids import new_secret

SECRET = base64.b32encode(bytes(range(1, 21))).decode().lower()
WORDS = words_of(SECRET)
TYPED = " ".join(WORDS)

KNOWN = {
    "00" * 20: " ".join(["abandon"] * 14 + ["address"]),
    "7f" * 20: "legal winner thank year wave sausage worth useful legal winner thank year wave "
    "sausage wise",
    "80" * 20: "letter advice cage absurd amount doctor acoustic avoid letter advice cage absurd "
    "amount doctor accident",
    "ff" * 20: " ".join(["zoo"] * 14 + ["wrist"]),
}
"""Bytes → words, as another implementation of BIP-39 gives them for 160 bits."""


@pytest.mark.parametrize("drawn", KNOWN)
def test_the_words_are_those_of_bip_39(drawn: str) -> None:
    secret = base64.b32encode(bytes.fromhex(drawn)).decode().lower()

    assert " ".join(words_of(secret)) == KNOWN[drawn]
    assert read_secret(KNOWN[drawn]) == secret


@given(st.binary(min_size=20, max_size=20))
def test_every_secret_comes_back_from_its_words(drawn: bytes) -> None:
    secret = new_secret(lambda count: drawn[:count])

    assert read_secret(" ".join(words_of(secret))) == secret


@pytest.mark.parametrize(
    "typed",
    [
        SECRET,
        f"  {SECRET.upper()}\n",
        " ".join(SECRET[start : start + 4] for start in range(0, 32, 4)),
        TYPED.upper(),
        TYPED.replace(" ", "\r\n  "),
        ", ".join(WORDS) + ".",
        " ".join(f"{number}. {word}" for number, word in enumerate(WORDS, 1)),
        " ".join(word[:4] for word in WORDS),
    ],
)
def test_however_it_was_typed_it_is_the_same(typed: str) -> None:
    assert read_secret(typed) == SECRET


def exchange(*places: int, word: str) -> str:
    return " ".join(word if place in places else each for place, each in enumerate(WORDS, 1))


MISTAKES = {
    exchange(3, word="bananna"): "word 3 is not in the list: check how it is spelled",
    exchange(2, 9, 15, word="qqqq"): (
        "words 2, 9 and 15 are not in the list: check how they are spelled"
    ),
    " ".join(WORDS[:-1]): "there are 15 words, and you typed 14",
    f"{TYPED} zoo": "there are 15 words, and you typed 16",
    " ".join(sorted(WORDS)): "one word is another one, or two have changed places: compare each "
    "with what you kept",
}


@pytest.mark.parametrize("typed", MISTAKES)
def test_what_cannot_be_right_is_said_from_the_words_alone(typed: str) -> None:
    with pytest.raises(BadRequest) as refusal:
        read_secret(typed)

    assert str(refusal.value) == MISTAKES[typed]


@pytest.mark.parametrize(
    "typed", ["", "a", "\0", "wrong", "🙂" * 9, "abcd efgh ijkl mnop", "x" * 10_000]
)
def test_what_is_no_words_is_handed_on_to_be_tried(typed: str) -> None:
    assert read_secret(typed) == "".join(typed.split())


def test_one_wrong_word_is_noticed_most_of_the_time() -> None:
    """Five bits of checksum: one exchange in 32 passes, and then opens nothing."""
    passed = 0
    for word in word_list():
        try:
            passed += read_secret(exchange(7, word=word)) != SECRET
        except BadRequest:
            continue

    assert passed / len(word_list()) == pytest.approx(1 / 32, abs=0.02)


def test_nobody_is_handed_an_unkind_word() -> None:
    assert set(word_list()) >= UNKIND
    for seed in range(200):
        pieces = iter(bytes([seed, draw]) * 10 for draw in range(50))
        secret = draw_kindly(lambda: new_secret(lambda _: next(pieces)))  # noqa: B023 -- called at once
        assert UNKIND.isdisjoint(words_of(secret))


def test_a_list_that_was_changed_is_not_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recovery, "LIST_DIGEST", "0" * 64)
    word_list.cache_clear()

    with pytest.raises(Misconfigured, match="damaged"):
        word_list()

    monkeypatch.undo()
    assert len(set(word_list())) == 2048
    assert COUNT == len(WORDS)
