"""The operator's name, contact and colour are on every page, and no template has to be touched."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from django.conf import settings as django_settings
from django.test import Client, override_settings

LINK = '<link rel="stylesheet" href="/help/colours.css">'


@pytest.fixture
def chosen() -> Iterator[None]:
    """An operator who chose everything."""
    settings = replace(
        django_settings.STAYDOWN, name="Forum & Co", contact="help@forum.example", colour="#6a1b9a"
    )
    with override_settings(STAYDOWN=settings):
        yield


@pytest.mark.usefixtures("chosen")
@pytest.mark.parametrize("path", ["/help/check", "/no/such/page"])
def test_what_was_chosen_is_on_the_page(path: str, visitor: Client) -> None:
    page = visitor.get(path).content.decode()

    assert "Forum &amp; Co<br>" in page
    assert "If these pages do not work for you: <bdi>help@forum.example</bdi>" in page
    assert LINK in page


@pytest.mark.usefixtures("chosen")
def test_the_colour_is_a_stylesheet_from_here(visitor: Client) -> None:
    response = visitor.get("/help/colours.css")

    assert response.headers["Content-Type"] == "text/css; charset=utf-8"
    assert "--deep: #6a1b9a; --deep-ink: #ffffff;" in response.content.decode()
    assert response.cookies == {}


def test_without_a_choice_nothing_is_said_and_nothing_loaded(visitor: Client) -> None:
    page = visitor.get("/help/check").content.decode()

    assert LINK not in page
    assert "If these pages do not work for you" not in page
    assert visitor.get("/help/colours.css").status_code == 404
