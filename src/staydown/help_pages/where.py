"""Where people can turn besides this site, country by country, with how sure each line is."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from staydown.errors import NotFound
from staydown.help_pages.pages import private, show
from staydown.help_pages.refusals import missing
from staydown.policy.guidance import Country, Kind, Line, shipped_guidance
from staydown.policy.marks import Mark

HEADINGS: Final[Mapping[Kind, str]] = MappingProxyType(
    {
        Kind.EMERGENCY: "If you are in danger",
        Kind.FIRST: "What to do first",
        Kind.HELP: "People you can talk to",
        Kind.REMOVAL: "Having pictures taken down elsewhere",
        Kind.REGULATOR: "If a site does not act",
        Kind.POLICE: "The police",
        Kind.CIVIL: "What a court can do for you",
        Kind.UNDER_18: "If the person was under 18 in the picture",
    }
)
SURE: Final[Mapping[Mark, str]] = MappingProxyType(
    {
        Mark.VERIFIED: "We read this on its own page, or in the law.",
        Mark.SECONDARY: "We read this elsewhere, not on its own page.",
        Mark.UNVERIFIED: "We could not check this. Look before you rely on it.",
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
    return show(request, "where", countries=shipped_guidance().countries.values())


@private
@require_safe
def country(request: HttpRequest, *, code: str) -> HttpResponse:
    """What a person in one country can do, or 404."""
    try:
        found = shipped_guidance().country(code)
    except NotFound:
        return missing(request)
    return show(request, "country", country=found, sections=sections_of(found))


def sections_of(found: Country) -> tuple[Section, ...]:
    """What is on the page, from its top; there is no heading without a line."""
    kinds = ((heading, found.of(kind)) for kind, heading in HEADINGS.items())
    return tuple(
        Section(heading=heading, lines=tuple((line, SURE[line.mark]) for line in lines))
        for heading, lines in kinds
        if lines
    )
