"""What these pages say when a page is not there, a form went stale or never came, or we failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as marked

from staydown.errors import StaydownError, TooBusy, TooLarge, TooOften, TooSlow
from staydown.help_pages.pages import private, show


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A title and a sentence."""

    title: str
    words: str


MISSING = Refusal(
    title=marked("There is no such page"), words=marked("The address may be mistyped.")
)
STALE = Refusal(
    title=marked("Please send it again"),
    words=marked(
        "This form was open for too long, or your browser keeps no cookies for this site. "
        "We need one small cookie while you fill in the form; it knows nothing about you."
    ),
)
UNREADABLE = Refusal(
    title=marked("We could not read that"),
    words=marked("It was too long, or broken on the way. Please try again with less."),
)
BROKEN = Refusal(
    title=marked("Something went wrong"),
    words=marked("It is our mistake, not yours. Please try again in a few minutes."),
)
SLOW = Refusal(
    title=marked("It took too long"),
    words=marked(
        "Your photos came too slowly, and we stopped waiting. Nothing was kept. Please go back, "
        "choose fewer or smaller photos, and send it again."
    ),
)
LARGE = Refusal(
    title=marked("That was too much at once"),
    words=marked(
        "The photos are too large together. Nothing was kept. Please go back and choose fewer."
    ),
)
BUSY = Refusal(
    title=marked("Too many people are sending something"),
    words=marked("Nothing was kept. Please wait a minute, go back, and send it again."),
)
NOT_TAKEN: Mapping[type[StaydownError], tuple[int, Refusal]] = MappingProxyType(
    {TooSlow: (408, SLOW), TooLarge: (413, LARGE), TooOften: (429, BUSY), TooBusy: (503, BUSY)}
)


@private
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, where Django gave up reading what was sent."""
    return _refuse(request, UNREADABLE, 400)


@private
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for every address that is not there."""
    return _refuse(request, MISSING, 404)


@private
def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, where Django's CSRF check failed."""
    return _refuse(request, STALE, 403)


@private
def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return _refuse(request, BROKEN, 500)


@private
def not_taken(request: HttpRequest, error: StaydownError) -> HttpResponse:
    """408, 413, 429 or 503, where what was sent did not arrive whole."""
    status, refusal = NOT_TAKEN[type(error)]
    return _refuse(request, refusal, status)


def _refuse(request: HttpRequest, refusal: Refusal, status: int) -> HttpResponse:
    said = Refusal(title=gettext(refusal.title), words=gettext(refusal.words))
    return show(request, "refusal", status=status, refusal=said)
