"""No address that the world could not reach by itself is ever spoken to."""

from ipaddress import IPv6Address, ip_address, ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from staydown.errors import ForbiddenPlace
from staydown.fetch.addresses import FORBIDDEN, MAY_BE_OURS, Family, check_address, family_of

INSIDE = {
    Family.OWN_MACHINE: ("127.0.0.1", "127.8.9.1", "0.1.2.3", "::1", "::"),
    Family.PRIVATE: (
        "10.0.0.1",
        "172.16.0.1",
        "172.31.255.255",
        "192.168.1.1",
        "fd12::1",
        "fc00::",
    ),
    Family.SHARED: ("100.64.0.1", "100.127.255.255"),
    Family.METADATA: (
        *("168.63.129.16", "100.100.100.200", "192.0.0.192", "fd00:ec2::254", "fd20:ce::254"),
    ),
    Family.LINK: ("169.254.169.254", "169.254.170.2", "fe80::1", "fe80::1%eth0", "febf::1"),
    Family.MANY: ("224.0.0.1", "239.255.255.250", "255.255.255.255", "ff02::1", "ff0e::1"),
    Family.EMBEDDED: (
        *("::ffff:127.0.0.1", "::ffff:8.8.8.8", "::7f00:1", "::ffff:0:127.0.0.1"),
        *("64:ff9b::a9fe:a9fe", "64:ff9b::808:808", "64:ff9b:1::7f00:1"),
        *("2002:7f00:1::", "2002:808:808::1", "2001:0:4136:e378::1", "192.88.99.1"),
    ),
    Family.RESERVED: (
        *("192.0.0.1", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "240.0.0.1"),
        *("192.31.196.1", "192.52.193.1", "192.175.48.1", "254.255.255.254"),
        *("100::1", "2001:2::1", "2001:20::1", "2001:db8::1", "3fff::1", "5f00::1", "4000::1"),
        *("fe00::1", "2620:4f:8000::1", "2606:4700::1111%1"),
    ),
}
CASES = [(family, text) for family, texts in INSIDE.items() for text in texts]
PUBLIC = ("8.8.8.8", "1.1.1.1", "93.184.215.14", "2606:4700:4700::1111", "2a00:1450:4001::200e")


@pytest.mark.parametrize(("family", "text"), CASES)
def test_a_forbidden_address_is_refused_by_the_name_of_its_family(
    family: Family, text: str
) -> None:
    with pytest.raises(ForbiddenPlace, match=f": {family}$"):
        check_address(text)


def test_every_family_is_tried() -> None:
    assert set(INSIDE) == set(Family) == {family for family, _ in FORBIDDEN}


@pytest.mark.parametrize("text", PUBLIC)
def test_a_public_address_passes(text: str) -> None:
    assert check_address(text) == ip_address(text)


@pytest.mark.parametrize(("family", "text"), CASES)
def test_the_operator_may_allow_networks_of_their_own_and_nothing_else(
    family: Family, text: str
) -> None:
    everything = [ip_network("0.0.0.0/0"), ip_network("::/0")]

    if family in MAY_BE_OURS:
        assert check_address(text, ours=everything) == ip_address(text)
    else:
        with pytest.raises(ForbiddenPlace):
            check_address(text, ours=everything)


def test_another_network_than_the_one_allowed_stays_forbidden() -> None:
    ours = [ip_network("10.1.0.0/16")]

    assert str(check_address("10.1.2.3", ours=ours)) == "10.1.2.3"
    with pytest.raises(ForbiddenPlace):
        check_address("10.2.0.1", ours=ours)


@pytest.mark.parametrize("text", ["", "localhost", "127.1", "0x7f000001", "2130706433", "1.1.1.1 "])
def test_what_is_no_address_in_full_is_refused(text: str) -> None:
    with pytest.raises(ForbiddenPlace):
        check_address(text)


@given(st.ip_addresses())
def test_whatever_python_calls_special_is_special_here(address: IPv6Address) -> None:
    if not address.is_global or address.is_multicast or address.is_reserved:
        assert family_of(address) is not None
