"""What is shown after a form was sent: one receipt, soon gone, and never a second notice."""

import re
from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db.models import F
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.filing import SHOWN_AGAIN_FOR
from staydown.storage.models import CaseRow
from tests.photographs import original
from tests.records import records_of
from tests.stories import FILLED_IN


def fill_in(client: Client, **fields: object) -> dict[str, object]:
    """A form as its page gave it, with the fields filled in."""
    page = client.get("/").content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="(\w+)">', page))
    assert sorted(hidden) == ["csrfmiddlewaretoken", "form"]
    return {**FILLED_IN, **hidden, **fields}


def send(client: Client, form: dict[str, object]) -> tuple[int, str]:
    photo = SimpleUploadedFile("cat.jpg", original(), content_type="image/jpeg")
    response = client.post("/", {**form, "originals": [photo]})
    return response.status_code, response.content.decode()


def heading(page: str) -> str:
    [found] = re.findall(r"<h1>(.+)</h1>", page)
    return str(found)


def told(page: str) -> list[str]:
    """The case number and the secret."""
    return re.findall(r"<code[^>]*>([^<]+)</code>", page)


def test_a_double_click_shows_the_same_receipt_and_files_once(
    house: House, visitor: Client
) -> None:
    form = fill_in(visitor)

    first, again = send(visitor, form), send(visitor, form)

    assert [(status, heading(page)) for status, page in (first, again)] == [
        (200, "Thank you. We have it.")
    ] * 2
    assert len(told(first[1])) == 2
    assert told(again[1]) == told(first[1])
    assert CaseRow.objects.count() == len(records_of(house.bank)) == 1


def test_later_the_same_form_shows_neither_number_nor_secret(house: House, visitor: Client) -> None:
    form = fill_in(visitor)
    first = send(visitor, form)
    CaseRow.objects.update(opened_at=F("opened_at") - SHOWN_AGAIN_FOR - timedelta(seconds=1))

    status, page = send(visitor, form)

    assert (status, heading(page)) == (409, "We have it already")
    assert [each for each in told(first[1]) if each in page] == []
    assert len(records_of(house.bank)) == 1


def test_a_form_changed_and_sent_again_does_not_make_us_say_that_we_watch(
    house: House, visitor: Client
) -> None:
    form = fill_in(visitor, keeps_photo="no")
    first = send(visitor, form)

    again = send(visitor, {**form, "keeps_photo": "yes"})

    assert told(again[1]) == told(first[1])
    assert "We are watching" not in again[1]


def test_a_fresh_form_is_another_notice(house: House, visitor: Client) -> None:
    first, second = send(visitor, fill_in(visitor)), send(visitor, fill_in(visitor))

    assert [status for status, _ in (first, second)] == [200, 200]
    assert len(records_of(house.bank)) == 2


def test_a_form_that_was_refused_can_be_mended_and_sent(house: House, visitor: Client) -> None:
    form = fill_in(visitor)
    status, page = send(visitor, {**form, "signature": ""})
    assert status == 422
    assert f'name="form" value="{form["form"]}"' in page

    assert send(visitor, form)[0] == 200


def test_a_form_whose_name_was_made_up_is_one_of_its_own(house: House, visitor: Client) -> None:
    form = fill_in(visitor, form="x' OR 1=1")

    assert [send(visitor, form)[0], send(visitor, form)[0]] == [200, 200]


def test_without_consent_nobody_is_told_that_we_watch(house: House, visitor: Client) -> None:
    status, page = send(visitor, fill_in(visitor, keeps_photo="no"))

    assert status == 200
    assert "We are watching" not in page
    assert "Without a copy of the normal photo we cannot find" in " ".join(page.split())


def test_the_form_says_what_is_lost_without_a_copy_and_chooses_nothing(
    house: House, visitor: Client
) -> None:
    page = " ".join(visitor.get("/").content.decode().split())

    assert "Then we cannot find changed copies" in page
    assert 'name="keeps_photo" value="yes">' in page
    assert 'name="keeps_photo" value="no">' in page


def words(page: str) -> list[str]:
    """The fifteen words of the secret."""
    [listed] = re.findall(r'<ol class="words"[^>]*>(.*?)</ol>', page)
    return re.findall(r"<li>(\w+)</li>", listed)


def sent_on(page: str) -> dict[str, str]:
    """What the form for saving a file sends along."""
    [form] = re.findall(r'action="/help/keep".*?</form>', page, re.DOTALL)
    return dict(re.findall(r'name="(\w+)" value="(\w+)"', form))


def test_the_words_open_the_case_as_the_secret_does(house: House, visitor: Client) -> None:
    _, receipt = send(visitor, fill_in(visitor))
    kept = sent_on(receipt)

    by_words = visitor.post("/help/check", {**kept, "secret": " ".join(words(receipt)).upper()})
    by_secret = visitor.post("/help/check", kept)

    assert (by_words.status_code, by_secret.status_code) == (200, 200)
    hidden = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')
    assert hidden.sub("", by_words.content.decode()) == hidden.sub("", by_secret.content.decode())


def test_it_can_be_saved_as_a_file_that_does_not_say_what_it_is_about(
    law: House, visitor: Client
) -> None:
    _, receipt = send(visitor, fill_in(visitor))

    response = visitor.post("/help/keep", sent_on(receipt))

    assert response.status_code == 200
    assert response.headers["Content-Disposition"] == 'attachment; filename="note.txt"'
    assert "no-store" in response.headers["Cache-Control"]
    text = response.content.decode()
    for kept in (*told(receipt), *words(receipt), "http://localhost/help/check", "Answer by: "):
        assert kept in text
    said, _, _ = text.partition(" 1. ")  # of the words themselves, one may be any of these
    assert re.findall(r"(?i)photo|picture|notice|report|staydown", said) == []


def test_nothing_is_saved_for_a_wrong_secret(house: House, visitor: Client) -> None:
    _, receipt = send(visitor, fill_in(visitor))

    response = visitor.post("/help/keep", {**sent_on(receipt), "secret": "a" * 32})

    assert response.status_code == 404
    assert "Content-Disposition" not in response.headers
