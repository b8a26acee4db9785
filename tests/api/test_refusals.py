"""Where no operation can speak, programs still get a problem, and people a page."""

from typing import Any

import pytest
from django.test import Client

from staydown.assembly.front import NOT_TAKEN
from staydown.assembly.house import House
from staydown.errors import StaydownError, TooBusy, TooLarge, TooOften, TooSlow

PROBLEM = "application/problem+json"
PAGE = "text/html; charset=utf-8"
UNTAKEN: tuple[tuple[type[StaydownError], int], ...] = (
    (TooSlow, 408),
    (TooLarge, 413),
    (TooBusy, 503),
)


def untaken(error: Exception) -> dict[str, Any]:
    """The environment of a request whose body was not taken."""
    return {NOT_TAKEN: error}


@pytest.mark.parametrize(("path", "kind"), [("/v1/health", PROBLEM), ("/help/check", PAGE)])
def test_a_host_that_is_not_ours_is_refused(path: str, kind: str) -> None:
    response = Client(headers={"host": "evil.example"}).get(path)

    assert (response.status_code, response.headers["Content-Type"]) == (400, kind)
    assert b"evil.example" not in response.content


@pytest.mark.parametrize(("error", "status"), UNTAKEN)
@pytest.mark.parametrize(("path", "kind"), [("/v1/screen", PROBLEM), ("/", PAGE)])
def test_a_body_that_was_not_taken_gets_no_further(
    path: str, kind: str, error: type[StaydownError], status: int, house: House, visitor: Client
) -> None:
    response = visitor.post(path, **untaken(error("send it again")))

    assert (response.status_code, response.headers["Content-Type"]) == (status, kind)
    assert response.headers.get("Retry-After") == (
        "60" if (status, kind) == (503, PROBLEM) else None
    )


def test_what_breaks_outside_every_operation_is_a_problem_too(visitor: Client) -> None:
    visitor.raise_request_exception = False

    response = visitor.get("/v1/health", **untaken(ValueError("row 7")))

    assert (response.status_code, response.headers["Content-Type"]) == (500, PROBLEM)
    assert b"row 7" not in response.content


@pytest.mark.parametrize(("path", "kind"), [("/v1/screen", PROBLEM), ("/", PAGE)])
def test_who_sends_too_often_is_told_when_to_come_again(
    path: str, kind: str, house: House, visitor: Client
) -> None:
    response = visitor.post(path, **untaken(TooOften("slow down", seconds=7)))

    assert (response.status_code, response.headers["Content-Type"]) == (429, kind)
    assert response.headers.get("Retry-After") == ("7" if kind == PROBLEM else None)
