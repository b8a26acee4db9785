"""What each page weighs, for an old phone on a slow line: as sent, with its style and scripts."""

import re
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.contrib.staticfiles.finders import find
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.filing import Receipt
from staydown.help_pages.pages import MAX_PAGE_BYTES
from staydown.policy.guidance import shipped_guidance
from tests.help_pages.checking import check, send
from tests.house.sources import ROOT
from tests.shortcuts import file_quickly
from tests.stories import FILLED_IN

LOADED = re.compile(r'<(?:link|script)\b[^>]*?(?:href|src)="/static/([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')
NEARLY = 0.15
"""By how much what is written down may differ, before it has to be written again."""


@cache
def weight_of(file: str) -> int:
    """Bytes of a style, a script or the icon."""
    found = find(file)
    assert isinstance(found, str)
    return Path(found).stat().st_size


def weigh(page: str) -> int:
    """Bytes of a page and of all that it loads."""
    return len(page.encode()) + sum(map(weight_of, LOADED.findall(page)))


def post(client: Client, **fields: str) -> str:
    """What comes of sending the form."""
    token = TOKEN.findall(client.get("/").content.decode())[0]
    return client.post("/", {"csrfmiddlewaretoken": token, **fields}).content.decode()


def page_of(country: str, client: Client, _: Receipt) -> str:
    return client.get(f"/help/where/{country}").content.decode()


PAGES: dict[str, Callable[[Client, Receipt], str]] = {
    "the form": lambda client, _: client.get("/").content.decode(),
    "the form, nothing filled in": lambda client, _: post(client, was_minor="no"),
    "the receipt": lambda client, _: post(client, **FILLED_IN),
    "who helps under 18": lambda client, _: client.get("/help/more").content.decode(),
    "number and secret": lambda client, _: client.get("/help/check").content.decode(),
    "how it stands": lambda client, it: check(client, it.case, it.secret).text,
    "taken back": lambda client, it: (
        send(client, "/help/take-back", case=it.case, secret=it.secret, sure="yes").text
    ),
    "countries": lambda client, _: client.get("/help/where").content.decode(),
    **{
        f"who helps in {country.name}": partial(page_of, code)
        for code, country in shipped_guidance().countries.items()
    },
    "no such page": lambda client, _: client.get("/no/such/page").content.decode(),
}


@pytest.fixture
def weights(house: House, visitor: Client) -> dict[str, int]:
    """Bytes of each page."""
    receipt = file_quickly(house)
    return {name: weigh(look(visitor, receipt)) for name, look in PAGES.items()}


def told() -> dict[str, int]:
    """What docs/performance.md says of each page, in bytes."""
    text = (ROOT / "docs" / "performance.md").read_text()
    _, _, table = text.partition("| page | bytes |")
    rows = re.findall(r"^\| ([^|]+?) \| ([\d,]+) \|$", table, re.MULTILINE)
    return {name: int(number.replace(",", "")) for name, number in rows}


def is_near(number: int, actual: int) -> bool:
    return abs(number - actual) <= NEARLY * actual


def test_every_page_is_light_and_the_table_says_how_light(weights: dict[str, int]) -> None:
    table = told()

    assert {name: weight for name, weight in weights.items() if weight > MAX_PAGE_BYTES} == {}
    assert table.keys() == weights.keys()
    wrong = [name for name, weight in weights.items() if not is_near(table[name], weight)]
    rows = "\n".join(f"| {name} | {weight:,} |" for name, weight in weights.items())
    assert wrong == [], f"docs/performance.md has to say:\n{rows}"


def test_what_a_page_loads_is_counted() -> None:
    page = '<link rel="stylesheet" href="/static/help_pages/help.css"><p>é</p>'

    assert weigh(page) == len(page) + 1 + weight_of("help_pages/help.css")


ASKED_FOR = ("/", "/help/more", "/help/check", "/help/where", "/help/where/sg", "/help/where/in")


@pytest.mark.usefixtures("house")
def test_a_page_is_as_light_in_every_language(visitor: Client) -> None:
    heavy = {
        path: weight
        for code, _name in django_settings.LANGUAGES
        for path in (f"/{code}{each}" for each in ASKED_FOR)
        if (weight := weigh(visitor.get(path).content.decode())) > MAX_PAGE_BYTES
    }

    assert heavy == {}
