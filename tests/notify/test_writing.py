"""Who is written to, when, and how often: over the database and a real mail server."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from collections.abc import Iterator
from dataclasses import replace

import pytest

from staydown.casework.appeals import AppealMove
from staydown.casework.filing import Receipt
from staydown.casework.grounds import Refusal
from staydown.casework.people import Notifier, Person
from staydown.clock import SetClock
from staydown.errors import Misconfigured
from staydown.settings import Settings
from staydown.storage.models import MailRow
from tests.casework.making import AGREED
from tests.notify.serving import Box, post_office
from tests.shortcuts import FORM
from tests.timed import clock as clock
from tests.timed import house as house
from tests.timed import settings as settings

ADDRESS = "kim@mail.example"


@pytest.fixture
def box() -> Iterator[Box]:
    with post_office() as running:
        yield running


def by_mail(settings: Settings, port: int) -> Settings:
    return replace(
        settings,
        smtp=f"smtp://127.0.0.1:{port}",
        site="https://report.forum.example/",
        mail_from="post@forum.example",
    )


@pytest.fixture
def mailing(house: House, settings: Settings, clock: SetClock, box: Box) -> House:
    return reopen(by_mail(settings, box.port), clock)


@pytest.fixture
def kim(mailing: House) -> Person:
    return new_reviewer(mailing)


def file(house: House, **more: str) -> Receipt:
    receipt = house.filing.file(replace(FORM, **{"contact": ADDRESS, **more}), ())  # type: ignore[arg-type]
    assert isinstance(receipt, Receipt)
    return receipt


def decline(house: House, receipt: Receipt, by: Person) -> None:
    house.reviewing.decline_case(receipt.case, reason="mine", by=by, refusal=Refusal.TOO_LITTLE)


def look(house: House, receipt: Receipt, by: Person) -> None:
    house.reviewing.look_at_places(
        receipt.case, reason="There.", by=by, take_down=["post/3"], findings=AGREED
    )


def test_whoever_left_an_address_is_written_to_once_it_was_decided(
    mailing: House, box: Box, kim: Person
) -> None:
    receipt = file(mailing)
    before = mailing.writing.write()

    decline(mailing, receipt, kim)
    first, second = mailing.writing.write(), mailing.writing.write()

    assert (before, first, second) == (0, 1, 0)
    assert box.to == [ADDRESS]
    said = box.letters[0].as_string()
    for private in (receipt.case, receipt.secret, "mine", FORM.statement, FORM.signature):
        assert private not in said


@pytest.mark.parametrize(
    "more", [{"contact_wish": "never"}, {"contact_wish": "if_needed"}, {"contact": ""}]
)
def test_nobody_else_is(mailing: House, box: Box, kim: Person, more: dict[str, str]) -> None:
    decline(mailing, file(mailing, **more), kim)

    mailing.writing.write()

    assert box.letters == []
    assert not MailRow.objects.exists()


def test_a_notice_that_was_taken_back_is_written_to_no_more(
    mailing: House, box: Box, kim: Person
) -> None:
    receipt = file(mailing)
    look(mailing, receipt, kim)

    mailing.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    assert not MailRow.objects.exists()
    assert mailing.writing.write() == 0
    assert box.letters == []


def test_many_things_before_it_goes_are_one_letter_and_the_answer_to_an_appeal_another(
    mailing: House, box: Box, kim: Person
) -> None:
    receipt, bob = file(mailing), new_reviewer(mailing, "bob")
    decline(mailing, receipt, kim)
    mailing.writing.write()
    mailing.appealing.appeal_as_notifier(
        Notifier(case=receipt.case, secret=receipt.secret), "Look again."
    )
    [view] = mailing.appealing.waiting(bob)
    mailing.appealing.decide(view.appeal.id, AppealMove.REVERSE, reason="Right.", by=bob)
    look(mailing, receipt, bob)

    mailing.writing.write()

    assert len(box.letters) == 2


def test_a_server_that_takes_nothing_is_tried_later_and_later_and_then_put_aside(
    mailing: House, box: Box, kim: Person, clock: SetClock
) -> None:
    receipt = file(mailing)
    decline(mailing, receipt, kim)
    box.at_data = "451 Later, please"

    tried = 0
    while not mailing.mails.put_aside():
        tried += 1
        assert mailing.writing.write() == 0
        wait(clock, hours=25)
    assert tried == 9
    assert [one.case for one in mailing.mails.put_aside()] == [receipt.case]
    box.at_data = "250 OK"
    assert mailing.writing.write() == 0

    mailing.mails.try_again(clock.shows)

    assert mailing.writing.write() == 1
    assert len(box.letters) == 1


def test_one_that_was_sent_and_not_noted_comes_again_as_the_same_letter(
    mailing: House, box: Box, kim: Person
) -> None:
    """Killed in between: the reader's program shows one letter, by its Message-ID."""
    decline(mailing, file(mailing), kim)
    [row] = MailRow.objects.all()
    mailing.writing.write()

    row.save(force_insert=True)
    mailing.writing.write()

    first, second = box.letters
    assert first["Message-ID"] == second["Message-ID"]


def test_what_happens_while_it_is_sent_is_owed_anew(
    mailing: House, kim: Person, clock: SetClock
) -> None:
    receipt = file(mailing)
    look(mailing, receipt, kim)
    [owed] = mailing.mails.due(clock.shows)
    wait(clock, seconds=1)
    look(mailing, receipt, kim)

    mailing.mails.done(owed)

    assert [one.case for one in mailing.mails.due(clock.shows)] == [receipt.case]


def test_one_refused_for_good_holds_up_nobody_else(
    mailing: House, box: Box, kim: Person, clock: SetClock
) -> None:
    decline(mailing, file(mailing, contact="no address@"), kim)
    wait(clock, seconds=1)
    decline(mailing, file(mailing), kim)

    assert mailing.writing.write() == 2
    assert box.to == [ADDRESS]
    assert len(mailing.mails.put_aside()) == 1


def test_without_a_server_nothing_is_owed(house: House, kim: Person) -> None:
    decline(house, file(house), kim)

    assert house.writing.write() == 0
    assert not MailRow.objects.exists()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"site": ""}, "STAYDOWN_SITE"),
        ({"mail_from": "nobody"}, "STAYDOWN_MAIL_FROM"),
    ],
)
def test_half_a_setting_is_named(
    house: House, settings: Settings, clock: SetClock, change: dict[str, str], said: str
) -> None:
    with pytest.raises(Misconfigured, match=said):
        reopen(replace(by_mail(settings, 25), **change), clock)  # type: ignore[arg-type]
