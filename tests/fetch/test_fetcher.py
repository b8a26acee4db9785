"""What is fetched comes from where it was allowed, whole, in time, and from nowhere else."""

from collections.abc import Sequence
from dataclasses import replace
from ipaddress import ip_network

import pytest

from staydown.errors import ForbiddenPlace, NotFetched
from staydown.fetch.fetcher import Fetcher
from tests.fetch.making import HERE, PICTURE, Site, fetcher_for, picture, sends_on, without_ours
from tests.fetch.test_addresses import CASES

OTHER = "127.0.0.2"


def test_the_bytes_come_as_they_lie_there(site: Site) -> None:
    assert fetcher_for(site).fetch(site.url("/a.jpg")) == PICTURE


def test_it_asks_as_a_stranger_would(site: Site) -> None:
    fetcher_for(site).fetch(site.url("/a.jpg"))

    [asked] = site.asked
    assert sorted(asked.decode().lower().split("\r\n")) == [
        *(
            "",
            "",
            "accept-encoding: identity",
            "accept: image/*, application/json",
            "connection: close",
        ),
        *("get /a.jpg http/1.1", f"host: pictures.example:{site.port}", "user-agent: staydown"),
    ]


def test_no_proxy_of_the_environment_is_asked(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")

    assert fetcher_for(site).fetch(site.url("/a.jpg")) == PICTURE


def test_nothing_is_fetched_that_nobody_allowed(site: Site) -> None:
    with pytest.raises(ForbiddenPlace):
        replace(fetcher_for(site), allowed=()).fetch(site.url("/a.jpg"))

    assert site.asked == []


def test_a_name_that_leads_to_this_machine_is_not_asked(site: Site) -> None:
    with pytest.raises(ForbiddenPlace, match="this machine itself"):
        without_ours(fetcher_for(site)).fetch(site.url("/a.jpg"))

    assert site.asked == []


@pytest.mark.parametrize(("family", "address"), CASES)
def test_one_forbidden_address_among_good_ones_is_enough(
    family: str, address: str, site: Site
) -> None:
    fetcher = fetcher_for(site, {"pictures.example": [HERE, address]})
    if address == HERE:
        fetcher = without_ours(fetcher)

    with pytest.raises(ForbiddenPlace, match=family):
        fetcher.fetch(site.url("/a.jpg"))
    assert site.asked == []


@pytest.mark.parametrize(("family", "address"), CASES)
def test_a_redirect_does_not_lead_to_a_forbidden_address(
    family: str, address: str, site: Site
) -> None:
    site.answers["/on"] = sends_on(site.url("/a.jpg", "inner.example"))
    names = {"pictures.example": [HERE], "inner.example": [address if address != HERE else OTHER]}

    with pytest.raises(ForbiddenPlace, match=family):
        fetcher_for(site, names).fetch(site.url("/on"))
    assert len(site.asked) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_within_what_is_allowed_is_followed_without_its_cookie(
    status: int, site: Site
) -> None:
    site.answers["/on"] = sends_on("/a.jpg", status)

    assert fetcher_for(site).fetch(site.url("/on")) == PICTURE
    assert [b"cookie" in asked.lower() for asked in site.asked] == [False, False]


def test_a_redirect_to_a_host_that_nobody_allowed_is_not_followed(site: Site) -> None:
    site.answers["/on"] = sends_on(site.url("/a.jpg", "evil.example"))

    with pytest.raises(ForbiddenPlace, match=r"evil\.example"):
        fetcher_for(site).fetch(site.url("/on"))


def test_a_ring_of_redirects_ends(site: Site) -> None:
    site.answers["/on"] = sends_on("/on")

    with pytest.raises(NotFetched, match="sent on more than 3 times"):
        fetcher_for(site).fetch(site.url("/on"))
    assert len(site.asked) == 4


class Turncoat:
    """A name server that answers once with a good address, and then with another one."""

    def __init__(self, first: str, then: str) -> None:
        self.answers = [first]
        self.then = then
        self.asked = 0

    def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked += 1
        return [self.answers.pop() if self.answers else self.then]


def turned(site: Site) -> tuple[Fetcher, Turncoat]:
    names = Turncoat(HERE, OTHER)
    return replace(fetcher_for(site), resolve=names), names


def test_a_name_that_changes_its_answer_after_the_check_is_not_asked_again(site: Site) -> None:
    with Site(host=OTHER, port=site.port, answers={"/a.jpg": picture(b"inner")}).running() as inner:
        fetcher, names = turned(site)

        assert fetcher.fetch(site.url("/a.jpg")) == PICTURE
        assert (names.asked, inner.asked) == (1, [])


def test_a_name_that_changes_its_answer_before_a_redirect_is_checked_again(site: Site) -> None:
    site.answers["/on"] = sends_on("/a.jpg")
    with Site(host=OTHER, port=site.port, answers={"/a.jpg": picture(b"inner")}).running() as inner:
        fetcher, names = turned(site)

        with pytest.raises(ForbiddenPlace, match="this machine itself"):
            fetcher.fetch(site.url("/on"))
        assert (names.asked, inner.asked) == (2, [])


def test_if_the_first_address_does_not_answer_the_next_is_asked(site: Site) -> None:
    fetcher = fetcher_for(site, {"pictures.example": ["::1", HERE]})

    found = replace(fetcher, ours=[ip_network("::1"), ip_network(HERE)]).fetch(site.url("/a.jpg"))

    assert found == PICTURE


def test_a_name_that_nobody_knows_and_a_port_that_nobody_answers_are_told(site: Site) -> None:
    fetcher = fetcher_for(site, {"pictures.example": [HERE], "known.example": []})

    for name in ("pictures.example", "known.example"):
        with pytest.raises(NotFetched, match="does not answer"):
            closed = replace(fetcher, allowed=fetcher_for(Site(port=9), {name: []}).allowed)
            closed.fetch(f"http://{name}:9/a.jpg")
    with pytest.raises(NotFetched, match="is not to be found"):
        replace(fetcher, resolve=fetcher_for(site, {"x": [HERE]}).resolve).fetch(site.url("/a.jpg"))
