"""Links as people paste them: several on a line, with what follows people about, wrapped by others.

What is taken off says who shared a link, never where it leads. Only what is known to do that is
taken off: a parameter that nobody knows here may be what the place is named by.
"""

import re
from collections.abc import Sequence
from typing import Final
from urllib.parse import SplitResult, parse_qs, urlsplit, urlunsplit

LINK: Final = re.compile(r"https?://(?:(?![,;]https?://)[^\s<>\"|\\^`{}])+", re.IGNORECASE)
ENDS: Final = ".,;:!?)]}'*_”’»…"
"""What stands after a link in a sentence, and does not belong to it."""
FOLLOWING: Final = re.compile(
    r"utm_\w+|mc_[ce]id|(fb|g|dc|y|ms|tw|tt|yad)clid|li_fat_id|gbraid|wbraid|gad_source|_gl|_ga"
    r"|igsh(id)?|ref_(src|url)|mkt_tok|oly_(anon|enc)_id|vero_id|s_kwcid|srsltid|epik|mibextid"
    r"|__twitter_impression"
)
"""Names of parameters that tell who shared a link, or by which advertisement somebody came."""
SHARED_BY: Final = {
    "youtu.be": {"si", "pp", "feature"},
    "youtube.com": {"si", "pp", "feature"},
    "spotify.com": {"si"},
    "x.com": {"s", "t"},
    "twitter.com": {"s", "t"},
    "facebook.com": {"rdid", "share_url"},
    "reddit.com": {"share_id", "rdt"},
    "threads.net": {"xmt"},
}
"""Host, and all below it → more names that do so there."""
WRAPPERS: Final = {
    ("l.facebook.com", "/l.php"): "u",
    ("lm.facebook.com", "/l.php"): "u",
    ("l.instagram.com", "/"): "u",
    ("www.google.com", "/url"): "q",
    ("google.com", "/url"): "q",
}
"""Host and path that lead on to another address → the parameter that it is in."""
TEXT_FRAGMENT: Final = ":~:"


def places_in(text: str) -> tuple[str, ...]:
    """The places that somebody named, from a text of any shape, each once and in their order.

    A line with several links is as many places, and one more if it says something beside them. A
    line with one link stays together with its words, or without any is a place by itself.
    """
    found = (place for line in text.splitlines() for place in _places_of(line.strip()))
    return tuple(dict.fromkeys(place for place in found if place))


def clean_link(link: str) -> str:
    """The address that a link leads to, without what only tells who shared it.

    Wrappers of search engines and platforms are taken off, and names and passwords in it. What is
    no address comes back as it is.
    """
    try:
        parts = _unwrapped(urlsplit(link))
        host = parts.netloc.rpartition("@")[2]
    except ValueError:
        return link
    query = "&".join(one for one in parts.query.split("&") if one and not _follows(one, host))
    fragment = parts.fragment.partition(TEXT_FRAGMENT)[0]
    return urlunsplit((parts.scheme.lower(), host, parts.path, query, fragment))


def elsewhere(places: Sequence[str], own_sites: Sequence[str]) -> tuple[str, ...]:
    """The links among the places that lead to none of those sites; none if no site is named."""
    if not own_sites:
        return ()
    links = (link for place in places for link in LINK.findall(place))
    return tuple(link for link in links if not any(_is_below(link, site) for site in own_sites))


def _places_of(line: str) -> list[str]:
    links = [found.rstrip(ENDS) for found in LINK.findall(line)]
    if len(links) < 2:
        for link in links:
            line = line.replace(link, clean_link(link))
        return [line]
    beside = line
    for link in links:
        beside = beside.replace(link, " ", 1)
    words = " ".join(beside.split()).strip(ENDS + " -–,·•")
    named = [clean_link(link) for link in links]
    return [words, *named] if any(letter.isalnum() for letter in words) else named


def _unwrapped(parts: SplitResult) -> SplitResult:
    name = WRAPPERS.get((parts.netloc.lower(), parts.path))
    wrapped = parse_qs(parts.query).get(name, [""])[0] if name else ""
    return urlsplit(wrapped) if LINK.fullmatch(wrapped) else parts


def _follows(parameter: str, host: str) -> bool:
    name = parameter.partition("=")[0].lower()
    more = (names for site, names in SHARED_BY.items() if _is_host_below(host.lower(), site))
    return bool(FOLLOWING.fullmatch(name)) or any(name in names for names in more)


def _is_below(link: str, site: str) -> bool:
    try:
        return _is_host_below(urlsplit(link).hostname or "", site)
    except ValueError:
        return False


def _is_host_below(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")
