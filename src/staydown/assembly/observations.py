"""What was seen on looking an installation over: one thing each, and how to mend it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Condition(StrEnum):
    """How one thing stands."""

    OK = "ok"
    NOT_OK = "not ok"
    NOTE = "note"  # nothing is wrong, but the operator should know


@dataclass(frozen=True, slots=True, kw_only=True)
class Observation:
    """One thing: what it is about, how it stands, what was seen, and how to mend it if need be.

    Holds nothing private: numbers, times and paths.
    """

    about: str
    condition: Condition
    seen: str
    mend: str = ""


def sound(about: str, seen: str) -> Observation:
    """Nothing to mend."""
    return Observation(about=about, condition=Condition.OK, seen=seen)


def unsound(about: str, seen: str, mend: str) -> Observation:
    """Something to mend."""
    return Observation(about=about, condition=Condition.NOT_OK, seen=seen, mend=mend)


def note(about: str, seen: str, mend: str = "") -> Observation:
    """Something to know."""
    return Observation(about=about, condition=Condition.NOTE, seen=seen, mend=mend)


def is_sound(observations: Iterable[Observation]) -> bool:
    """Whether nothing is to be mended."""
    return all(one.condition is not Condition.NOT_OK for one in observations)
