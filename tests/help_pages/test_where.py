"""Pages about who else can help: everything that is not checked says so, and nothing is loaded."""

import re

import pytest
from django.test import Client

from staydown.help_pages.where import SURE
from staydown.policy.guidance import shipped_guidance
from staydown.policy.marks import Mark

COUNTRIES = tuple(shipped_guidance().countries)


def test_every_country_is_one_link_away_from_every_page(visitor: Client) -> None:
    assert '<a href="/help/where">' in visitor.get("/help/check").content.decode()
    page = visitor.get("/help/where").content.decode()

    assert re.findall(r'<li><a href="/help/where/(\w+)">', page) == list(COUNTRIES)


@pytest.mark.parametrize("code", COUNTRIES)
def test_each_line_says_when_it_was_looked_at_and_how_sure_it_is(
    code: str, visitor: Client
) -> None:
    lines = shipped_guidance().country(code).lines

    page = visitor.get(f"/help/where/{code}").content.decode()

    for mark in Mark:
        expected = sum(line.mark is mark for line in lines)
        assert page.count(SURE[mark]) == expected > 0 or (expected == 0 and SURE[mark] not in page)
    assert page.count("<time ") == len(lines)
    for line in lines:
        assert f'href="{line.source}" rel="noreferrer"' in page.replace("&amp;", "&")


def test_what_was_not_checked_is_said_not_to_have_been() -> None:
    assert SURE[Mark.UNVERIFIED].startswith("We could not check this.")


def test_the_page_loads_nothing_from_the_places_it_names(visitor: Client) -> None:
    page = visitor.get("/help/where/sg").content.decode()

    assert re.findall(r'(?:src|srcset|action)="(https?:[^"]*)"', page) == []
    assert set(re.findall(r'<link rel="(?:\w+)"[^>]*href="(https?:[^"]*)"', page)) == set()


@pytest.mark.parametrize("code", ["xx", "SG", "everywhere"])
def test_another_country_is_not_there(code: str, visitor: Client) -> None:
    response = visitor.get(f"/help/where/{code}")

    assert response.status_code == 404
    assert "There is no such page" in response.content.decode()
