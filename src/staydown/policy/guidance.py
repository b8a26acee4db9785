"""Where people can turn besides the site itself, country by country, as dated data.

Each line has the page that it is from, the day on which that was looked at, and a mark: read on the
service's own page or in the law, read elsewhere, or not checked. Telephone numbers change, and a
page that was read is not a promise that somebody answers. What is here is no legal advice.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final, NewType

from staydown.errors import NotFound
from staydown.policy.library import texts_in
from staydown.policy.marks import Mark
from staydown.policy.tables import Table, parse_toml

CountryId = NewType("CountryId", str)
"""Two lower-case letters: ISO 3166-1, and `eu`."""

EVERYWHERE: Final = "everywhere.toml"
PHONE: Final = re.compile(r"[+\d][\d -]{1,18}\d")


class Kind(StrEnum):
    """What a line is for, in the order in which a page has them."""

    EMERGENCY = "emergency"  # somebody is in danger now
    FIRST = "first"  # what to do before anything else
    HELP = "help"  # people to talk to
    REMOVAL = "removal"  # services that have pictures taken down
    REGULATOR = "regulator"  # an authority that can make a site act
    POLICE = "police"  # what is a crime, and where to report it
    CIVIL = "civil"  # what a court can do for the person shown
    UNDER_18 = "under_18"  # where the person was under 18 in the picture


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step or service; `address` begins with https://. `phone` and `address` may be empty."""

    kind: Kind
    name: str
    does: str
    address: str
    phone: str
    mark: Mark
    source: str
    checked: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Country:
    """What a person there can do: their country's own lines, and those for everybody."""

    id: CountryId
    name: str
    lines: tuple[Line, ...]

    def of(self, kind: Kind) -> tuple[Line, ...]:
        """The lines of that kind, its own first."""
        return tuple(line for line in self.lines if line.kind is kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """Every country there is something for, in the order of their names."""

    countries: Mapping[CountryId, Country]

    def country(self, given: str) -> Country:
        """Raises NotFound."""
        if found := self.countries.get(CountryId(given)):
            return found
        raise NotFound("there is nothing for that country yet")


def read_country(text: str, file: str, shared: tuple[Line, ...]) -> Country:
    """The country in `text`. Raises BadPack, naming the file, the key, and how to mend it."""
    table = parse_toml(text, file)
    table.allow("name", "line")
    name, lines = table.text("name"), _lines(table)
    country = CountryId(file.removesuffix(".toml"))
    return Country(id=country, name=name, lines=(*lines, *shared))


def read_shared(text: str, file: str = EVERYWHERE) -> tuple[Line, ...]:
    """The lines for everybody. Raises BadPack."""
    table = parse_toml(text, file)
    table.allow("line")
    return _lines(table)


@cache
def shipped_guidance() -> Guidance:
    """What comes with this program."""
    texts = dict(texts_in(files("staydown.policy") / "countries"))
    shared = read_shared(texts.pop(EVERYWHERE))
    countries = [read_country(text, file, shared) for file, text in texts.items()]
    ordered = sorted(countries, key=lambda each: each.name)
    return Guidance(countries=MappingProxyType({each.id: each for each in ordered}))


def _lines(table: Table) -> tuple[Line, ...]:
    return tuple(_line(one) for one in table.tables("line"))


def _line(table: Table) -> Line:
    table.allow("kind", "name", "does", "address", "phone", "mark", "source", "checked")
    phone = table.text("phone", default="")
    if phone and not PHONE.fullmatch(phone):
        raise table.refuse("phone", "must be digits, with spaces or hyphens between")
    return Line(
        kind=table.choice("kind", Kind),
        name=table.text("name"),
        does=table.text("does"),
        address=_address(table, "address", default=""),
        phone=phone,
        mark=table.choice("mark", Mark),
        source=_address(table, "source"),
        checked=table.day("checked"),
    )


def _address(table: Table, key: str, *, default: str | None = None) -> str:
    found = table.text(key, default=default)
    if found and not found.startswith("https://"):
        raise table.refuse(key, "must begin with https://")
    return found
