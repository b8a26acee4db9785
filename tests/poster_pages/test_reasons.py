"""The page of somebody whose post was taken down: why, an appeal, and nothing of the notice."""

import re

import pytest
from django.test import Client

from staydown.assembly.house import House
from staydown.casework.people import Person, Role, Scope
from tests.casework.making import AGREED
from tests.documents.reading import read_pdf
from tests.installation import new_key, new_person, signed_in
from tests.stories import PLACE, PLATFORM, STATEMENT, file_notice


@pytest.fixture
def path(law: House, reviewer: Person) -> str:
    """The page about a post that a reviewer found and had taken down."""
    receipt = file_notice(law, originals=())
    law.reviewing.look_at_places(
        receipt.case, reason="It is there.", by=reviewer, take_down=["post/3"], findings=AGREED
    )
    [command] = law.commands.open(PLATFORM)
    return f"/posts/{command.id}/{law.explaining.link_of(command.id)}"


def read(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return response.content.decode()


def send(visitor: Client, path: str, words: str) -> int:
    [token] = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', read(visitor, path))
    response = visitor.post(path + "/appeal", {"csrfmiddlewaretoken": token, "words": words})
    return response.status_code


def test_the_platform_gets_the_link_with_the_removal(
    law: House, path: str, visitor: Client
) -> None:
    [told] = visitor.get("/v1/commands", headers=new_key(law, Scope.COMMANDS)).json()

    assert told["reasons"] == path


def test_the_reasons_are_there_and_nothing_of_the_notice(path: str, visitor: Client) -> None:
    page = read(visitor, path)

    assert "Why your post was taken down" in page
    assert "“post/3”" in page
    for secret in (STATEMENT, PLACE, "A Cat Lover", "case_", "It is there."):
        assert secret not in page


def test_the_same_is_there_as_plain_text(path: str, visitor: Client) -> None:
    response = visitor.get(path + "/text")

    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "What you can do\nYou can say on this page" in response.content.decode()


def test_an_appeal_is_taken_once_and_its_answer_shown(
    law: House, path: str, visitor: Client
) -> None:
    assert send(visitor, path, "I agreed to it.") == 302
    assert "You said on" in read(visitor, path)
    new_person(law, "bob", Role.REVIEWER)
    desk = signed_in("bob")
    queue = desk.get("/desk/").content.decode()
    appeals = desk.get("/desk/appeals").content.decode()
    assert "1 appeal to decide" in queue
    assert "I agreed to it." in appeals
    [id] = re.findall(r'<h2 id="(appeal_\w+)"', appeals)

    decided = desk.post(f"/desk/appeals/{id}/decision", {"move": "reverse", "reason": "Right."})

    assert decided.status_code == 302
    assert "You were right: the site was" in read(visitor, path)


def test_whoever_decided_may_not_press_the_button(path: str, visitor: Client, desk: Client) -> None:
    send(visitor, path, "I agreed to it.")

    appeals = desk.get("/desk/appeals").content.decode()

    assert "You made this decision. Somebody else decides about it." in appeals
    assert "Uphold it" not in appeals


@pytest.mark.parametrize("words", ["", "   ", "x" * 2001])
def test_what_cannot_be_read_is_said_and_stays(path: str, visitor: Client, words: str) -> None:
    assert send(visitor, path, words) == 422


def test_a_wrong_link_is_no_page_and_many_wrong_ones_have_to_wait(
    path: str, visitor: Client
) -> None:
    wrong = path[:-1] + ("a" if path[-1] != "a" else "b")

    statuses = [visitor.get(wrong).status_code for _ in range(12)]

    assert statuses[0] == 404
    assert statuses[-1] == 429


def test_it_is_kept_by_no_cache_and_loads_nothing_from_elsewhere(
    path: str, visitor: Client
) -> None:
    response = visitor.get(path)

    assert "no-store" in response.headers["Cache-Control"]
    assert response.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert re.findall(r"<script|style=|src=.http", response.content.decode()) == []


def test_the_reasons_can_be_kept_as_a_pdf(path: str, visitor: Client) -> None:
    response = visitor.get(path + "/pdf")

    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Cache-Control"].find("no-store") >= 0
    printed = read_pdf(response.content)
    for passage in ("Why your post was taken down", "“post/3”", "What you can do"):
        assert passage in printed
    for secret in (STATEMENT, PLACE, "A Cat Lover", "case_", "It is there."):
        assert secret not in printed


def test_a_wrong_link_gets_no_pdf(path: str, visitor: Client) -> None:
    assert visitor.get(path[:-1] + "!/pdf").status_code == 404
