"""What the words of a setting mean: each function reads one kind, or says what it must be."""

import re
from collections.abc import Callable, Mapping
from ipaddress import ip_network

from staydown.casework.rules import Action
from staydown.errors import Misconfigured, NotFetched
from staydown.fetch.places import Origin, read_place
from staydown.notify.mail import read_server
from staydown.policy.library import shipped
from staydown.policy.packs import RegimeId

PREFIX = "STAYDOWN_"
MAX_CLAUSE = 300
HOST = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def read[T](given: Mapping[str, str], name: str, parse: Callable[[str], T], default: T) -> T:
    """What a setting says, or the default. Raises Misconfigured, naming the variable."""
    variable = f"{PREFIX}{name.upper()}"
    if variable not in given:
        return default
    try:
        return parse(given[variable])
    except ValueError as error:
        raise Misconfigured(f"{variable}: {error}") from error


def write(value: object) -> str:
    """A value in the words of a setting."""
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def read_names(text: str) -> tuple[str, ...]:
    """What is separated by commas."""
    return tuple(name.strip() for name in text.split(",") if name.strip())


def read_clause(text: str) -> str:
    """One clause of the terms. Raises ValueError."""
    if len(text) > MAX_CLAUSE or not text.isprintable():
        raise ValueError(f"must be at most {MAX_CLAUSE} printable characters")
    return text.strip()


def read_regimes(text: str) -> tuple[RegimeId, ...]:
    """Laws that there are packs for. Raises ValueError."""
    known, named = shipped().regimes, tuple(RegimeId(name) for name in read_names(text))
    if unknown := [name for name in named if name not in known]:
        raise ValueError(f"{unknown[0]!r} is none of {', '.join(known)}")
    return tuple(dict.fromkeys(named))


def read_sites(text: str) -> tuple[str, ...]:
    """Host names, without scheme or path. Raises ValueError."""
    names = tuple(name.lower() for name in read_names(text))
    if wrong := [name for name in names if not HOST.fullmatch(name)]:
        raise ValueError(f"name hosts such as forum.example, not {wrong[0]!r}")
    return names


def read_networks(text: str) -> tuple[str, ...]:
    """Addresses or networks. Raises ValueError."""
    try:
        return tuple(str(ip_network(name)) for name in read_names(text))
    except ValueError:
        raise ValueError(f"name addresses or networks, not {text!r}") from None


def read_address(text: str) -> str:
    """An address on the web, or none. Raises ValueError."""
    if text and not text.startswith(("http://", "https://")):
        raise ValueError("must begin with https:// or http://")
    return text


def read_mail_server(text: str) -> str:
    """A mail server, or none. Raises ValueError."""
    if text:
        read_server(text)
    return text


def read_exit(text: str) -> str:
    """The address of a page, of which nobody need know who comes. Raises ValueError."""
    try:
        is_safe = read_place(text).scheme == "https"
    except NotFetched:
        is_safe = False
    if not is_safe:
        raise ValueError("must be the address of a page, and begin with https://")
    return text


def read_origins(text: str) -> tuple[str, ...]:
    """Places that may be asked. Raises ValueError."""
    names = read_names(text)
    for name in names:
        Origin.parse(name)
    return names


def read_yes_or_no(text: str) -> bool:
    """Raises ValueError for anything else."""
    answers = {"true": True, "yes": True, "1": True, "false": False, "no": False, "0": False}
    if text.lower() not in answers:
        raise ValueError("must be true or false")
    return answers[text.lower()]


def read_count(text: str) -> int:
    """A whole number above 0. Raises ValueError."""
    if not text.isascii() or not text.isdigit() or int(text) == 0:
        raise ValueError("must be a whole number above 0")
    return int(text)


def read_unscreened(text: str) -> Action:
    """Not `hold`: what cannot be compared belongs to no case that anybody could decide.

    Raises ValueError.
    """
    if text not in {Action.UNSCREENED, Action.PUBLISH}:
        raise ValueError("must be unscreened or publish")
    return Action(text)
