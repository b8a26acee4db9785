"""Filing over a real database: a receipt for what is kept, and nothing kept without one."""

from tests.timed import MORNING, House, wait  # isort: skip -- sets Django up

from dataclasses import replace
from datetime import timedelta

import pytest

from staydown.audit.duties import HandOffReceived
from staydown.audit.entries import EntryAdded, NoticeReceived, NoticeSentElsewhere
from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.elsewhere import POINTERS, SentElsewhere
from staydown.casework.filing import SHOWN_AGAIN_FOR, Receipt
from staydown.casework.notices import MAX_ORIGINALS, NoticeForm
from staydown.casework.people import Notifier
from staydown.casework.views import NotifierView, Progress
from staydown.clock import SetClock
from staydown.digests import sha256
from staydown.errors import BadNotice, FiledAlready
from staydown.ids import FormToken
from staydown.storage.models import CaseRow, DataKeyRow, SealedRow
from tests.photographs import original, unrelated
from tests.records import records_of
from tests.shortcuts import FORM
from tests.stories import PLACE, file_notice

TOKEN = FormToken("mfrggzdf" * 4)
ANOTHER = FormToken("nfrggzdf" * 4)


def send(house: House, token: FormToken = TOKEN) -> Receipt:
    """The form with this token, sent."""
    receipt = house.filing.file(FORM, [], token=token)
    assert isinstance(receipt, Receipt)
    return receipt


def nothing_kept() -> bool:
    return not any(kind.objects.exists() for kind in (CaseRow, SealedRow, DataKeyRow))


def test_the_receipt_opens_the_case_and_shows_what_was_named(house: House) -> None:
    receipt = file_notice(house)

    assert receipt.received_at == MORNING
    assert house.cases.for_notifier(
        Notifier(case=receipt.case, secret=receipt.secret)
    ) == NotifierView(
        id=receipt.case,
        opened_at=MORNING,
        progress=Progress.WATCHING,
        is_watched=True,
        locations=(PLACE,),
    )


def test_each_original_is_an_unreviewed_entry_at_once(house: House) -> None:
    house.filing.file(FORM, [original(), unrelated()])

    entries = [record.entry for record in records_of(house.bank)]
    assert [(e.role, e.status) for e in entries] == [
        (EntryRole.ORIGINAL, EntryStatus.UNREVIEWED)
    ] * 2


def test_the_chain_commits_to_what_was_said_without_saying_it(house: House) -> None:
    file_notice(house)

    facts = [entry.fact for entry in house.journal.entries()]
    assert [type(fact) for fact in facts] == [NoticeReceived, EntryAdded]
    assert FORM.statement not in str(facts)


def test_two_notices_of_the_same_words_have_different_commitments(house: House) -> None:
    file_notice(house)
    file_notice(house)

    facts = [entry.fact for entry in house.journal.entries()]
    contents = {fact.content for fact in facts if isinstance(fact, NoticeReceived)}
    assert len(contents) == 2


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_where_a_child_may_be_shown_no_picture_is_opened_compared_or_kept(
    house: House, answer: str
) -> None:
    answered = house.filing.file(replace(FORM, was_minor=answer), [b"never even opened"])

    assert isinstance(answered, SentElsewhere)
    assert answered.pointers == POINTERS
    assert answered.hand_off is not None
    assert [row.key.subject for row in SealedRow.objects.all()] == [answered.hand_off]
    assert not CaseRow.objects.exists()
    assert [entry.fact for entry in house.journal.entries()] == [
        NoticeSentElsewhere(),
        HandOffReceived(hand_off=answered.hand_off),
    ]


def test_where_a_child_may_be_shown_and_nothing_says_where_nothing_is_kept(house: House) -> None:
    answered = house.filing.file(replace(FORM, was_minor="yes", locations=()), [])

    assert answered == SentElsewhere(pointers=POINTERS)
    assert nothing_kept()
    assert [entry.fact for entry in house.journal.entries()] == [NoticeSentElsewhere()]


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_kept(house: House) -> None:
    with pytest.raises(BadNotice) as refusal:
        house.filing.file(NoticeForm(), [])

    fields = [problem.field for problem in refusal.value.problems]
    assert fields[-2:] == ["is_in_good_faith", "originals"]
    assert nothing_kept()


def test_an_original_that_cannot_be_opened_is_named_by_its_place(house: House) -> None:
    with pytest.raises(BadNotice) as refusal:
        house.filing.file(FORM, [original(), b"no picture"])

    [problem] = refusal.value.problems
    assert problem.field == "originals"
    assert problem.what.startswith("picture 2: ")
    assert nothing_kept()


def test_too_many_originals_are_refused(house: House) -> None:
    with pytest.raises(BadNotice, match=f"originals: at most {MAX_ORIGINALS} pictures at once"):
        house.filing.file(FORM, [b"x"] * (MAX_ORIGINALS + 1))


def test_without_an_original_it_is_taken_and_waits_for_a_person(house: House) -> None:
    house.filing.file(FORM, [])

    assert [row.state for row in CaseRow.objects.all()] == ["received"]
    assert records_of(house.bank) == ()


def test_without_an_original_or_a_place_there_is_nothing_to_look_for(house: House) -> None:
    with pytest.raises(BadNotice, match="add the original picture, or say where the copy is"):
        house.filing.file(replace(FORM, locations=(" ",)), [])


def test_for_ten_minutes_the_same_form_gets_the_same_receipt(house: House, clock: SetClock) -> None:
    first = send(house)
    wait(clock, minutes=10)

    again = send(house)

    assert (again, again.received_at) == (first, MORNING)
    assert [row.id for row in CaseRow.objects.all()] == [first.case]
    assert house.journal.verify().length == 1
    house.cases.for_notifier(Notifier(case=again.case, secret=again.secret))


def test_afterwards_it_gets_none_and_files_nothing(house: House, clock: SetClock) -> None:
    send(house)
    clock.shows += SHOWN_AGAIN_FOR + timedelta(microseconds=1)

    with pytest.raises(FiledAlready):
        send(house)

    assert CaseRow.objects.count() == house.journal.verify().length == 1


def test_a_form_that_was_taken_back_has_no_receipt_any_more(house: House) -> None:
    receipt = send(house)
    house.reviewing.withdraw(receipt.case, by=Notifier(case=receipt.case, secret=receipt.secret))

    with pytest.raises(FiledAlready):
        send(house)


def test_another_form_files_another_notice_with_a_secret_of_its_own(house: House) -> None:
    first, second = send(house), send(house, ANOTHER)

    assert first.case != second.case
    assert first.secret != second.secret
    assert CaseRow.objects.count() == 2


def test_without_a_form_of_ours_every_secret_is_drawn_afresh(house: House) -> None:
    first, second = file_notice(house, ()), file_notice(house, ())

    assert first.secret != second.secret
    assert [row.form for row in CaseRow.objects.all()] == [None, None]


def test_of_token_and_secret_the_row_holds_digests_only(house: House) -> None:
    receipt = send(house)

    [row] = CaseRow.objects.values()
    assert (row["form"], row["secret"]) == (
        sha256(TOKEN.encode()),
        sha256(receipt.secret.encode()),
    )
    assert [word for word in (TOKEN, receipt.secret) if word in str(row)] == []
