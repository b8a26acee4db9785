"""Which door speaks where no view of its own could: to programs in problems, to people in pages.

Doors are named, not imported, so that none of them knows another.
"""

from collections.abc import Callable
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from staydown.assembly.front import NOT_TAKEN

type View = Callable[..., HttpResponse]

SPEAKERS: Final = (("/v1/", "staydown.api.refusals"), ("/", "staydown.help_pages.refusals"))
"""The beginning of an address → the module whose refusals are shown there."""


def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, where Django gave up reading what was sent, or was called by a name that is not ours."""
    return _speaker(request, "unreadable")(request, exception)


def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for every address that is not there."""
    return _speaker(request, "missing")(request, exception)


def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _speaker(request, "broken")(request)


def refuse_untaken(answer: Callable[[HttpRequest], HttpResponse]) -> View:
    """Middleware: a request whose body was not taken (`assembly.front`) gets no further."""

    def inner(request: HttpRequest) -> HttpResponse:
        if error := request.META.get(NOT_TAKEN):
            return _speaker(request, "not_taken")(request, error)
        return answer(request)

    return inner


def _speaker(request: HttpRequest, name: str) -> View:
    module = next(module for start, module in SPEAKERS if request.path_info.startswith(start))
    view: View = import_string(f"{module}.{name}")
    return view
