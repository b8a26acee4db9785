"""The catalogues of the help pages: every sentence in every language, and nothing else in them."""

import re
from typing import Any

import pytest
from babel.messages.catalog import Catalog, Message
from django.conf import settings as django_settings
from django.utils.translation import to_locale

from staydown.casework.elsewhere import POINTERS
from staydown.casework.grounds import Refusal
from staydown.casework.wording import APPEAL, COURT, NUMBER, REDRESS, word_answer
from staydown.casework.wording import DECIDED as DECIDED_TITLE
from staydown.help_pages.phrases import DECIDED, LETTER, WHOM
from tools.catalogues import LOCALES, codes, compiled, find_sentences, read_catalogue, untranslated

LANGUAGES = [code for code, _name in django_settings.LANGUAGES if code != "en"]
PLACES = re.compile(r"%\(\w+\)[sd]|\{\w+\}|</?\w+[^>]*>")
EXACT = re.compile(r"case_|PDF|UTC|https?://\S+")


def sentences() -> set[str]:
    """All that is said, each by its singular."""
    return {found if isinstance(found, str) else found[0] for found, _file in find_sentences()}


def messages(catalogue: Catalog) -> list[Message]:
    return [message for message in catalogue if message.id]


def pairs(message: Message) -> list[tuple[str, str]]:
    """What is said in English, and each of its forms in the other language."""
    forms: Any = [message.string] if isinstance(message.string, str) else message.string
    english = message.id if isinstance(message.id, str) else message.id[-1]
    return [(str(english), str(form)) for form in forms]


def test_there_is_a_catalogue_of_every_language_and_no_other() -> None:
    assert codes() == sorted(LANGUAGES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_sentence_is_in_the_catalogue_and_translated(code: str) -> None:
    catalogue = read_catalogue(code)
    known = {one.id if isinstance(one.id, str) else one.id[0] for one in messages(catalogue)}

    assert known == sentences(), "make words"
    assert untranslated(catalogue) == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_translation_has_the_places_and_marks_of_its_sentence(code: str) -> None:
    wrong = [
        (english, said)
        for message in messages(read_catalogue(code))
        for english, said in pairs(message)
        if sorted(PLACES.findall(said)) != sorted(PLACES.findall(english))
        or sorted(EXACT.findall(said)) != sorted(EXACT.findall(english))
    ]

    assert wrong == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_program_reads_what_people_wrote(code: str) -> None:
    folder = LOCALES / to_locale(code) / "LC_MESSAGES"

    assert (folder / "django.mo").read_bytes() == compiled(read_catalogue(code)), "make words"


def test_what_is_decided_elsewhere_can_be_said_here() -> None:
    said = {*word_answer((), was_removed=True), *word_answer(Refusal, was_removed=False)}

    assert said == set(DECIDED)
    assert {NUMBER, DECIDED_TITLE, REDRESS, APPEAL, COURT} == set(LETTER)
    assert {pointer.whom for pointer in POINTERS} == set(WHOM)
