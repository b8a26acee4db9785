"""What stands in a document: a title, and sections of paragraphs and of facts in two columns."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and what they are, in two columns; at least one row."""

    rows: tuple[tuple[str, str], ...]


type Block = str | Facts
"""A paragraph, or facts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A heading, never empty, and what stands below it."""

    heading: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One document, with a title that is never empty. The same letter gives the same bytes.

    `language` is a code of ISO 639, for whoever reads aloud and for the direction of writing.
    `dated` is when what it says was so, in UTC.
    """

    title: str
    sections: tuple[Section, ...]
    dated: datetime
    language: str = "en"
