"""POST /v1/screen: what to do with an upload, and nothing that tells how closely it matches."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Scope
from tests.installation import new_key
from tests.photographs import doctored, original, plain_copy, unrelated
from tests.stories import file_notice

ADDRESS = "/v1/screen"


def jpeg(data: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile("picture.jpg", data, content_type="image/jpeg")


def test_a_doctored_copy_is_held_and_the_answer_is_exactly_this(
    house: House, visitor: Client
) -> None:
    receipt = file_notice(house)
    key = new_key(house, Scope.SCREEN)

    response = visitor.post(
        ADDRESS, {"picture": jpeg(doctored()), "content_ref": "post/1"}, headers=key
    )

    assert response.status_code == 200
    answer = response.json()
    assert answer.pop("held_until")
    assert answer == {"action": "hold", "verdict": "derived", "case": receipt.case}


def test_a_plain_copy_and_an_unrelated_picture_are_published(house: House, visitor: Client) -> None:
    file_notice(house)
    key = new_key(house, Scope.SCREEN)

    for data in (original(), plain_copy(), unrelated()):
        response = visitor.post(
            f"{ADDRESS}?content_ref=post/2", data, content_type="image/jpeg", headers=key
        )

        assert response.status_code == 200
        answer = response.json()
        assert (answer["action"], answer["case"], answer["held_until"]) == ("publish", None, None)


def test_the_raw_body_and_the_form_are_answered_alike(house: House, visitor: Client) -> None:
    file_notice(house)
    key = new_key(house, Scope.SCREEN)

    form = visitor.post(
        ADDRESS, {"picture": jpeg(doctored()), "content_ref": "post/1"}, headers=key
    )
    raw = visitor.post(
        f"{ADDRESS}?content_ref=post/1", doctored(), content_type="image/jpeg", headers=key
    )

    assert raw.json() == form.json()


def test_a_key_of_another_scope_opens_nothing(house: House, visitor: Client) -> None:
    key = new_key(house, Scope.CASES)

    response = visitor.post(
        f"{ADDRESS}?content_ref=x", unrelated(), content_type="image/jpeg", headers=key
    )

    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"] == 'Bearer realm="staydown"'
    assert response.headers["Content-Type"] == "application/problem+json"
