"""Which network addresses may be spoken to: those that anybody on the internet could reach as well.

An address of our own network answers us and not the world: a database, a router, the machine's
secrets at its cloud. So only global unicast addresses pass (IANA IPv4 and IPv6 Special-Purpose
Address Registries, RFC 6890). An IPv6 address that carries an IPv4 one in itself never passes,
whichever that is: where it ends, somebody else decides.
"""

from collections.abc import Sequence
from enum import StrEnum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import Final

from staydown.errors import ForbiddenPlace

type Address = IPv4Address | IPv6Address
type Network = IPv4Network | IPv6Network


class Family(StrEnum):
    """Kinds of addresses that are not for everybody."""

    OWN_MACHINE = "this machine itself"
    PRIVATE = "a private network"
    SHARED = "a network that a provider shares out"
    METADATA = "a cloud's own service, which hands out secrets"
    LINK = "the link that this machine is on"
    MANY = "many machines at once"
    EMBEDDED = "an IPv4 address inside an IPv6 one"
    RESERVED = "reserved"


FORBIDDEN: Final[Sequence[tuple[Family, tuple[str, ...]]]] = (
    (
        Family.METADATA,
        # 168.63.129.16 looks public, and is Azure's; the others are Alibaba's, Oracle's, AWS's and
        # Google's. The widest known one, 169.254.169.254, is on the link.
        (
            *("168.63.129.16/32", "100.100.100.200/32", "192.0.0.192/32"),
            *("fd00:ec2::254/128", "fd20:ce::254/128"),
        ),
    ),
    (Family.OWN_MACHINE, ("127.0.0.0/8", "0.0.0.0/8", "::1/128", "::/128")),
    (Family.PRIVATE, ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7", "fec0::/10")),
    (Family.SHARED, ("100.64.0.0/10",)),  # RFC 6598
    (Family.LINK, ("169.254.0.0/16", "fe80::/10")),
    (Family.MANY, ("224.0.0.0/4", "255.255.255.255/32", "ff00::/8")),
    (
        Family.EMBEDDED,
        (
            "::/96",  # compatible, RFC 4291 §2.5.5.1
            "::ffff:0:0/96",  # mapped, RFC 4291 §2.5.5.2
            "::ffff:0:0:0/96",  # translated, RFC 7915
            *("64:ff9b::/96", "64:ff9b:1::/48"),  # NAT64, RFC 6052 and 8215
            "2001::/32",  # Teredo, RFC 4380
            "2002::/16",  # 6to4, RFC 3056
            "192.88.99.0/24",  # the way to 6to4, RFC 7526
        ),
    ),
    (
        Family.RESERVED,
        (
            *("192.0.0.0/24", "192.0.2.0/24", "198.51.100.0/24", "203.0.113.0/24"),
            *("192.31.196.0/24", "192.52.193.0/24", "192.175.48.0/24"),  # AS112 and AMT
            *("198.18.0.0/15", "240.0.0.0/4"),
            *("100::/64", "2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20"),
            "5f00::/16",
        ),
    ),
)
"""Family → its networks. The first that holds an address names it."""

GLOBAL_UNICAST: Final = IPv6Network("2000::/3")
"""All of IPv6 that was given out so far (RFC 4291 §2.4)."""

MAY_BE_OURS: Final = frozenset({Family.OWN_MACHINE, Family.PRIVATE, Family.SHARED})
"""What the operator may allow, network by network: where machines of their own may be."""

_TABLE: Final[Sequence[tuple[Family, Network]]] = tuple(
    (family, ip_network(network)) for family, networks in FORBIDDEN for network in networks
)


def check_address(text: str, *, ours: Sequence[Network] = ()) -> Address:
    """The address in `text`, which may be spoken to. `ours` are networks that are allowed besides.

    Raises ForbiddenPlace naming the family: not the address, which is not everybody's to know.
    """
    try:
        address = ip_address(text)
    except ValueError:
        raise ForbiddenPlace("its name leads to something that is no address") from None
    family = family_of(address)
    if family is None:
        return address
    if family in MAY_BE_OURS and any(address in network for network in ours):
        return address
    raise ForbiddenPlace(f"its name leads to a forbidden address: {family}")


def family_of(address: Address) -> Family | None:
    """Why nobody should be sent there; None for an ordinary public address."""
    for family, network in _TABLE:
        if address in network:
            return family
    if isinstance(address, IPv6Address) and (address.scope_id or address not in GLOBAL_UNICAST):
        return Family.RESERVED
    return None if address.is_global else Family.RESERVED  # what a newer Python knows
