"""Shows one page, in the one way all of these pages are shown: kept by no cache."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

View = Callable[[HttpRequest], HttpResponse]

private = never_cache
"""Decorates a view: Cache-Control no-store, so that Back shows nothing after leaving."""


def show(request: HttpRequest, page: str, /, *, status: int = 200, **shown: object) -> HttpResponse:
    """The template `page` of this app, with what it shows."""
    return render(request, f"help_pages/{page}.html", shown, status=status)
