"""Where a request comes from, as far as that can be known.

A proxy passes on the address of its visitor in X-Forwarded-For; anybody else may write there what
they like. So the header is read from its end, and only as far as proxies wrote it that the operator
named in `trusted_proxies`.
"""

from collections.abc import Mapping, Sequence
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

from django.http import HttpRequest

HOUSEHOLD_BITS = 64
"""Bits that all IPv6 addresses of one household share (RFC 6177 §2)."""


def address_of(request: HttpRequest, *, trusted_proxies: Sequence[str]) -> str:
    """The address of the visitor, of IPv6 the household's network; empty if there is none."""
    return address_in(request.META, trusted_proxies=trusted_proxies)


def address_in(environ: Mapping[str, object], *, trusted_proxies: Sequence[str]) -> str:
    """The same, of a request that is not yet one."""
    networks = [ip_network(one) for one in trusted_proxies]
    forwarded = str(environ.get("HTTP_X_FORWARDED_FOR", "")).split(",")
    address = _parse(str(environ.get("REMOTE_ADDR", "")))
    for before in map(_parse, reversed(forwarded)):
        if address is None or before is None:
            break
        if not any(address in network for network in networks):
            break
        address = before
    return "" if address is None else _written(address)


def _parse(text: str) -> IPv4Address | IPv6Address | None:
    try:
        found = ip_address(text.strip())
    except ValueError:
        return None
    return getattr(found, "ipv4_mapped", None) or found


def _written(address: IPv4Address | IPv6Address) -> str:
    if isinstance(address, IPv4Address):
        return str(address)
    return str(ip_network((int(address), HOUSEHOLD_BITS), strict=False))
