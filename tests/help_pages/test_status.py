"""How a case stands, told to whoever holds its number and secret, and to nobody else."""

import re
from datetime import timedelta

from django.test import Client

from staydown.assembly.house import House
from staydown.casework.copies import CopyMove
from staydown.casework.filing import Receipt
from staydown.casework.findings import Finding, Findings
from staydown.casework.grounds import Refusal
from staydown.casework.misuse import MeasureMove
from staydown.casework.people import Person, Role
from tests.casework.making import KIM
from tests.documents.reading import read_pdf
from tests.help_pages.checking import Page, check, send
from tests.installation import new_person
from tests.photographs import doctored, unrelated
from tests.records import records_of
from tests.stories import PLACE, file_notice, hold_copy, screen

FOUND = Findings(
    shows_this_person=Finding.YES, is_intimate=Finding.UNSURE, is_without_consent=Finding.YES
)


def test_a_new_case_is_watched_for(house: House, visitor: Client) -> None:
    receipt = file_notice(house)

    page = check(visitor, receipt.case, receipt.secret)

    assert (page.status, page.heading) == (200, "We are watching")
    assert PLACE in page.text


def test_a_held_copy_changes_nothing_that_the_notifier_sees(house: House, visitor: Client) -> None:
    """Otherwise anybody could learn, by filing a notice, whether a picture is on the platform."""
    receipt = file_notice(house)
    before = check(visitor, receipt.case, receipt.secret)

    held = screen(house, doctored())

    assert held.action == "hold"
    assert check(visitor, receipt.case, receipt.secret) == before


def test_after_a_reviewer_removed_one_it_says_so_but_not_where_or_how_many(
    house: House, visitor: Client, reviewer: Person
) -> None:
    receipt, held = hold_copy(house)
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.REMOVE, findings=FOUND, reason="It is.", by=reviewer
    )

    page = check(visitor, receipt.case, receipt.secret)

    assert page.heading == "Copies were taken down"
    assert "post/8213/1" not in page.text


def test_taking_it_back_needs_the_box_ticked(house: House, visitor: Client) -> None:
    receipt = file_notice(house)

    page = send(visitor, "/help/take-back", case=receipt.case, secret=receipt.secret)

    assert page.status == 422
    assert len(records_of(house.bank)) == 1


def test_taking_it_back_destroys_what_was_kept(house: House, visitor: Client) -> None:
    receipt, _ = hold_copy(house)
    fields = {"case": receipt.case, "secret": receipt.secret, "sure": "yes"}

    page = send(visitor, "/help/take-back", **fields)
    again = send(visitor, "/help/take-back", **fields)

    assert (page.status, page.heading) == (200, "You took it back")
    assert (again.status, again.heading) == (200, "You took it back")
    assert records_of(house.bank) == ()
    assert check(visitor, receipt.case, receipt.secret).heading == "You took this back"


def test_taking_back_needs_the_secret(house: House, visitor: Client) -> None:
    receipt = file_notice(house)

    page = send(visitor, "/help/take-back", case=receipt.case, secret="a" * 32, sure="yes")

    assert page.status == 404
    assert len(records_of(house.bank)) == 1
    assert screen(house, unrelated()).action == "publish"


def test_the_deadline_of_the_law_is_told(law: House, visitor: Client) -> None:
    receipt = file_notice(law)

    page = check(visitor, receipt.case, receipt.secret)

    until = receipt.received_at + timedelta(hours=48)
    assert "The law gives us until" in page.text
    assert f"{until:%-d %B %Y, %H:%M} UTC" in page.text
    assert "That is in 47 hours." in page.text
    assert f'datetime="{until:%Y-%m-%dT%H:%M}' in page.text


def test_without_a_law_no_deadline_is_told(house: House, visitor: Client) -> None:
    receipt = file_notice(house)

    assert "The law gives us until" not in check(visitor, receipt.case, receipt.secret).text


def test_once_a_person_looked_that_is_told(law: House, visitor: Client) -> None:
    receipt, kim = file_notice(law, originals=()), new_person(law, "kim", Role.REVIEWER)

    law.reviewing.look_at_places(receipt.case, reason="The page is gone.", by=kim)

    page = check(visitor, receipt.case, receipt.secret)
    assert "A person looked at it" in page.text
    assert "The law gives us until" not in page.text
    assert "The page is gone." not in page.text


def add(client: Client, case: str, secret: str, **fields: str) -> Page:
    return send(client, "/help/add", case=case, secret=secret, **fields)


def test_what_is_missing_can_be_added_once(law: House, visitor: Client) -> None:
    receipt = file_notice(law, originals=())
    assert "Can you add this?" in check(visitor, receipt.case, receipt.secret).text

    added = add(visitor, receipt.case, receipt.secret, contact="kim@mail.example")

    assert added.status == 200
    assert "Can you add this?" not in added.text
    assert "mail.example" not in added.text
    again = add(visitor, receipt.case, receipt.secret, contact="other@mail.example")
    assert (again.status, law.cases.contact(receipt.case, KIM).address) == (200, "kim@mail.example")


def test_what_cannot_be_added_is_said_and_stays(law: House, visitor: Client) -> None:
    receipt = file_notice(law, originals=())

    page = add(visitor, receipt.case, receipt.secret, contact="x" * 501)

    assert page.status == 422
    assert "At most 500 characters" in page.text
    assert "x" * 501 in page.text


def test_a_wrong_secret_adds_nothing(law: House, visitor: Client) -> None:
    receipt = file_notice(law, originals=())

    assert add(visitor, receipt.case, "a" * 32, contact="kim@mail.example").status == 404


def test_a_refusal_is_explained_and_may_be_appealed_once(law: House, visitor: Client) -> None:
    receipt, kim = file_notice(law, originals=()), new_person(law, "kim", Role.REVIEWER)
    law.reviewing.decline_case(receipt.case, reason="mine", by=kim, refusal=Refusal.TOO_LITTLE)

    page = check(visitor, receipt.case, receipt.secret)
    assert "What we were told was too little to find it" in page.text
    assert "mine" not in page.text
    empty = send(visitor, "/help/again", case=receipt.case, secret=receipt.secret, words="")
    assert empty.status == 422
    said = send(visitor, "/help/again", case=receipt.case, secret=receipt.secret, words="Look.")

    assert "You said that this is wrong." in said.text
    [waiting] = law.appealing.waiting(kim)
    assert waiting.words == "Look."


def test_an_answer_can_be_kept_as_a_file(law: House, visitor: Client) -> None:
    receipt, kim = file_notice(law, originals=()), new_person(law, "kim", Role.REVIEWER)
    holder = {"case": receipt.case, "secret": receipt.secret}
    early = send(visitor, "/help/letter", **holder)
    law.reviewing.decline_case(receipt.case, reason="mine", by=kim, refusal=Refusal.TOO_LITTLE)

    text = send(visitor, "/help/letter", form="text", **holder)
    printed = keep(visitor, **holder)

    assert early.heading == "We have it"
    assert "too little to find it" in text.text
    assert "You can say, until" in text.text
    assert "too little to find it" in read_pdf(printed)
    for secret in (receipt.secret, "mine", PLACE, "kim"):
        assert secret not in text.text + read_pdf(printed)


def test_a_wrong_secret_gets_no_letter(law: House, visitor: Client) -> None:
    receipt = file_notice(law, originals=())

    assert send(visitor, "/help/letter", case=receipt.case, secret="a" * 32).status == 404


def keep(client: Client, **fields: str) -> bytes:
    """The answer as a PDF."""
    page = client.get("/help/check").content.decode()
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    response = client.post("/help/letter", {"csrfmiddlewaretoken": token, **fields})
    assert response.headers["Content-Disposition"] == 'attachment; filename="answer.pdf"'
    assert response.headers["Content-Type"] == "application/pdf"
    return response.content


def test_somebody_who_was_warned_reads_why(law: House, visitor: Client) -> None:
    receipt, lee = file_notice(law, originals=()), new_person(law, "lee", Role.LEAD)
    fill(visitor, receipt)
    law.reviewing.decline_case(receipt.case, reason="mine", by=lee)
    law.restraining.move(receipt.case, MeasureMove.WARN, reason="The third landscape.", by=lee)

    page = check(visitor, receipt.case, receipt.secret)

    assert "The third landscape." in page.text
    assert "This is a warning." in page.text
    assert "lee" not in page.text


def fill(client: Client, receipt: Receipt) -> None:
    """Leave an address, after being asked for one."""
    add(client, receipt.case, receipt.secret, contact="kim@mail.example")
