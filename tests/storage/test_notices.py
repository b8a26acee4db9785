"""Notices in the database: what is missing is added once, places join, children are handed on."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from staydown.audit.duties import HandedOn, HandOffReceived, HandOffViewed, NoticeCompleted
from staydown.audit.entries import NoticeSentElsewhere
from staydown.casework.cases import State
from staydown.casework.elements import Addition
from staydown.casework.elsewhere import SentElsewhere
from staydown.casework.filing import Receipt
from staydown.casework.notices import NoticeForm
from staydown.casework.people import Notifier, Person
from staydown.clock import SetClock
from staydown.errors import BadNotice, NotAllowed, NotFound
from staydown.ids import HandOffId
from staydown.policy.packs import Element, RegimeId
from staydown.settings import Settings
from staydown.storage.models import CaseRow, DataKeyRow, PlaceRow, SealedRow
from tests.casework.making import AGREED
from tests.shortcuts import FORM
from tests.stories import PLACE, PLATFORM

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
US, EU = RegimeId("us-take-it-down"), RegimeId("eu-dsa")
ELSEWHERE = "https://forum.example/elsewhere"


@pytest.fixture
def law(house: House, settings: Settings, clock: SetClock) -> House:
    """A house that the United States and the Union bind, at noon."""
    clock.shows = NOON
    return reopen(replace(settings, regimes=(US, EU)), clock)


@pytest.fixture
def kim(law: House) -> Person:
    return new_reviewer(law)


def file(house: House, form: NoticeForm = FORM) -> Receipt:
    receipt = house.filing.file(form, [])
    assert isinstance(receipt, Receipt)
    return receipt


def holder(receipt: Receipt) -> Notifier:
    return Notifier(case=receipt.case, secret=receipt.secret)


def test_the_receipt_asks_for_what_is_missing_and_says_by_when(law: House) -> None:
    receipt = file(law)

    assert receipt.missing == (Element.CONTACT,)
    assert receipt.due_at == NOON + timedelta(hours=48)


def test_it_is_added_once_sealed_and_the_clock_does_not_move(law: House, clock: SetClock) -> None:
    receipt = file(law)
    wait(clock, hours=5)

    law.completing.complete(Addition(contact="kim@mail.example"), by=holder(receipt))

    view = law.cases.for_notifier(holder(receipt))
    assert (view.missing, view.due_at) == ((), NOON + timedelta(hours=48))
    assert law.cases.contact(receipt.case, new_reviewer(law)).address == "kim@mail.example"
    assert not any(b"mail.example" in bytes(row.sealed) for row in SealedRow.objects.all())
    facts = [entry.fact for entry in law.journal.entries()]
    assert sum(isinstance(fact, NoticeCompleted) for fact in facts) == 1
    assert "mail.example" not in str(facts)
    with pytest.raises(NotAllowed):
        law.completing.complete(Addition(contact="again@mail.example"), by=holder(receipt))


def test_nobody_adds_to_a_notice_without_its_secret(law: House) -> None:
    receipt = file(law)

    with pytest.raises(NotFound):
        law.completing.complete(
            Addition(contact="kim@mail.example"), by=Notifier(case=receipt.case, secret="a" * 32)
        )


def test_what_cannot_be_read_changes_nothing(law: House) -> None:
    receipt = file(law)

    with pytest.raises(BadNotice):
        law.completing.complete(Addition(contact="x" * 501), by=holder(receipt))

    assert law.cases.for_notifier(holder(receipt)).missing == (Element.CONTACT,)


def test_nothing_is_added_to_a_notice_that_was_taken_back(law: House) -> None:
    receipt = file(law)
    law.reviewing.withdraw(receipt.case, by=holder(receipt))

    with pytest.raises(NotAllowed):
        law.completing.complete(Addition(contact="kim@mail.example"), by=holder(receipt))


def test_a_notice_of_a_trusted_flagger_goes_before_others_that_are_due_alike(
    law: House, kim: Person
) -> None:
    plain = file(law)
    form = replace(FORM, capacity="trusted_flagger", basis="status", is_from_platform=True)
    flagged = file(law, form)

    assert [line.case for line in law.cases.queue(kim)] == [flagged.case, plain.case]


def test_an_order_has_the_time_it_says_and_lacks_nothing(law: House) -> None:
    form = replace(
        FORM,
        capacity="authority",
        basis="order 7/2026",
        order_due_at="2026-06-01T18:00:00+02:00",
        is_from_platform=True,
    )

    receipt = file(law, form)

    assert receipt.due_at == NOON + timedelta(hours=4)
    assert receipt.missing == ()


def test_two_notices_about_one_place_are_seen_to_be_so_and_answered_at_once(
    law: House, kim: Person, clock: SetClock
) -> None:
    first, second = file(law), file(law, replace(FORM, locations=(PLACE + "/", ELSEWHERE)))
    third = file(law, replace(FORM, locations=(ELSEWHERE,)))
    assert law.cases.for_reviewer(first.case, kim).related == (second.case,)
    assert {*law.cases.for_reviewer(second.case, kim).related} == {first.case, third.case}

    law.reviewing.look_at_places(
        first.case, reason="there", by=kim, take_down=["post/1"], findings=AGREED, is_joined=True
    )

    states = {row.id: row.state for row in CaseRow.objects.all()}
    assert states == {
        first.case: State.SETTLED,
        second.case: State.SETTLED,
        third.case: State.RECEIVED,
    }
    commands = law.commands.open(PLATFORM)
    assert sorted((one.case, one.content_ref) for one in commands) == sorted(
        [(first.case, "post/1"), (second.case, "post/1")]
    )


def test_without_being_joined_each_waits_for_its_own_answer(law: House, kim: Person) -> None:
    first, second = file(law), file(law)

    law.reviewing.look_at_places(first.case, reason="nothing is there", by=kim)

    assert [line.case for line in law.cases.queue(kim)] == [second.case]


def test_what_was_taken_back_is_not_seen_to_be_about_any_place(law: House, kim: Person) -> None:
    first, second = file(law), file(law)

    law.reviewing.withdraw(first.case, by=holder(first))

    assert law.cases.for_reviewer(second.case, kim).related == ()
    assert PlaceRow.objects.filter(case_id=first.case).count() == 0


def test_a_place_is_kept_as_a_digest_that_says_nothing(law: House) -> None:
    file(law)

    [row] = PlaceRow.objects.all()
    assert "forum" not in row.mark


CHILD = NoticeForm(
    was_minor="unsure",
    statement="what was typed before",
    signature="A Name",
    locations=(PLACE, ""),
    digests=("AB" * 16,),
    is_from_platform=True,
)


def hand_off(house: House, form: NoticeForm = CHILD) -> HandOffId:
    answer = house.filing.file(form, [b"a picture that nobody opens"])
    assert isinstance(answer, SentElsewhere)
    assert answer.hand_off
    return answer.hand_off


def test_where_a_child_may_be_shown_only_the_place_and_digests_are_kept(
    law: House, kim: Person
) -> None:
    id = hand_off(law)

    found = law.handing_on.open(id, kim)

    assert (found.places, found.digests) == ((PLACE,), ("ab" * 16,))
    assert CaseRow.objects.count() == 0
    assert list(DataKeyRow.objects.values_list("subject", flat=True)) == [id]
    facts = [type(e.fact) for e in law.journal.entries() if e.by != "command_line"]
    assert facts == [NoticeSentElsewhere, HandOffReceived, HandOffViewed]


def test_without_a_place_nothing_at_all_is_kept(law: House) -> None:
    answer = law.filing.file(replace(CHILD, locations=(), digests=()), [])

    assert isinstance(answer, SentElsewhere)
    assert answer.hand_off is None
    assert DataKeyRow.objects.count() == 0


def test_once_it_was_handed_on_where_it_is_is_forgotten(law: House, kim: Person) -> None:
    id = hand_off(law)

    law.handing_on.close(id, kim)

    assert law.handing_on.waiting(kim) == ()
    assert SealedRow.objects.count() == 0
    with pytest.raises(NotFound):
        law.handing_on.open(id, kim)
    with pytest.raises(NotFound):
        law.handing_on.close(id, kim)
    assert isinstance([entry.fact for entry in law.journal.entries()][-1], HandedOn)


def test_only_a_reviewer_sees_that_anything_waits(law: House) -> None:
    id = hand_off(law)

    for attempt in (
        lambda: law.handing_on.waiting(PLATFORM),
        lambda: law.handing_on.open(id, PLATFORM),
        lambda: law.handing_on.close(id, PLATFORM),
    ):
        with pytest.raises(NotFound):
            attempt()


@pytest.mark.parametrize("digest", ["xyz", "ab", "a" * 129, "../" * 12])
def test_what_is_no_digest_is_refused(law: House, digest: str) -> None:
    with pytest.raises(BadNotice, match="^digests: "):
        law.filing.file(replace(CHILD, digests=(digest,)), [])
