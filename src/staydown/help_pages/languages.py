"""The languages of these pages, what leads from one to another, and whole sentences said in one.

A language is in the address, as in `/ar/help/check`, and nowhere else: no cookie remembers it. The
pages of everybody else stay English.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from django.conf import settings as django_settings
from django.http import HttpRequest
from django.urls import reverse, translate_url
from django.utils.translation import (
    get_language,
    get_language_from_request,
    get_language_info,
    gettext,
    to_locale,
)

from staydown.errors import FieldProblem, StaydownError, fill_in

ENGLISH: Final = "en"
REVIEWED: Final = frozenset({ENGLISH})
"""Languages whose words somebody who speaks them has checked. The others say that nobody did."""
STAYS: Final = "stay"
"""What the link to the English form carries, so that nobody is led away from it again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """One language: its code as in BCP 47, its name in itself, and `ltr` or `rtl`."""

    code: str
    name: str
    direction: str
    is_reviewed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where the same page is in another language."""

    language: Language
    address: str


def current_language() -> Language:
    """The one in which this page is answered."""
    return _language(get_language() or ENGLISH)


def ways_from(request: HttpRequest) -> tuple[Way, ...]:
    """The same page in every language; nothing where an answer to a form would be lost."""
    if request.method not in {"GET", "HEAD"}:
        return ()
    return tuple(
        Way(language=_language(code), address=_address(request, code))
        for code, _name in django_settings.LANGUAGES
    )


def preferred_form(request: HttpRequest) -> str | None:
    """The address of the form in the language that the browser asks for.

    None where the page that was asked for is the one to show: it names its language, or the
    English one was chosen.
    """
    if request.GET or current_language().code != ENGLISH:
        return None
    wanted = get_language_from_request(request)
    return None if wanted == ENGLISH else translate_url(reverse("help:notice"), wanted)


def say_problem(problem: FieldProblem) -> str:
    """What is wrong with a field, in the language of the page."""
    return _say(problem.says, problem.facts)


def say_error(error: StaydownError) -> str:
    """What went wrong, in the language of the page."""
    return _say(error.says, error.facts)


def _say(says: str, facts: Mapping[str, object]) -> str:
    """The sentence with its facts; the problem among them is a sentence itself, and said so too."""
    said = {**facts, "problem": _say_nested(str(facts.get("problem", "")))} if facts else facts
    return fill_in(gettext(says), said)


def _say_nested(problem: str) -> str:
    """What is wrong with one of several; where there are no words for it, that something is."""
    said = gettext(problem) if problem else ""
    is_unsaid = said == problem and current_language().code != ENGLISH
    return gettext("it could not be read: choose another one") if is_unsaid else said


def _address(request: HttpRequest, code: str) -> str:
    found = translate_url(request.path, code)
    leads_away = code == ENGLISH and found == "/"
    return f"{found}?{STAYS}" if leads_away else found


def _language(code: str) -> Language:
    about = get_language_info(code)
    return Language(
        code=to_locale(code).replace("_", "-"),
        name=dict(django_settings.LANGUAGES)[code],
        direction="rtl" if about["bidi"] else "ltr",
        is_reviewed=code in REVIEWED,
    )
