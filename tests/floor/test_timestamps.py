"""A timestamp is believed for what it is of, by whom it is, and not a byte beside it."""

from datetime import datetime
from pathlib import Path

import pytest

from staydown.errors import Misconfigured, SealBroken
from staydown.timestamps import Authorities, ask_about, check_stamp, read_authorities
from tests.tsa import Tsa, make_tsa

DATA = b"what was digested"


@pytest.fixture(scope="module")
def tsa(tmp_path_factory: pytest.TempPathFactory) -> Tsa:
    return make_tsa(tmp_path_factory.mktemp("authority") / "tsa")


@pytest.fixture(scope="module")
def believed(tsa: Tsa) -> Authorities:
    return read_authorities(tsa.certificate.read_bytes())


def test_an_answer_to_another_question_is_not_taken(tsa: Tsa, believed: Authorities) -> None:
    first, second = ask_about(DATA), ask_about(DATA)
    answer = tsa.answer(first.request)
    assert check_stamp(answer, DATA, believed, nonce=first.nonce)

    with pytest.raises(SealBroken, match="Nonce mismatch"):
        check_stamp(answer, DATA, believed, nonce=second.nonce)


def test_an_answer_is_of_its_own_data_only(tsa: Tsa, believed: Authorities) -> None:
    answer = tsa.answer(ask_about(DATA).request)

    with pytest.raises(SealBroken, match="the timestamp does not hold"):
        check_stamp(answer, DATA + b".", believed)


def test_believing_one_authority_does_not_make_another_believed(
    tsa: Tsa, believed: Authorities, tmp_path: Path
) -> None:
    """Also after both were believed together once."""
    other = make_tsa(tmp_path / "other")
    answer = other.answer(ask_about(DATA).request)
    both = read_authorities(tsa.certificate.read_bytes() + other.certificate.read_bytes())
    assert check_stamp(answer, DATA, both)

    with pytest.raises(SealBroken, match="the timestamp does not hold"):
        check_stamp(answer, DATA, believed)


def time_shown(answer: bytes, believed: Authorities) -> datetime | None:
    """What an answer shows of the data, if it is believed."""
    try:
        return check_stamp(answer, DATA, believed).at
    except SealBroken:
        return None


def test_no_damage_shows_another_time_or_ends_the_program(tsa: Tsa, believed: Authorities) -> None:
    answer = tsa.answer(ask_about(DATA).request)
    pieces = [answer[:cut] for cut in range(0, len(answer), 37)]
    flipped = [
        answer[:at] + bytes([answer[at] ^ bit]) + answer[at + 1 :]
        for at in range(9, len(answer), 11)  # the first nine bytes frame it
        for bit in (1, 128)
    ]

    assert {time_shown(damaged, believed) for damaged in (*pieces, b"junk")} == {None}
    shown = [time_shown(damaged, believed) for damaged in flipped]
    assert {*shown} <= {None, time_shown(answer, believed)}  # a few bytes are under no signature
    assert shown.count(None) > 0.9 * len(shown)


@pytest.mark.parametrize("pem", [b"", b"hello", b"-----BEGIN CERTIFICATE-----\nQUJD\n"])
def test_a_file_without_certificates_is_said(pem: bytes) -> None:
    with pytest.raises(Misconfigured, match="not a file of certificates in PEM"):
        read_authorities(pem)
