"""How sure a value is, and where it is from. A value without both does not exist here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Mark(StrEnum):
    """How a value came to be known."""

    VERIFIED = "V"  # the primary text was read
    SECONDARY = "S"  # a secondary source only
    UNVERIFIED = "K"  # general knowledge, or our own reading: to be verified


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text that values are from, and the day on which it was last looked at."""

    key: str
    title: str
    url: str
    read_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Known[T]:
    """A value with its mark and its source. `words` are the law's own, where they were quoted."""

    value: T
    mark: Mark
    source: Source
    words: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Absent:
    """There is no such value, or we do not know it: `why` says which."""

    why: str


type Maybe[T] = Known[T] | Absent
