"""A URL is read once and in one way, and asked only where the operator said so."""

import pytest

from staydown.errors import ForbiddenPlace, NotFetched
from staydown.fetch.places import Origin, Place, check_place, place_after, read_place


def test_a_url_is_taken_apart() -> None:
    assert read_place("HTTPS://Media.Example./a%20b?token=x#top") == Place(
        scheme="https", host="media.example", port=443, target="/a%20b?token=x"
    )


UNREADABLE = (
    *("", "a.jpg", "//media.example/a", "https://", "https:///a", "https://media.example:x/"),
    *(
        "https://media.example/\r\nHost: evil",
        "https://media.example\\@evil.example/",
        "https://é/",
    ),
    *("https://media.example/" + "a" * 2_000, "https://[::1", "https://a b/", "https://./"),
)


@pytest.mark.parametrize("text", UNREADABLE)
def test_what_is_no_plain_url_is_not_read(text: str) -> None:
    with pytest.raises(NotFetched):
        read_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "file:///etc/passwd",
        "ftp://media.example/a",
        "gopher://x/",
        "https://me:secret@x/",
        "data:x",
    ],
)
def test_other_schemes_and_credentials_are_refused_without_repeating_them(text: str) -> None:
    with pytest.raises(NotFetched) as refused:
        read_place(text)

    assert [word for word in ("secret", "passwd") if word in str(refused.value)] == []


ALLOWED = [Origin.parse("https://media.example"), Origin.parse("http://.cdn.example:8080")]


@pytest.mark.parametrize(
    ("url", "is_allowed"),
    {
        "https://media.example/a": True,
        "https://MEDIA.example:443/a": True,
        "https://media.example:8443/a": False,
        "http://media.example/a": False,
        "https://media.example.evil.example/a": False,
        "https://xmedia.example/a": False,
        "https://a.media.example/a": False,
        "http://cdn.example:8080/a": True,
        "http://a.b.cdn.example:8080/a": True,
        "http://acdn.example:8080/a": False,
        "http://cdn.example/a": False,
    }.items(),
)
def test_scheme_host_and_port_are_allowed_together(url: str, is_allowed: bool) -> None:
    if is_allowed:
        assert check_place(read_place(url), ALLOWED).target == "/a"
    else:
        with pytest.raises(ForbiddenPlace, match="not among the addresses"):
            check_place(read_place(url), ALLOWED)


def test_without_any_origin_nothing_is_allowed() -> None:
    with pytest.raises(ForbiddenPlace):
        check_place(read_place("https://media.example/a"), ())


@pytest.mark.parametrize(
    "text",
    [
        "media.example",
        "https://media.example/",
        "https://m/a",
        "https://m?a",
        "ftp://m",
        "https://.",
    ],
)
def test_an_origin_is_scheme_host_and_port_and_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match="'"):
        Origin.parse(text)


BEFORE = read_place("https://media.example/a/b?c")


@pytest.mark.parametrize(
    ("location", "host", "target"),
    [
        ("d?e", "media.example", "/a/d?e"),
        ("/d", "media.example", "/d"),
        ("//other.example/d", "other.example", "/d"),
        ("https://other.example", "other.example", "/"),
    ],
)
def test_where_an_answer_sends_us_is_read_from_where_we_are(
    location: str, host: str, target: str
) -> None:
    after = place_after(BEFORE, location)

    assert (after.scheme, after.host, after.target) == ("https", host, target)


@pytest.mark.parametrize("location", ["http://media.example/a", "file:///a", "https://u:p@m/"])
def test_it_does_not_send_us_anywhere(location: str) -> None:
    with pytest.raises(ForbiddenPlace):
        place_after(BEFORE, location)


def test_what_a_place_is_printed_as_holds_no_secret_of_its_address() -> None:
    assert "token" not in repr(read_place("https://media.example/a?token=x"))
