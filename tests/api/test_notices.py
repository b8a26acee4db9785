"""POST /v1/notices and taking one back, for a platform with a form of its own."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.elsewhere import POINTERS
from staydown.casework.people import Scope
from tests.installation import new_key
from tests.photographs import doctored, original
from tests.records import records_of
from tests.stories import FILLED_IN, file_notice, screen


def a_photo() -> SimpleUploadedFile:
    return SimpleUploadedFile("cat.jpg", original(), content_type="image/jpeg")


def test_a_notice_gets_a_case_number_and_a_secret(house: House, visitor: Client) -> None:
    key = new_key(house, Scope.NOTICES)

    response = visitor.post("/v1/notices", {**FILLED_IN, "originals": [a_photo()]}, headers=key)

    assert response.status_code == 201
    receipt = response.json()
    assert sorted(receipt) == ["case", "due_at", "missing", "received_at", "secret", "words"]
    assert screen(house, doctored()).case == receipt["case"]


def test_several_places_are_several_parts_of_the_form(house: House, visitor: Client) -> None:
    places = ["https://forum.example/1", "https://forum.example/2"]
    key = new_key(house, Scope.NOTICES)

    response = visitor.post("/v1/notices", {**FILLED_IN, "locations": places}, headers=key)

    assert response.status_code == 201


def test_without_consent_nothing_that_shows_anything_is_kept(house: House, visitor: Client) -> None:
    fields = {**FILLED_IN, "keeps_photo": "no", "originals": [a_photo()]}

    response = visitor.post("/v1/notices", fields, headers=new_key(house, Scope.NOTICES))

    assert response.status_code == 201
    assert [record.known.proxy for record in records_of(house.bank)] == [None]


def test_where_a_child_may_be_shown_nothing_is_kept(house: House, visitor: Client) -> None:
    key = new_key(house, Scope.NOTICES)
    fields = {**FILLED_IN, "was_minor": "unsure", "originals": [a_photo()]}

    response = visitor.post("/v1/notices", fields, headers=key)

    assert response.status_code == 200
    assert [one["address"] for one in response.json()["pointers"]] == [
        pointer.address for pointer in POINTERS
    ]
    assert records_of(house.bank) == ()


def test_a_notice_is_taken_back_with_its_secret(house: House, visitor: Client) -> None:
    receipt = file_notice(house)
    key = new_key(house, Scope.NOTICES)

    response = visitor.post(
        f"/v1/cases/{receipt.case}/withdraw",
        {"secret": receipt.secret},
        content_type="application/json",
        headers=key,
    )

    assert response.json() == {"case": receipt.case, "state": "withdrawn"}
    assert records_of(house.bank) == ()


def test_after_ten_wrong_secrets_even_the_right_one_waits(house: House, visitor: Client) -> None:
    receipt = file_notice(house)
    key = new_key(house, Scope.NOTICES)

    statuses = [
        visitor.post(
            f"/v1/cases/{receipt.case}/withdraw",
            {"secret": secret},
            content_type="application/json",
            headers=key,
        ).status_code
        for secret in [*["wrong"] * 10, receipt.secret]
    ]

    assert statuses == [*[404] * 10, 429]
