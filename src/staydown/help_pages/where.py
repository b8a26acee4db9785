"""Where people can turn besides this site, country by country, with how sure each line is."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as marked
from django.views.decorators.http import require_safe

from staydown.errors import NotFound
from staydown.help_pages.pages import private, show
from staydown.help_pages.refusals import missing
from staydown.policy.guidance import Country, Kind, Line, shipped_guidance
from staydown.policy.marks import Mark

HEADINGS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.EMERGENCY: marked("If you are in danger"),
        Kind.FIRST: marked("What to do first"),
        Kind.HELP: marked("People you can talk to"),
        Kind.REMOVAL: marked("Having pictures taken down elsewhere"),
        Kind.REGULATOR: marked("If a site does not act"),
        Kind.POLICE: marked("The police"),
        Kind.CIVIL: marked("What a court can do for you"),
        Kind.UNDER_18: marked("If the person was under 18 in the picture"),
    }
)
SURE: Final[Mapping[Mark, str]] = MappingProxyType(
    {
        Mark.VERIFIED: marked("We read this on its own page, or in the law."),
        Mark.SECONDARY: marked("We read this elsewhere, not on its own page."),
        Mark.UNVERIFIED: marked("We could not check this. Look before you rely on it."),
    }
)
"""What is said of a line by its mark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines of one kind, each with how sure it is."""

    heading: str
    lines: tuple[tuple[Line, str], ...]


@private
@require_safe
def where(request: HttpRequest) -> HttpResponse:
    """The countries there is something for."""
    countries = [_told_country(each) for each in shipped_guidance().countries.values()]
    return show(request, "where", countries=countries)


@private
@require_safe
def country(request: HttpRequest, *, code: str) -> HttpResponse:
    """What a person in one country can do, or 404."""
    try:
        found = shipped_guidance().country(code)
    except NotFound:
        return missing(request)
    return show(request, "country", country=_told_country(found), sections=sections_of(found))


def sections_of(found: Country) -> tuple[Section, ...]:
    """What is on the page, from its top; there is no heading without a line."""
    kinds = ((heading, found.of(kind)) for kind, heading in HEADINGS.items())
    return tuple(
        Section(heading=gettext(heading), lines=tuple(_told(line) for line in lines))
        for heading, lines in kinds
        if lines
    )


def _told_country(found: Country) -> Country:
    return replace(found, name=gettext(found.name))


def _told(line: Line) -> tuple[Line, str]:
    """The line and how sure it is, in the language of the page."""
    return replace(line, name=gettext(line.name), does=gettext(line.does)), gettext(SURE[line.mark])
