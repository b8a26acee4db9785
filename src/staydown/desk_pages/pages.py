"""Who may see a page of the desk, and how it is shown: whoever the table says, kept by no cache.

Every refusal looks the same, whether a thing is missing or the viewer may not see it.
"""

from collections.abc import Callable
from functools import wraps
from typing import Final

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from staydown.assembly.sessions import person_behind
from staydown.casework.access import Permission, require_person
from staydown.casework.people import Person
from staydown.errors import NotFound

private = never_cache
CONTENT_POLICY: Final = {**django_settings.SECURE_CSP, "script-src": [CSP.SELF]}
"""As everywhere, and our own script for keys, which connects to nothing."""


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


def person_who_may(request: HttpRequest, permission: Permission | None) -> Person:
    """Who signed in, if they may; None is anybody. Raises NotFound for everybody else."""
    person = person_behind(request)
    if person is None:
        raise NotFound("no such page")
    return person if permission is None else require_person(person, permission)


def for_those_who_may(
    permission: Permission | None,
) -> Callable[[Callable[..., HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Decorates a view of (request, person, **names); NotFound inside is refused like the rest."""

    def decorate(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
        @private
        @csp_override(CONTENT_POLICY)
        @wraps(view)
        def inner(request: HttpRequest, **named: str) -> HttpResponseBase:
            try:
                return view(request, person_who_may(request, permission), **named)
            except NotFound:
                return refuse(request)

        return inner

    return decorate


def only_from_pages(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Decorates a view of a picture: refused where a browser says that it is no part of a page.

    Browsers say so in `Sec-Fetch-Dest` (W3C Fetch Metadata), which no page can change.
    """

    @wraps(view)
    def inner(request: HttpRequest, person: Person, **named: str) -> HttpResponse:
        if request.headers.get("Sec-Fetch-Dest", "image") != "image":
            raise NotFound("no such page")
        return view(request, person, **named)

    return inner


for_whoever_signed_in = for_those_who_may(None)
for_reviewers = for_those_who_may(Permission.OPEN_CASE)
