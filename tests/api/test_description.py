"""openapi.json says what is true: every operation, and every refusal in the one shape."""

import json
from collections.abc import Iterator
from typing import Any

import pytest

from staydown.api import problems
from staydown.api.problems import CONTENT_TYPE, KINDS, answer, answer_error
from staydown.api.urls import door
from staydown.errors import (
    BadNotice,
    FieldProblem,
    KeyGone,
    Misconfigured,
    NotFound,
    SealBroken,
    StaydownError,
    TooLarge,
)

type Json = dict[str, Any]

OPERATIONS = {
    "health",
    "screen",
    "file_notice",
    "withdraw",
    "complete_notice",
    "look_at_places",
    "read_case",
    "decide_copy",
    "list_commands",
    "acknowledge_command",
}


def operations() -> list[Json]:
    """What openapi.json says of each operation."""
    paths = door.get_openapi_schema(path_prefix="/v1/")["paths"].values()
    return [operation for path in paths for operation in path.values()]


def test_every_operation_is_described() -> None:
    assert {operation["operationId"] for operation in operations()} == OPERATIONS


def test_every_refusal_is_described_as_a_problem() -> None:
    refusals = [
        list(described["content"])
        for operation in operations()
        for status, described in operation["responses"].items()
        if int(status) >= 400
    ]

    assert len(refusals) > 25
    assert refusals == [[CONTENT_TYPE]] * len(refusals)


def leaves(kind: type[StaydownError]) -> Iterator[type[StaydownError]]:
    yield kind
    for below in kind.__subclasses__():
        yield from leaves(below)


@pytest.mark.parametrize("kind", tuple(leaves(StaydownError)))
def test_every_error_has_a_status(kind: type[StaydownError]) -> None:
    assert answer_error(kind()).status_code in KINDS


@pytest.mark.parametrize(
    "error", [SealBroken("row 7"), KeyGone("row 7"), Misconfigured("row 7"), OSError("row 7")]
)
def test_what_went_wrong_on_our_side_is_not_told(error: Exception) -> None:
    response = answer_error(error)

    assert response.status_code == 500
    assert b"row 7" not in response.content


def test_an_error_is_told_in_its_own_words() -> None:
    told = json.loads(answer_error(NotFound("no such case")).content)

    assert told == {
        "type": "urn:staydown:problem:not-found",
        "title": "No such thing, or not yours to see",
        "status": 404,
        "detail": "no such case",
        "errors": [],
    }


def test_a_bad_notice_is_told_field_by_field() -> None:
    error = BadNotice(FieldProblem(field="signature", says="please fill this in"))

    told = json.loads(answer_error(error).content)

    assert told["type"] == "urn:staydown:problem:bad-notice"
    assert told["errors"] == [{"field": "signature", "detail": "please fill this in"}]


def test_too_large_is_told_from_too_often() -> None:
    assert answer_error(TooLarge("x")).status_code == 413
    assert problems.STATUS[TooLarge.__mro__[1]] == 429


def test_only_401_asks_to_sign_in() -> None:
    asking = [status for status in KINDS if "WWW-Authenticate" in answer(status, "x").headers]

    assert asking == [401]
