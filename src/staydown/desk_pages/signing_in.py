"""Signing in and out.

A one-time link is used up by pressing its button, never by opening it: previews open links.
"""

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from staydown.assembly.house import current_house
from staydown.assembly.sessions import SignedIn
from staydown.assembly.tries import counting_wrong_tries
from staydown.desk_pages.pages import private, show
from staydown.errors import NotSignedIn, TooMuch

WRONG = "That name, password and code do not fit together."
USED_UP = "This link was used before, or is too old. Ask for a new one."
OFTEN = "That was wrong too many times. Please wait a quarter of an hour."
MAX_TYPED = 1_000


@private
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """By a one-time link, or by name and password."""
    token = _typed(request, "token") or request.GET.get("token", "")[:MAX_TYPED]
    if request.method == "POST":
        return _by_link(request, token) if token else _by_password(request)
    if token:
        return show(request, "one_time", token=token)
    return _ask(request)


@private
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Ends the session."""
    logout(request)
    return HttpResponseRedirect(reverse("desk:sign_in"))


def _by_link(request: HttpRequest, token: str) -> HttpResponse:
    user = authenticate(request, token=token)
    if user is None:
        return _ask(request, USED_UP, status=403)
    login(request, user)
    return HttpResponseRedirect(reverse("desk:queue"))


def _by_password(request: HttpRequest) -> HttpResponse:
    name, password = _typed(request, "name"), _typed(request, "password")
    try:
        with counting_wrong_tries(request, name, is_password=True):
            user = authenticate(request, username=name, password=password)
            if user is None:
                raise NotSignedIn("no such name and password")
            _check_code(user, _typed(request, "code"))
    except NotSignedIn:  # whichever of the three it was
        return _ask(request, WRONG, name=name, status=403)
    except TooMuch:
        return _ask(request, OFTEN, name=name, status=429)
    login(request, user)
    return HttpResponseRedirect(reverse("desk:queue"))


def _check_code(user: object, code: str) -> None:
    """Raises NotSignedIn."""
    house = current_house()
    if house.settings.unsafe_password_alone:
        return
    if not isinstance(user, SignedIn):
        raise NotSignedIn("nobody of ours")
    house.authenticators.check(user.as_person(), code)


def _typed(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "")[:MAX_TYPED].replace("\0", "")


def _ask(
    request: HttpRequest, error: str = "", *, name: str = "", status: int = 200
) -> HttpResponse:
    asks_code = not current_house().settings.unsafe_password_alone
    return show(request, "sign_in", status=status, error=error, name=name, asks_code=asks_code)
