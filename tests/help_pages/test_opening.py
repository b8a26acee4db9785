"""Number and secret open a case; whatever else is typed opens none, and tells nothing of one."""

import pytest
from django.test import Client

from staydown.assembly.house import House
from tests.help_pages.checking import check
from tests.installation import ADDRESS
from tests.stories import file_notice


def test_the_secret_may_be_typed_with_spaces_and_capitals(house: House, visitor: Client) -> None:
    receipt = file_notice(house)

    typed = " ".join(receipt.secret[start : start + 4] for start in range(0, 32, 4)).upper()

    assert check(visitor, f" {receipt.case.upper()} ", typed).status == 200


def test_a_wrong_number_and_a_wrong_secret_are_answered_alike(
    house: House, visitor: Client
) -> None:
    receipt = file_notice(house)
    number = "case_" + "a" * 24

    wrong_secret = check(visitor, receipt.case, "a" * 32)
    wrong_number = check(visitor, number, receipt.secret)

    assert wrong_secret.status == wrong_number.status == 404
    assert wrong_secret.text.replace(receipt.case, number) == wrong_number.text


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("zoo " * 14 + "zooo", "Word 15 is not in the list: check how it is spelled"),
        ("zoo " * 14, "There are 15 words, and you typed 14"),
        ("zoo " * 15, "One word is another one, or two have changed places"),
    ],
)
def test_words_that_cannot_be_right_are_named_whatever_the_case(
    typed: str, said: str, house: House, visitor: Client
) -> None:
    receipt, number = file_notice(house), "case_" + "a" * 24

    there, nowhere = check(visitor, receipt.case, typed), check(visitor, number, typed)

    assert there.status == nowhere.status == 422
    assert there.text.replace(receipt.case, number) == nowhere.text
    assert there.text.count(said) == 2  # above, and beside the field
    assert 'href="#secret"' in there.text
    assert f">\n{typed}</textarea>" in there.text  # nobody types them all again


def test_nonsense_is_answered_like_a_wrong_number(house: House, visitor: Client) -> None:
    for case, secret in [("", ""), ("\0", "\0"), ("x" * 10_000, "ü" * 10_000), ("🙂", "'--")]:
        assert check(visitor, case, secret).status == 404


def test_after_ten_wrong_tries_even_the_right_secret_waits(house: House, visitor: Client) -> None:
    receipt = file_notice(house)

    tries = [check(visitor, receipt.case, secret).status for secret in ["a"] * 10]
    late = check(visitor, receipt.case, receipt.secret)

    assert tries == [404] * 10
    assert late.status == 429
    assert "Please wait a quarter of an hour" in late.text


def test_who_knows_only_the_number_locks_nobody_out_from_elsewhere(
    house: House, visitor: Client
) -> None:
    receipt = file_notice(house)
    for number in range(12):
        for _ in range(10):
            check(Client(headers=ADDRESS, REMOTE_ADDR=f"192.0.2.{number}"), receipt.case, "a")

    assert check(visitor, receipt.case, receipt.secret).status == 200
