"""A visitor's address is taken from nobody but our own proxies."""

import pytest
from django.test import RequestFactory

from staydown.assembly.visitors import address_of

OURS = ("127.0.0.1/32", "10.1.0.0/16", "fd00::/8")
VISITOR = "192.0.2.7"
LIE = "198.51.100.1"


@pytest.mark.parametrize(
    ("comes_from", "forwarded", "address"),
    [
        (VISITOR, "", VISITOR),
        (VISITOR, LIE, VISITOR),
        ("127.0.0.1", VISITOR, VISITOR),
        ("127.0.0.1", f"{LIE}, {VISITOR}", VISITOR),
        ("127.0.0.1", f"{LIE}, {VISITOR} , 10.1.2.3", VISITOR),
        ("10.1.2.3", f"{LIE}, nonsense", "10.1.2.3"),
        ("127.0.0.1", "", "127.0.0.1"),
        ("::ffff:127.0.0.1", VISITOR, VISITOR),
        ("fd00::1", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "", "2001:db8:1:2::/64"),
        ("", VISITOR, ""),
    ],
)
def test_where_a_request_comes_from(comes_from: str, forwarded: str, address: str) -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": forwarded})
    request.META["REMOTE_ADDR"] = comes_from

    assert address_of(request, trusted_proxies=OURS) == address


def test_without_proxies_of_ours_nobody_is_believed() -> None:
    request = RequestFactory().get("/", headers={"x-forwarded-for": LIE})

    assert address_of(request, trusted_proxies=()) == "127.0.0.1"
