"""Shows one page, in the one way all of these pages are shown: kept by no cache, easy to leave."""

from collections.abc import Callable
from typing import Final

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.views.decorators.cache import never_cache
from django.views.decorators.csp import csp_override

from staydown.help_pages.languages import current_language, ways_from

View = Callable[..., HttpResponse]

CONTENT_POLICY: Final = {**django_settings.SECURE_CSP, "script-src": [CSP.SELF]}
"""As everywhere, and our own script: it hides the page and leaves it, and connects to nothing."""

MAX_PAGE_BYTES: Final = 60_000
"""What a page may weigh with its style and scripts, uncompressed; a test holds each to it."""


def private(view: View) -> View:
    """Decorates a view: its answers are kept by no cache, so that Back shows nothing afterwards."""
    guarded: View = never_cache(csp_override(CONTENT_POLICY)(view))
    return guarded


def show(request: HttpRequest, page: str, /, *, status: int = 200, **shown: object) -> HttpResponse:
    """The template `page` of this app, with what it shows, `site`, and the languages there are.

    `site` is what the operator chose.
    """
    shown_too = {
        "site": django_settings.STAYDOWN,
        "language": current_language(),
        "languages": ways_from(request),
        **shown,
    }
    return render(request, f"help_pages/{page}.html", shown_too, status=status)


def as_file(name: str, content: bytes) -> HttpResponse:
    """A file to keep, whose name says nothing."""
    kind = "application/pdf" if name.endswith(".pdf") else "text/plain; charset=utf-8"
    kept = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=kept)
