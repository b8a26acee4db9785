"""Who may see a page of the desk, and how it is shown: reviewers only, kept by no cache.

Every refusal looks the same, whether a thing is missing or the viewer may not see it.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from staydown.assembly.sessions import person_behind
from staydown.casework.access import Permission, require_person
from staydown.casework.people import Person
from staydown.errors import NotFound

private = never_cache


def show(
    request: HttpRequest,
    page: str,
    /,
    *,
    status: int = 200,
    reviewer: Person | None = None,
    **shown: object,
) -> HttpResponse:
    """The template `page` of this app, with what it shows."""
    shown["reviewer"] = reviewer
    return render(request, f"desk_pages/{page}.html", shown, status=status)


def refuse(request: HttpRequest) -> HttpResponse:
    """404: nothing here, or not yours to see."""
    return show(request, "refusal", status=404)


def reviewer_behind(request: HttpRequest) -> Person:
    """The reviewer who signed in. Raises NotFound for everybody else, an operator among them."""
    person = person_behind(request)
    if person is None:
        raise NotFound("no such page")
    return require_person(person, Permission.OPEN_CASE)


def for_reviewers(
    view: Callable[..., HttpResponse],
) -> Callable[..., HttpResponse]:
    """Decorates a view of (request, person, **names); NotFound inside is refused like the rest."""

    @private
    @wraps(view)
    def inner(request: HttpRequest, **named: str) -> HttpResponse:
        try:
            return view(request, reviewer_behind(request), **named)
        except NotFound:
            return refuse(request)

    return inner
