"""Links as people paste them, and what is made of them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.casework.links import LINK, clean_link, elsewhere, places_in

POST = "https://forum.example/post/8213"

CLEANED = {
    f"{POST}?utm_source=x&utm_medium=y": POST,
    f"{POST}?id=7&fbclid=IwAR0&page=2": f"{POST}?id=7&page=2",
    f"{POST}?gclid=1#comment-9": f"{POST}#comment-9",
    f"{POST}#:~:text=her%20photo": POST,
    f"{POST}#c4:~:text=x": f"{POST}#c4",
    "HTTPS://forum.example/A?B=c": "https://forum.example/A?B=c",
    "https://kim:secret@forum.example/7": "https://forum.example/7",
    "https://www.instagram.com/p/Cx1/?igsh=MzRl": "https://www.instagram.com/p/Cx1/",
    "https://x.com/a/status/12?s=20&t=abc": "https://x.com/a/status/12",
    "https://youtu.be/abc?si=Zz9&t=31": "https://youtu.be/abc?t=31",
    "https://l.facebook.com/l.php?u=https%3A%2F%2Fforum.example%2Fpost%2F8213%3Ffbclid%3D1&h=AT0": (
        POST
    ),
    "https://www.google.com/url?sa=t&q=https://forum.example/post/8213&ved=2ah": POST,
}

KEPT = [
    "https://forum.example/view?t=123&s=9&si=4",  # elsewhere these may name the place
    "https://forum.example/url?q=https://other.example/",
    "https://forum.example/search?q=a%20b&q=c",
    "https://[::1/broken",
    "the second picture",
    "https://l.facebook.com/l.php?u=javascript:alert(1)",
]


@pytest.mark.parametrize("link", CLEANED)
def test_what_tells_who_shared_a_link_is_taken_off(link: str) -> None:
    assert clean_link(link) == CLEANED[link]


@pytest.mark.parametrize("link", KEPT)
def test_what_may_name_the_place_stays(link: str) -> None:
    assert clean_link(link) == link


TEXTS = {
    f"{POST}\r\n\r\nhttps://b.example/2": (POST, "https://b.example/2"),
    f"{POST} https://b.example/2,https://c.example/3": (
        POST,
        "https://b.example/2",
        "https://c.example/3",
    ),
    f"{POST}, https://b.example/2; (https://c.example/3).": (
        POST,
        "https://b.example/2",
        "https://c.example/3",
    ),
    f"here {POST} and here: https://b.example/2": (
        "here and here",
        POST,
        "https://b.example/2",
    ),
    f"third picture: {POST}?utm_source=x": (f"third picture: {POST}",),
    "the holiday group, 3 May": ("the holiday group, 3 May",),
    f"{POST}\n{POST}?fbclid=1": (POST,),
    f"<{POST}>": (f"<{POST}>",),
    " \n \n": (),
}


@pytest.mark.parametrize("text", TEXTS)
def test_a_pasted_text_becomes_places(text: str) -> None:
    assert places_in(text) == TEXTS[text]


@given(st.text(max_size=300))
def test_any_text_becomes_places_and_they_stay_as_they_are(text: str) -> None:
    places = places_in(text)

    assert places_in("\n".join(places)) == places


@given(st.from_regex(LINK, fullmatch=True))
def test_cleaning_twice_is_cleaning_once(link: str) -> None:
    assert clean_link(clean_link(link)) == clean_link(link)


def test_links_to_other_sites_are_told_apart_if_the_own_ones_are_known() -> None:
    places = (POST, "the second picture", "https://m.forum.example/1", "at https://other.example/2")

    assert elsewhere(places, ("forum.example",)) == ("https://other.example/2",)
    assert elsewhere(places, ()) == ()
    assert elsewhere(("https://notforum.example/",), ("forum.example",)) != ()
