"""What is shown after a form was sent: a secret once, and never a second notice of one form."""

import re

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from staydown.assembly.house import House
from tests.photographs import original
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


def test_a_form_that_is_sent_again_is_filed_once_and_shows_no_secret(
    house: House, visitor: Client
) -> None:
    form = fill_in(visitor)

    first, again = send(visitor, form), send(visitor, form)

    assert (first[0], heading(first[1])) == (200, "Thank you. We have it.")
    assert (again[0], heading(again[1])) == (409, "We have it already")
    assert len(house.bank.records()) == 1
    for told in re.findall(r"<code>([^<]+)</code>", first[1]):
        assert told not in again[1]


def test_a_fresh_form_is_another_notice(house: House, visitor: Client) -> None:
    first, second = send(visitor, fill_in(visitor)), send(visitor, fill_in(visitor))

    assert [status for status, _ in (first, second)] == [200, 200]
    assert len(house.bank.records()) == 2


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
