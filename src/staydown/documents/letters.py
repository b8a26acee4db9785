"""What stands in a document: a title, and sections of paragraphs, facts, figures and commands."""

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """Names and what they are, in two columns; at least one row."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A picture that we made ourselves, JPEG or PNG, and what it shows, for whoever cannot see it.

    Typst decodes it in this process: so never bytes that somebody else made.
    """

    data: bytes = field(repr=False)
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Code:
    """Commands to type, line by line."""

    lines: tuple[str, ...]


type Block = str | Facts | Figure | Code
"""What stands below a heading; a text is a paragraph."""


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
