"""What the platform shows already, and how far we are in looking through it.

`platform` implements `Existing`, `storage` the notes.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final, Protocol

MAX_LISTED: Final = 20
"""Pictures on one page: between two pages other jobs are done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One picture that is public: the platform's own names, and where its bytes are."""

    content_ref: str
    place: str = field(repr=False)
    account_ref: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Some of them, and what to ask for next; empty after the last."""

    listed: Sequence[Listed]
    next: str


class Existing(Protocol):
    """A platform's pictures, in an order that stays: content reference → bytes."""

    def page(self, after: str) -> Page:
        """What comes after that, or the beginning if it is empty. Raises NotFetched."""
        ...

    def read(self, listed: Listed) -> bytes:
        """The bytes. Raises NotFetched."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """How far a look through all of it has come.

    `rounds` are those that are owed, the one that is under way among them; `after` is what was
    asked for last; `unread` counts pictures of this round that could not be had or opened.
    """

    rounds: int
    after: str
    unread: int = 0


class LookingNotes(Protocol):
    """Keeps the progress. A fresh entry of the bank makes one more round owed."""

    def begin(self, at: datetime) -> Progress | None:
        """What to go on with; None if nothing is owed, or it is not yet time to try again.

        From here on the round is under way: what becomes known later needs another one.
        """
        ...

    def turn_page(self, before: Progress, *, next: str, unread: int) -> None:
        """This page was looked through; after the last one the round is over."""
        ...

    def postpone(self, *, at: datetime) -> None:
        """The page could not be had: it is due again later, the later the oftener that happens."""
        ...
