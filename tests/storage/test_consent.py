"""What is kept of an original is the notifier's choice, and nobody claims to watch without it."""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

from dataclasses import replace

import pytest

from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.people import Notifier
from staydown.casework.rules import Action
from staydown.errors import BadNotice, NotFound
from staydown.storage.models import SealedRow
from tests.casework.making import AGREED
from tests.photographs import doctored, original, plain_copy
from tests.records import records_of
from tests.shortcuts import FORM, file_quickly
from tests.stories import hold_copy, screen

REFUSING = replace(FORM, keeps_photo="no")


@pytest.fixture
def receipt(house: House) -> Receipt:
    """A notice whose photo may not be kept."""
    filed = house.filing.file(REFUSING, [original()])
    assert isinstance(filed, Receipt)
    return filed


def kept(case: str) -> list[str]:
    """What is sealed of the full originals of a case."""
    rows = SealedRow.objects.filter(name__startswith="original/", key_id=case)
    return [row.name for row in rows]


def test_with_consent_a_small_copy_stays_and_the_full_one_until_the_case_settles(
    house: House,
) -> None:
    filed, held = hold_copy(house)
    assert held.copy
    assert kept(filed.case) == ["original/1"]

    house.reviewing.decide_copy(
        filed.case,
        held.copy,
        CopyMove.RELEASE,
        findings=AGREED,
        reason="a joke of their own",
        by=new_reviewer(house),
    )

    [record] = records_of(house.bank)
    assert record.known.proxy is not None
    assert len(record.known.fingerprint.features) > 0
    assert kept(filed.case) == []


def test_without_consent_only_fingerprints_stay(house: House, receipt: Receipt) -> None:
    [record] = records_of(house.bank)

    assert record.known.proxy is None
    assert len(record.known.fingerprint.features) == 0
    assert kept(receipt.case) == []


def test_then_no_doctored_copy_is_found_and_the_original_still_publishes(
    house: House, receipt: Receipt
) -> None:
    answers = [screen(house, data(), f"post/{data.__name__}") for data in (doctored, plain_copy)]

    assert [answer.action for answer in answers] == [Action.PUBLISH] * 2
    assert [answer.case for answer in answers] == [None] * 2


def test_then_there_is_no_original_to_show_to_a_reviewer(house: House, receipt: Receipt) -> None:
    [record] = records_of(house.bank)

    with pytest.raises(NotFound):
        house.pictures.original(receipt.case, record.entry.id, by=new_reviewer(house))


def test_then_a_person_has_to_look_and_nobody_is_told_that_we_watch(
    house: House, receipt: Receipt
) -> None:
    watched = file_quickly(house)
    reviewer = new_reviewer(house)

    assert [line.case for line in house.cases.queue(reviewer)] == [receipt.case]
    assert [
        (
            house.cases.for_notifier(Notifier(case=one.case, secret=one.secret)).is_watched,
            house.cases.for_reviewer(one.case, reviewer).is_watched,
        )
        for one in (receipt, watched)
    ] == [(False, False), (True, True)]


def test_then_a_place_must_be_named(house: House) -> None:
    with pytest.raises(BadNotice) as refusal:
        house.filing.file(replace(REFUSING, locations=("  ",)), [original()])

    assert [problem.field for problem in refusal.value.problems] == ["locations"]


@pytest.mark.parametrize("answer", ["", "maybe", "YES"])
def test_consent_is_never_assumed(house: House, answer: str) -> None:
    with pytest.raises(BadNotice) as refusal:
        house.filing.file(replace(FORM, keeps_photo=answer), [original()])

    assert [problem.field for problem in refusal.value.problems] == ["keeps_photo"]
    assert records_of(house.bank) == ()
