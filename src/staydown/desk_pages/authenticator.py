"""Setting up an authenticator app: whose codes, beside the password, sign somebody in.

The fresh secret is in the page alone until a code of it was typed: signed, for who asked, for a
quarter of an hour.
"""

from typing import Final

import segno
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_http_methods

from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework.people import Person
from staydown.desk_pages.pages import for_whoever_signed_in, show
from staydown.errors import NotSignedIn, TooMuch

SALT: Final = "staydown.authenticator"
LASTS_SECONDS: Final = 15 * 60
TOO_OLD = "This page is too old: here is a fresh one. Take the entry before out of your app."
OFTEN = "That was wrong too many times. Please wait a quarter of an hour."


@require_http_methods(["GET", "HEAD", "POST"])
@for_whoever_signed_in
def authenticator(request: HttpRequest, person: Person) -> HttpResponse:
    """Shows a fresh secret as a QR code and in letters; keeps it once a code of it was typed."""
    if request.method != "POST":
        return _show(request, person, current_house().authenticators.propose())
    try:
        secret = _signed(request.POST.get("proposed", ""), person)
    except signing.BadSignature:
        return _show(request, person, current_house().authenticators.propose(), error=TOO_OLD)
    try:
        with counting_wrong_tries(request, f"{SALT} {person.id}"):
            code = request.POST.get("code", "")[:20]
            current_house().authenticators.set(person, secret, code)
    except NotSignedIn as error:
        return _show(request, person, secret, error=str(error))
    except TooMuch:
        return _show(request, person, secret, error=OFTEN, status=429)
    return show(request, "authenticator_set", reviewer=person)


def _signed(proposed: str, person: Person) -> str:
    """The secret that was proposed to this person. Raises BadSignature."""
    whose, secret = signing.loads(proposed, salt=SALT, max_age=LASTS_SECONDS)
    if whose != person.id:
        raise signing.BadSignature("proposed to somebody else")
    return str(secret)


def _show(
    request: HttpRequest, person: Person, secret: str, *, error: str = "", status: int = 200
) -> HttpResponse:
    authenticators = current_house().authenticators
    return show(
        request,
        "authenticator",
        status=status if status != 200 or not error else 422,
        reviewer=person,
        error=error,
        is_set=authenticators.is_set(person),
        proposed=signing.dumps([person.id, secret], salt=SALT),
        secret=" ".join(secret[at : at + 4] for at in range(0, len(secret), 4)),
        code=_draw(authenticators.link(secret, person)),
    )


def _draw(link: str) -> SafeString:
    """A QR code as SVG (ISO/IEC 18004), black on white by day and by night."""
    drawn = segno.make(link, error="m", micro=False)
    return mark_safe(drawn.svg_inline(scale=5, light="#fff", title="QR code for your app"))  # noqa: S308 -- drawn by segno
