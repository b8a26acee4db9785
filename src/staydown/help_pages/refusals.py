"""What these pages say when a page is not there, a form went stale or never came, or we failed."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.http import HttpRequest, HttpResponse

from staydown.errors import StaydownError, TooBusy, TooLarge, TooOften, TooSlow
from staydown.help_pages.pages import private, show


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """A title and a sentence."""

    title: str
    words: str


MISSING = Refusal(title="There is no such page", words="The address may be mistyped.")
STALE = Refusal(
    title="Please send it again",
    words="This form was open for too long, or your browser keeps no cookies for this site. "
    "We need one small cookie while you fill in the form; it knows nothing about you.",
)
UNREADABLE = Refusal(
    title="We could not read that",
    words="It was too long, or broken on the way. Please try again with less.",
)
BROKEN = Refusal(
    title="Something went wrong",
    words="It is our mistake, not yours. Please try again in a few minutes.",
)
SLOW = Refusal(
    title="It took too long",
    words="Your photos came too slowly, and we stopped waiting. Nothing was kept. Please go back, "
    "choose fewer or smaller photos, and send it again.",
)
LARGE = Refusal(
    title="That was too much at once",
    words="The photos are too large together. Nothing was kept. Please go back and choose fewer.",
)
BUSY = Refusal(
    title="Too many people are sending something",
    words="Nothing was kept. Please wait a minute, go back, and send it again.",
)
NOT_TAKEN: Mapping[type[StaydownError], tuple[int, Refusal]] = MappingProxyType(
    {TooSlow: (408, SLOW), TooLarge: (413, LARGE), TooOften: (429, BUSY), TooBusy: (503, BUSY)}
)


@private
def unreadable(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400, where Django gave up reading what was sent."""
    return show(request, "refusal", status=400, refusal=UNREADABLE)


@private
def missing(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, for every address that is not there."""
    return show(request, "refusal", status=404, refusal=MISSING)


@private
def stale(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403, where Django's CSRF check failed."""
    return show(request, "refusal", status=403, refusal=STALE)


@private
def broken(request: HttpRequest) -> HttpResponse:
    """500."""
    return show(request, "refusal", status=500, refusal=BROKEN)


@private
def not_taken(request: HttpRequest, error: StaydownError) -> HttpResponse:
    """408, 413, 429 or 503, where what was sent did not arrive whole."""
    status, refusal = NOT_TAKEN[type(error)]
    return show(request, "refusal", status=status, refusal=refusal)
