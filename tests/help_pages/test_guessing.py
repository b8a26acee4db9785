"""Somebody guesses at one case, at many, and at one that is not there, and learns nothing."""

import re
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import pytest
from django.test import Client

from staydown.assembly import tries
from staydown.assembly.house import House
from staydown.casework.filing import Receipt
from tests.installation import ADDRESS
from tests.shortcuts import file_quickly

NOWHERE = "case_" + "a" * 24
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Guesser:
    """Somebody with as many addresses as they like."""

    client: Client = field(default_factory=lambda: Client(headers=ADDRESS))
    numbers: Iterator[int] = field(default_factory=count)

    def guess(self, case: str, secret: str, address: int = 1) -> tuple[int, str]:
        """Status and body, without what differs in every answer."""
        sender = f"10.{address >> 8}.{address & 255}.1"
        response = self.client.post(
            "/help/check", {"case": case, "secret": secret}, REMOTE_ADDR=sender
        )
        body = TOKEN.sub("", response.content.decode()).replace(case, "")
        return response.status_code, body

    def wrong(self) -> str:
        """A secret of the right shape, another each time."""
        return f"{next(self.numbers):032x}".translate(str.maketrans("0189", "wxyz"))


@pytest.fixture
def receipt(house: House) -> Receipt:
    """A case that somebody knows the number of."""
    return file_quickly(house)


def test_a_hundred_guesses_tell_nothing_of_whether_a_number_exists(receipt: Receipt) -> None:
    """Many guesses from each address, then few from many addresses."""
    addresses = [step // 20 for step in range(60)] + list(range(100, 140))
    answers = []

    for case in (receipt.case, NOWHERE):
        guesser = Guesser()
        answers.append([guesser.guess(case, guesser.wrong(), each) for each in addresses])

    assert answers[0] == answers[1]
    statuses = [status for status, _ in answers[0]]
    assert statuses == ([404] * 10 + [429] * 10) * 3 + [404] * 40
    assert len({body for _, body in answers[0]}) == 2


def test_an_address_that_goes_through_many_numbers_is_stopped(
    receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "MAX_TRIES_OF_ADDRESS", 20)
    guesser = Guesser()

    said = [guesser.guess(f"case_{number}", guesser.wrong())[0] for number in range(25)]

    assert said == [404] * 20 + [429] * 5
    assert guesser.guess(receipt.case, receipt.secret)[0] == 429
    assert guesser.guess(receipt.case, receipt.secret, address=2)[0] == 200


def test_guesses_at_one_case_from_everywhere_get_slower_and_its_owner_still_gets_in(
    receipt: Receipt, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(tries, "MANY_TRIES", 20)
    guesser = Guesser()
    for step in range(20):
        assert guesser.guess(receipt.case, guesser.wrong(), address=step)[0] == 404

    late = [guesser.guess(receipt.case, guesser.wrong(), address=200)[0] for _ in range(5)]
    owner = [
        guesser.guess(receipt.case, secret, address=300)[0]
        for secret in (receipt.secret, "mistyped", receipt.secret, "mistyped", receipt.secret)
    ]

    assert late == [404] * tries.MAX_TRIES_AMONG_MANY + [429] * 2
    assert owner == [200, 404, 200, 404, 200]


def timed(ask: Callable[[], object]) -> float:
    """Seconds of one answer."""
    began = time.perf_counter()
    ask()
    return time.perf_counter() - began


@pytest.mark.measure
def test_measure_whether_time_tells_that_a_number_exists(house: House) -> None:
    """A watcher who is as close as can be: no network between, one guess after the other.

    The figure is how often a guess at the existing number took longer, of all pairs: a half if time
    says nothing. Its standard error at 400 guesses each is 0.02.
    """
    receipt, guesser = file_quickly(house), Guesser()
    took: dict[str, list[float]] = {receipt.case: [], NOWHERE: []}

    for address in range(420):
        for case, kept in took.items():
            kept.append(timed(partial(guesser.guess, case, guesser.wrong(), address)))

    there, nowhere = took[receipt.case][20:], took[NOWHERE][20:]
    longer = statistics.fmean(a > b for a in there for b in nowhere)
    medians = [1000 * statistics.median(each) for each in (there, nowhere)]
    print(f"existing {medians[0]:.3f} ms, not {medians[1]:.3f} ms; longer in {longer:.3f} of pairs")
    assert 0.4 < longer < 0.6
