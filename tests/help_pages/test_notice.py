"""The notice form: kind, plain, and nothing lost that was typed."""

import re
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from staydown.assembly.house import House
from staydown.casework.elsewhere import POINTERS
from tests.photographs import doctored, original
from tests.records import records_of
from tests.stories import FILLED_IN, PLACE, screen


def a_photo(data: bytes = b"") -> SimpleUploadedFile:
    return SimpleUploadedFile("cat.jpg", data or original(), content_type="image/jpeg")


def token(client: Client) -> str:
    """The form's CSRF token, as a browser sends it back."""
    page = client.get("/").content.decode()
    [found] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)
    return str(found)


def send(client: Client, **fields: object) -> tuple[int, str]:
    """Fill the form in, send it, and read the page that comes back."""
    typed = {**FILLED_IN, "csrfmiddlewaretoken": token(client), **fields}
    response = client.post("/", typed)
    return response.status_code, response.content.decode()


def summary(page: str) -> list[tuple[str, str]]:
    """Where each line of the summary of errors leads, and what it says."""
    return re.findall(r'<li><a href="#(\w+)">([^<]+)</a></li>', page)


def test_a_filed_notice_shows_its_number_and_secret_once(house: House, visitor: Client) -> None:
    status, page = send(visitor, originals=[a_photo()])

    assert status == 200
    case, secret = re.findall(r"<code[^>]*>([^<]+)</code>", page)
    assert screen(house, doctored()).case == case
    assert re.fullmatch(r"([a-z2-7]{4} ){7}[a-z2-7]{4}", secret)
    assert secret not in send(visitor)[1]


def test_without_a_photo_nobody_is_told_that_we_watch(house: House, visitor: Client) -> None:
    status, page = send(visitor)

    assert status == 200
    assert "We are watching" not in page
    assert "A person will look at the places" in page


def test_every_problem_is_named_above_and_beside_its_field(house: House, visitor: Client) -> None:
    status, page = send(
        visitor,
        kind="",
        capacity="guardian",
        keeps_photo="",
        statement=" ",
        signature="",
        is_in_good_faith="",
    )

    assert status == 422
    assert summary(page) == [
        ("basis", "Say why you may do this for somebody else"),
        ("kind", "Choose what kind of picture it is"),
        ("keeps_photo", "Choose whether we may keep a small copy of the photo"),
        ("statement", "Say what happened, in a few words"),
        ("signature", "Type your name"),
        ("is_in_good_faith", "Tick the box if what you told us is true"),
    ]
    for name, words in summary(page):
        assert f'id="{name}"' in page
        assert re.search(rf'id="{name}-error"><span class="unseen">Error:</span> {words}', page)
    assert "<title>Error: Photo form</title>" in page


def test_what_was_typed_is_still_there(house: House, visitor: Client) -> None:
    _, page = send(
        visitor,
        signature="",
        statement='Two\r\nlines & a "quote" <b>',
        locations="a\r\nb",
        contact="me@example.org",
    )

    assert ">\nTwo\nlines &amp; a &quot;quote&quot; &lt;b&gt;</textarea>" in page
    assert ">\na\nb</textarea>" in page
    assert 'value="me@example.org"' in page
    assert 'name="kind" value="forgery" checked' in page


def test_a_file_that_is_no_picture_is_named(house: House, visitor: Client) -> None:
    status, page = send(visitor, originals=[a_photo(), a_photo(b"hello")])

    assert status == 422
    [(field, words)] = summary(page)
    assert field == "originals"
    assert words.startswith("Picture 2: ")


def test_without_a_photo_and_without_a_place_there_is_nothing_to_go_by(
    house: House, visitor: Client
) -> None:
    status, page = send(visitor, locations=" \r\n ")

    assert status == 422
    assert [field for field, _ in summary(page)] == ["originals"]


def test_photos_that_are_too_large_are_refused_unread(house: House, visitor: Client) -> None:
    status, page = send(visitor, originals=[a_photo(b"x" * 2_400_000)])

    assert status == 413
    assert summary(page) == [
        ("originals", "The photos are more than 2 MB together. Please choose fewer.")
    ]


@pytest.mark.parametrize("answer", ["yes", "unsure"])
def test_where_a_child_may_be_shown_nothing_is_opened_and_nothing_kept(
    answer: str, house: House, visitor: Client
) -> None:
    fields = {"was_minor": answer, "csrfmiddlewaretoken": token(visitor)}

    response = visitor.post("/", {**FILLED_IN, **fields, "originals": [a_photo(b"no picture")]})

    assert (response.status_code, response.headers["Location"]) == (302, "/help/more")
    assert records_of(house.bank) == ()
    page = visitor.get("/help/more").content.decode()
    for pointer in POINTERS:
        assert f'href="{pointer.address}"' in page


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("statement", "a\0b"),
        ("statement", "x" * 5_001),
        ("locations", "\n".join(f"x{number}" for number in range(51))),
        ("locations", "x" * 2_001),
        ("contact", "x" * 501),
        ("signature", "\x1b"),
        ("kind", "<script>"),
    ],
)
def test_what_cannot_be_read_is_named_and_not_stored(
    field: str, typed: str, house: House, visitor: Client
) -> None:
    status, page = send(visitor, originals=[a_photo()], **{field: typed})

    assert status == 422
    assert [name for name, _ in summary(page)] == [field]
    assert records_of(house.bank) == ()


def test_a_form_without_its_token_is_answered_kindly(house: House, visitor: Client) -> None:
    response = visitor.post("/", FILLED_IN)

    assert response.status_code == 403
    assert "<h1>Please send it again</h1>" in response.content.decode()


def test_links_are_taken_as_they_were_pasted_and_cleaned(house: House, visitor: Client) -> None:
    pasted = f"look: {PLACE}?fbclid=1 and {PLACE}2?utm_source=x\r\n{PLACE}#:~:text=me"

    _, page = send(visitor, locations=pasted, signature="")

    assert f">\nlook: and\n{PLACE}\n{PLACE}2</textarea>" in page


def test_links_to_other_sites_are_named_on_the_receipt_and_later(
    house: House, visitor: Client
) -> None:
    pasted = f"{PLACE}\nhttps://other.example/7"
    with override_settings(STAYDOWN=replace(house.settings, own_sites=("forum.example",))):
        _, receipt = send(visitor, locations=pasted)
    _, untold = send(visitor, locations=pasted)

    [listed] = re.findall(r'<ul class="elsewhere">(.*?)</ul>', receipt, re.DOTALL)
    assert re.findall(r"<li[^>]*><bdi>([^<]+)</bdi></li>", listed) == ["https://other.example/7"]
    assert 'class="elsewhere"' not in untold
