"""The addresses of the API, below whatever prefix `assembly.urls` gives it.

Also where no operation is, the answer is a problem: an unknown path, a method that an address
does not take.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, URLResolver, include, path, re_path
from django.views.decorators.csrf import csrf_exempt
from ninja import Schema

from staydown.api import cases, commands, notices, screening
from staydown.api.bodies import is_chunked
from staydown.api.door import open_door, promise
from staydown.api.problems import answer

View = Callable[..., HttpResponseBase]
COUNTED = frozenset({"screen", "file_notice"})
"""Operations that count a chunked body as it comes; the others want its length first."""

door = open_door()
for router in (screening.router, notices.router, cases.router, commands.router):
    door.add_router("", router)


class Health(Schema):
    """This server answers."""

    status: str


@door.get("/health", operation_id="health", summary="Is it up?", response=promise(200, Health, 429))
def health(request: HttpRequest) -> Health:
    """For a load balancer: says nothing about what is kept."""
    return Health(status="ok")


def shaped(view: View, name: str | None) -> View:
    """The view, with every refusal in the one shape."""

    @csrf_exempt  # keys need none; a session's token is checked by keys.Session
    @wraps(view)
    def inner(request: HttpRequest, **named: object) -> HttpResponseBase:
        if is_chunked(request) and name not in COUNTED:
            return answer(411, "send the length of the body in Content-Length")
        response = view(request, **named)
        response.headers.setdefault("Cache-Control", "no-store")
        if response.status_code != 405:
            return response
        refusal = answer(405, f"this address takes {response.headers['Allow']}")
        refusal.headers["Allow"] = response.headers["Allow"]
        return refusal

    return inner


@csrf_exempt
def nothing_here(request: HttpRequest) -> HttpResponseBase:
    """No operation has this address."""
    return answer(404, "the API has no such address: see openapi.json")


def _shaped(pattern: URLPattern | URLResolver) -> URLPattern | URLResolver:
    if isinstance(pattern, URLResolver):
        return pattern
    view = shaped(pattern.callback, pattern.name)
    return URLPattern(pattern.pattern, view, pattern.default_args, pattern.name)


_patterns, _app, _namespace = door.urls
urlpatterns = [
    path("", include(([_shaped(pattern) for pattern in _patterns], _app), _namespace)),
    re_path(r"", nothing_here),
]
