"""The operator's colour as a stylesheet of its own: no style is written into a page."""

from typing import Final

from django.conf import settings as django_settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from staydown.help_pages.refusals import missing
from staydown.settings.colours import shades_of

AN_HOUR: Final = 60 * 60
STYLE: Final = (
    ":root {{ --deep: {light}; --deep-ink: {light_ink}; --ring: {light}; }}\n"
    "@media (prefers-color-scheme: dark) {{\n"
    "  :root {{ --deep: {dark}; --deep-ink: {dark_ink}; --ring: {dark}; }}\n"
    "}}\n"
)


@require_safe
@cache_control(max_age=AN_HOUR, public=True)
def colours(request: HttpRequest) -> HttpResponse:
    """The operator's colour, by day and in the dark; 404 where none was chosen."""
    if not (colour := django_settings.STAYDOWN.colour):
        return missing(request)
    shades = shades_of(colour)
    style = STYLE.format(
        light=shades.light,
        light_ink=shades.light_ink,
        dark=shades.dark,
        dark_ink=shades.dark_ink,
    )
    return HttpResponse(style, content_type="text/css; charset=utf-8")
