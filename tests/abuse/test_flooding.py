"""Somebody registers a picture that everybody posts, doctored a little, to have others held."""

from tests.timed import House, new_reviewer, reopen  # isort: skip -- sets Django up

from dataclasses import replace

import pytest

from staydown.audit.entries import EntryConfirmed, EntryQuarantined
from staydown.casework.commands import CommandKind
from staydown.casework.rules import Action
from staydown.casework.uploads import Upload
from staydown.clock import SetClock
from tests.photographs import doctored
from tests.records import records_of
from tests.stories import PLATFORM, file_notice


def post(house: House, account: str | None) -> Action:
    """The same picture, posted by somebody."""
    upload = Upload(data=doctored(), content_ref=f"post/{account}", account_ref=account)
    return house.screening.screen(upload, by=PLATFORM).action


@pytest.fixture
def strict(house: House, clock: SetClock) -> House:
    return reopen(replace(house.settings, accounts_cap=2), clock)


def facts(house: House, kind: type) -> int:
    return sum(isinstance(entry.fact, kind) for entry in house.journal.entries())


def test_a_picture_that_many_post_is_held_for_few_and_then_waits_for_a_reviewer(
    strict: House,
) -> None:
    receipt = file_notice(strict)

    actions = [post(strict, account) for account in ("ann", "ben", "cem", "dan")]

    assert actions == [Action.HOLD, Action.HOLD, Action.PUBLISH, Action.PUBLISH]
    assert facts(strict, EntryQuarantined) == 1
    [line] = strict.cases.queue(new_reviewer(strict))
    assert (line.case, line.is_quarantined, line.visible) == (receipt.case, True, 2)


def test_once_a_reviewer_confirms_the_photograph_all_that_it_found_is_hidden(
    strict: House,
) -> None:
    file_notice(strict)
    for account in ("ann", "ben", "cem"):
        post(strict, account)
    [record] = records_of(strict.bank)

    strict.reviewing.confirm_entry(record.entry.id, by=new_reviewer(strict))

    assert [command.kind for command in strict.commands.open(PLATFORM)] == [CommandKind.HIDE]
    assert post(strict, "dan") is Action.HOLD
    assert facts(strict, EntryConfirmed) == 1


def test_uploads_without_an_account_are_counted_as_they_always_were(strict: House) -> None:
    file_notice(strict)

    assert [post(strict, None) for _ in range(2)] == [Action.HOLD] * 2


def test_once_the_notice_is_declined_nothing_of_it_waits(strict: House) -> None:
    receipt, kim = file_notice(strict), new_reviewer(strict)
    for account in ("ann", "ben", "cem"):
        post(strict, account)

    strict.reviewing.decline_case(receipt.case, reason="It is a meme.", by=kim)

    assert strict.cases.queue(kim) == ()
    assert post(strict, "dan") is Action.PUBLISH
