"""What holds for every page of the person shown: private, quiet, and easy to leave."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House

PAGES = ["/", "/help/more", "/help/check", "/no/such/page"]


@pytest.mark.parametrize("path", PAGES)
def test_is_kept_by_no_cache_and_loads_nothing_from_elsewhere(
    path: str, house: House, visitor: Client
) -> None:
    response = visitor.get(path)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    )
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PAGES)
def test_has_a_way_out_and_a_neutral_title(path: str, house: House, visitor: Client) -> None:
    page = visitor.get(path).content.decode()

    assert re.search(r'<a class="exit" href="https://[^"]+" rel="noreferrer nofollow">', page)
    [title] = re.findall(r"<title>(.*)</title>", page)
    assert title in {"Photo form", "Who can help", "Check a number", "There is no such page"}
    assert re.findall(r"<script|<style|style=|onclick=|src=.http", page) == []


@pytest.mark.parametrize("path", PAGES)
def test_sets_no_cookie_but_the_forms_own(path: str, house: House, visitor: Client) -> None:
    visitor.get(path)

    assert set(visitor.cookies) <= {"csrftoken"}
