"""What holds for every page of the person shown: private, quiet, and easy to leave."""

import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client, override_settings

from staydown.assembly.front import NOT_TAKEN
from staydown.assembly.house import House
from staydown.errors import TooSlow

PATHS = ["/", "/help/more", "/help/check", "/help/where", "/help/where/sg", "/no/such/page"]


@pytest.mark.parametrize("path", PATHS)
def test_is_kept_by_no_cache_and_loads_nothing_from_elsewhere(
    path: str, house: House, visitor: Client
) -> None:
    response = visitor.get(path)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"] == (
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'; script-src 'self'"
    )
    assert response.headers["X-Frame-Options"] == "DENY"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("path", PATHS)
def test_has_a_way_out_and_a_neutral_title(path: str, house: House, visitor: Client) -> None:
    page = visitor.get(path).content.decode()

    assert re.search(r'<a class="exit" href="https://[^"]+" rel="noreferrer nofollow">', page)
    [title] = re.findall(r"<title>(.*)</title>", page)
    assert title in {"Photo form", "Who can help", "Check a number", "There is no such page"}
    scripts = re.findall(r"<script[^>]*>", page)
    assert scripts[0] == (
        '<script src="/static/help_pages/leave.js" data-exit="https://www.bbc.com/weather">'
    )
    assert scripts[1:] in ([], ['<script src="/static/help_pages/fingerprint.js" defer>'])
    assert re.findall(r"<style|style=|onclick=|src=.http", page) == []


@pytest.mark.parametrize("path", ["/", "/help/more", "/help/check"])
def test_no_form_is_kept_by_the_browser_with_what_it_posted(
    path: str, house: House, visitor: Client
) -> None:
    page = visitor.get(path).content.decode()

    forms = re.findall(r"<form.*?</form>", page, re.DOTALL)
    assert forms != []
    for form in forms:  # why: see unkept.html, and tests/browser/test_traces.py
        assert form.count('<input type="password" name="unkept" value="-"') == 1


def test_the_way_out_leads_where_the_operator_says(house: House, visitor: Client) -> None:
    with override_settings(STAYDOWN=replace(house.settings, exit_url="https://a.example/?b&c")):
        page = visitor.get("/help/more").content.decode()

    assert '<a class="exit" href="https://a.example/?b&amp;c"' in page


def test_what_did_not_come_is_answered_as_strictly(house: House, visitor: Client) -> None:
    late: dict[str, Any] = {NOT_TAKEN: TooSlow("too slow")}

    response = visitor.post("/", **late)

    assert response.status_code == 408
    assert (
        response.headers["Content-Security-Policy"]
        == visitor.get("/").headers["Content-Security-Policy"]
    )
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_pages_for_others_have_no_script(house: House, visitor: Client) -> None:
    response = visitor.get("/desk/sign-in")

    assert "script-src" not in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PATHS)
def test_sets_no_cookie_but_the_forms_own(path: str, house: House, visitor: Client) -> None:
    visitor.get(path)

    assert set(visitor.cookies) <= {"csrftoken"}
    for cookie in visitor.cookies.values():
        assert (cookie["max-age"], cookie["expires"], cookie["samesite"]) == ("", "", "Strict")
