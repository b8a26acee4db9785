"""Reading TOML strictly: what is missing, misspelt or of another kind is named with its mend.

A key that nobody reads is refused too: a rule that is misspelt must not be taken for one that is
not there.
"""

import tomllib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from staydown.errors import BadPack


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One table of a file; `path` says where in it."""

    file: str
    path: str
    content: Mapping[str, object]

    def refuse(self, key: str, why: str) -> BadPack:
        """What is wrong with the value of `key`, as an error to raise."""
        return BadPack(f"{self.file}: {self._at(key)}: {why}")

    def take(self, key: str) -> object:
        """The value of `key`, whatever it is. Raises BadPack if it is missing."""
        if key not in self.content:
            raise self.refuse(key, 'is missing: write it, or absent = "why" where that may be')
        return self.content[key]

    def text(self, key: str, *, default: str | None = None) -> str:
        """Text that says something, unless there is a default."""
        if default is not None and key not in self.content:
            return default
        given = self.take(key)
        if not isinstance(given, str) or not given.strip():
            raise self.refuse(key, "must be text in quotes that is not empty")
        return " ".join(given.split())

    def number(self, key: str, *, least: int, most: int) -> int:
        """A whole number within bounds."""
        given = self.take(key)
        if isinstance(given, bool) or not isinstance(given, int) or not least <= given <= most:
            raise self.refuse(key, f"must be a whole number from {least} to {most}")
        return given

    def day(self, key: str) -> date:
        """A day, without a time."""
        given = self.take(key)
        if isinstance(given, datetime) or not isinstance(given, date):
            raise self.refuse(key, "must be a day such as 2026-05-19, without quotes")
        return given

    def moment(self, key: str) -> datetime:
        """A time with its offset from UTC."""
        given = self.take(key)
        if not isinstance(given, datetime) or given.tzinfo is None:
            raise self.refuse(
                key, "must be a time with its offset, such as 2026-05-19T21:15:00-04:00"
            )
        return given

    def choice[E: StrEnum](self, key: str, choices: type[E]) -> E:
        """One of some words."""
        return self._chosen(key, self.take(key), choices)

    def choices[E: StrEnum](self, key: str, choices: type[E]) -> frozenset[E]:
        """A list of such words, each at most once."""
        given = self.take(key)
        if not isinstance(given, list):
            raise self.refuse(key, "must be a list in square brackets")
        found = [self._chosen(key, one, choices) for one in given]
        if len(set(found)) != len(found):
            raise self.refuse(key, "names something twice")
        return frozenset(found)

    def table(self, key: str) -> "Table":
        """The table below `key`."""
        return self._below(key, self.take(key))

    def tables(self, key: str) -> tuple["Table", ...]:
        """The tables below `key`, written as [[key]]; there is at least one."""
        given = self.take(key)
        if not isinstance(given, list) or not given:
            raise self.refuse(key, f"must be written as one or more [[{self._at(key)}]]")
        return tuple(self._below(f"{key}[{at}]", one) for at, one in enumerate(given, 1))

    def named[T](self, key: str, read: Callable[["Table"], T]) -> dict[str, T]:
        """What `read` makes of each table below `key`, by its name."""
        below = self.table(key)
        return {name: read(below.table(name)) for name in below.content}

    def allow(self, *keys: str) -> None:
        """Raises BadPack for a key that is none of these."""
        if unknown := sorted(set(self.content) - set(keys)):
            raise self.refuse(unknown[0], f"is not known here: use {', '.join(sorted(keys))}")

    def _chosen[E: StrEnum](self, key: str, given: object, choices: type[E]) -> E:
        if given not in [choice.value for choice in choices]:
            raise self.refuse(key, f"must be one of {_listed(choices)}, not {given!r}")
        return choices(str(given))

    def _below(self, key: str, given: object) -> "Table":
        if not isinstance(given, dict):
            raise self.refuse(key, "must be a table: write { … } or a heading of its own")
        return Table(file=self.file, path=self._at(key), content=given)

    def _at(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key


def parse_toml(text: str, file: str) -> Table:
    """The whole file. Raises BadPack where it is not TOML."""
    try:
        return Table(file=file, path="", content=tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise BadPack(f"{file}: is not TOML: {error}") from error


def _listed(choices: Iterable[str]) -> str:
    return ", ".join(str(choice) for choice in choices)
