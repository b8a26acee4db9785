"""The one map from our errors to HTTP, in one shape: RFC 9457, application/problem+json.

An error that is not in the map tells the caller nothing; the log has it.
"""

import logging
from collections.abc import Mapping
from types import MappingProxyType

from django.http import HttpResponse
from ninja import Schema
from pydantic import Field

from staydown.errors import (
    BadNotice,
    BadPicture,
    BadRequest,
    FieldProblem,
    NotAllowed,
    NotFetched,
    NotFound,
    NotSignedIn,
    StaydownError,
    TooBusy,
    TooLarge,
    TooMuch,
    TooOften,
    TooSlow,
    Unreadable,
    WrongContentType,
)

CONTENT_TYPE = "application/problem+json"
_log = logging.getLogger(__name__)


class FieldError(Schema):
    """One field of what was sent, and how to mend it."""

    field: str = Field(description="Where it is: a field's name, or its path with dots.")
    detail: str = Field(description="What is wrong with it, in words.")


class Problem(Schema):
    """Why the request was not done (RFC 9457)."""

    type: str = Field(description="A stable name of the kind of problem, to branch on.")
    title: str = Field(description="The kind of problem in words; the same each time.")
    status: int = Field(description="The HTTP status of this answer.")
    detail: str = Field(description="What was wrong this time, and how to mend it.")
    errors: list[FieldError] = Field(
        default=[], description="Every field that is wrong, at once; empty if none in particular."
    )


KINDS: Mapping[int, tuple[str, str]] = MappingProxyType(
    {
        400: ("bad-request", "The request could not be read"),
        401: ("not-signed-in", "No valid key or session"),
        403: ("not-permitted", "This key or session may not do that"),
        404: ("not-found", "No such thing, or not yours to see"),
        405: ("wrong-method", "This address does not answer that method"),
        408: ("too-slow", "The request came too slowly"),
        409: ("not-now", "Not possible in the present state"),
        411: ("no-length", "The length of the body is needed"),
        413: ("too-large", "More bytes than we accept"),
        415: ("wrong-content-type", "A content type that is not accepted here"),
        422: ("bad-field", "A field is missing or cannot be read"),
        429: ("too-often", "Too many requests"),
        500: ("internal", "Something went wrong on our side"),
        503: ("busy", "Too much at once"),
    }
)
"""Status → name of the kind and its title."""

HEADERS: Mapping[int, Mapping[str, str]] = MappingProxyType(
    {401: {"WWW-Authenticate": 'Bearer realm="staydown"'}, 503: {"Retry-After": "60"}}
)
"""Status → headers that come with it."""

STATUS: Mapping[type[Exception], int] = MappingProxyType(
    {
        NotFound: 404,
        NotAllowed: 409,
        NotSignedIn: 401,
        TooLarge: 413,
        TooSlow: 408,
        TooBusy: 503,
        TooMuch: 429,
        BadPicture: 422,
        BadNotice: 422,
        BadRequest: 422,
        WrongContentType: 415,
        Unreadable: 422,
        NotFetched: 422,
        StaydownError: 500,
    }
)
"""The nearest ancestor of an error decides."""

OWN_KIND: Mapping[type[Exception], str] = MappingProxyType(
    {BadPicture: "bad-picture", BadNotice: "bad-notice"}
)
"""Errors that a caller may want to tell from others of the same status."""


def answer(
    status: int, detail: str, *, kind: str = "", errors: tuple[FieldProblem, ...] = ()
) -> HttpResponse:
    """A problem as an HTTP answer.

    401 names the way to sign in (RFC 9110 §15.5.2, RFC 6750), 503 when to try again (§10.2.3), as
    429 does where that is known (RFC 6585 §4).
    """
    usual, title = KINDS[status]
    problem = Problem(
        type=f"urn:staydown:problem:{kind or usual}",
        title=title,
        status=status,
        detail=detail,
        errors=[FieldError(field=error.field, detail=error.what) for error in errors],
    )
    return HttpResponse(
        problem.model_dump_json(),
        status=status,
        content_type=CONTENT_TYPE,
        headers=HEADERS.get(status, {}),
    )


def answer_error(error: Exception) -> HttpResponse:
    """The answer to `error`. What went wrong on our side is logged and not told."""
    status = next((STATUS[kind] for kind in type(error).__mro__ if kind in STATUS), 500)
    if status == 500:
        _log.error("an API request failed", exc_info=error)
        return answer(500, "It is not your request. Try again, or ask whoever runs this server.")
    kind = next((OWN_KIND[kind] for kind in type(error).__mro__ if kind in OWN_KIND), "")
    errors = error.problems if isinstance(error, BadNotice) else ()
    told = answer(status, str(error), kind=kind, errors=errors)
    if isinstance(error, TooOften):
        told.headers["Retry-After"] = str(error.seconds)
    return told
