"""What is sent goes where it was allowed, and the answer is taken as it is, within bounds."""

import pytest

from staydown.errors import ForbiddenPlace, NotFetched
from staydown.fetch.fetcher import MAX_ANSWER, Response
from tests.fetch.making import Site, fetcher_for, says, sends_on, without_ours


def test_body_and_headers_arrive_and_the_answer_comes_back(site: Site) -> None:
    site.answers["/hook"] = says("202 Taken\nContent-Length: 2", b"ok")

    answer = fetcher_for(site).post(site.url("/hook"), b"{}" * 50_000, {"webhook-id": "a"})

    [asked] = site.asked
    assert answer == Response(status=202, body=b"ok")
    assert asked.startswith(b"POST /hook HTTP/1.1\r\n")
    assert b"\r\nwebhook-id: a\r\n" in asked
    assert asked.endswith(b"{}" * 50_000)


def test_a_refusal_is_an_answer_and_so_is_a_redirect_which_is_not_followed(site: Site) -> None:
    site.answers |= {"/no": says("500 No\nContent-Length: 0"), "/on": sends_on("/hook")}

    answers = [fetcher_for(site).post(site.url(path), b"x", {}) for path in ("/no", "/on")]

    assert [answer.status for answer in answers] == [500, 302]
    assert len(site.asked) == 2


def test_nothing_is_sent_where_nobody_allowed_it(site: Site) -> None:
    with pytest.raises(ForbiddenPlace):
        fetcher_for(site).post(site.url("/hook", "evil.example"), b"x", {})
    with pytest.raises(ForbiddenPlace):
        without_ours(fetcher_for(site)).post(site.url("/hook"), b"x", {})

    assert site.asked == []


def test_an_answer_that_is_too_large_is_none(site: Site) -> None:
    site.answers["/hook"] = says("200 OK", bytes(MAX_ANSWER + 1))

    with pytest.raises(NotFetched, match="more than the 64000 bytes"):
        fetcher_for(site).post(site.url("/hook"), b"x", {})
