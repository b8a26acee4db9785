"""What the API says where no operation can: a Host that is not ours, a body that never came."""

from django.http import HttpRequest, HttpResponse

from staydown.api.problems import answer, answer_error
from staydown.errors import StaydownError


def unreadable(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """400: the Host is not among the operator's, or the request is broken (RFC 9112 §3.2)."""
    return answer(400, "the request could not be read: is its Host right?")


def missing(_request: HttpRequest, _exception: Exception | None = None) -> HttpResponse:
    """404."""
    return answer(404, "the API has no such address: see openapi.json")


def broken(_request: HttpRequest) -> HttpResponse:
    """500: what happened is in the log."""
    return answer(500, "It is not your request. Try again, or ask whoever runs this server.")


def not_taken(_request: HttpRequest, error: StaydownError) -> HttpResponse:
    """The body came too slowly, was too large, or there was too much at once."""
    return answer_error(error)
