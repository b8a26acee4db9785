"""What these pages say when there is no such page, a form went stale, or we failed."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

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
