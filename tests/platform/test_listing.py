"""The platform's own list is read strictly: what is no page of it is told, nothing is guessed."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.casework.existing import MAX_LISTED, Listed, Page
from staydown.errors import NotFetched
from staydown.platform.listing import MAX_PAGE_BYTES, ListedByPlatform, read_page

ONE = {"content_ref": "post/1", "url": "https://media.example/1.jpg"}


def page(*listed: object, **more: object) -> bytes:
    return json.dumps({"listed": list(listed), **more}).encode()


def test_a_page_is_read() -> None:
    assert read_page(page(ONE, {**ONE, "account_ref": "someone"}, next="a b&c")) == Page(
        listed=(
            Listed(content_ref="post/1", place="https://media.example/1.jpg"),
            Listed(
                content_ref="post/1", place="https://media.example/1.jpg", account_ref="someone"
            ),
        ),
        next="a b&c",
    )


@pytest.mark.parametrize("last", [{}, {"next": None}, {"next": ""}])
def test_the_last_page_names_no_next(last: dict[str, object]) -> None:
    assert read_page(page(ONE, **last)).next == ""


BAD = {
    "no JSON": b"<html>",
    "not even text": b"\xff\xfe",
    "deep": b"[" * 100_000,
    "no object": b"[]",
    "large": page(ONE) + b" " * MAX_PAGE_BYTES,
    "no list": b'{"listed": {}}',
    "too many": page(*[ONE] * (MAX_LISTED + 1)),
    "no name": page({"url": ONE["url"]}),
    "an empty name": page({**ONE, "content_ref": ""}),
    "no address": page({"content_ref": "post/1"}),
    "a number": page({**ONE, "content_ref": 7}),
    "a long name": page({**ONE, "content_ref": "x" * 501}),
    "a control character": page({**ONE, "content_ref": "a\nb"}),
    "a field too many": page({**ONE, "title": "x"}),
    "a next that is no text": page(ONE, next=7),
    "a next that is long": page(ONE, next="x" * 501),
}


@pytest.mark.parametrize("what", BAD)
def test_what_is_no_page_is_told(what: str) -> None:
    with pytest.raises(NotFetched):
        read_page(BAD[what])


@given(st.binary(max_size=200) | st.recursive(st.none() | st.text(), st.lists).map(json.dumps))
def test_any_bytes_are_a_page_or_told(data: bytes | str) -> None:
    try:
        read_page(data.encode() if isinstance(data, str) else data)
    except NotFetched:
        pass


def test_the_next_page_is_asked_for_with_what_the_last_one_said() -> None:
    asked: list[str] = []

    def fetch(address: str) -> bytes:
        asked.append(address)
        return page()

    for address in ("https://media.example/list", "https://media.example/list?kind=image"):
        connector = ListedByPlatform(address=address, fetch=fetch)
        connector.page("")
        connector.page("a b&c/ü")

    assert asked == [
        "https://media.example/list",
        "https://media.example/list?after=a%20b%26c%2F%C3%BC",
        "https://media.example/list?kind=image",
        "https://media.example/list?kind=image&after=a%20b%26c%2F%C3%BC",
    ]
