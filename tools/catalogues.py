"""Keeps the catalogues of the help pages: `make words` takes their sentences in, and compiles them.

A sentence is in a template, in Python between `gettext(...)`, `ngettext(...)` or `marked(...)`, or
in the guidance by country. What a catalogue has for it stays; what is new is empty until somebody
translates it. Compiled catalogues are what the program reads; a test holds them to the others.

Usage: python tools/catalogues.py [CODE...]   a new CODE, such as `fr`, begins a catalogue
"""

import io
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.utils.translation import to_language, to_locale
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[1] / "src" / "staydown"
ROOM = SOURCE / "help_pages"
LOCALES = ROOM / "locale"
KEYWORDS = {"gettext": None, "marked": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2)}

type Found = tuple[str | tuple[str, ...], str]
"""A sentence, or its singular and plural, and the file it is from."""


def find_sentences() -> Iterator[Found]:
    """Everything that these pages say, in a fixed order."""
    for path in sorted((ROOM / "templates").rglob("*.html")):
        source = templatize(path.read_text("utf-8"), origin=path.name)
        yield from _in_python("\n".join(line.lstrip() for line in source.splitlines()), path)
    for path in sorted(ROOM.glob("*.py")):
        yield from _in_python(path.read_text("utf-8"), path)
    for path in sorted((SOURCE / "policy" / "countries").glob("*.toml")):
        yield from _in_guidance(path)


def read_catalogue(code: str) -> Catalog:
    """The catalogue of one language, as it is on disk; an empty one if there is none yet."""
    path = _path(code)
    if not path.exists():
        return _empty(code)
    with path.open("rb") as file:
        return read_po(file, locale=to_locale(code))


def renew(code: str) -> Catalog:
    """The catalogue with every sentence that is said now, and none that is not said any more."""
    known, renewed = read_catalogue(code), _empty(code)
    renewed.creation_date, renewed.revision_date = known.creation_date, known.revision_date
    for sentence, file in find_sentences():
        old = known.get(sentence if isinstance(sentence, str) else sentence[0])
        renewed.add(sentence, old.string if old else None, locations=[(file, 0)])
    return renewed


def compiled(catalogue: Catalog) -> bytes:
    """What the program reads."""
    made = io.BytesIO()
    write_mo(made, catalogue)
    return made.getvalue()


def as_text(catalogue: Catalog) -> bytes:
    """What people write into."""
    made = io.BytesIO()
    write_po(made, catalogue, width=100, include_lineno=False, omit_header=False)
    return made.getvalue()


def untranslated(catalogue: Catalog) -> list[str]:
    """The sentences that have no words yet, in one of their forms at least."""
    return [str(one.id) for one in catalogue if one.id and not _is_translated(one)]


def codes() -> list[str]:
    """The languages there are catalogues of: codes as in addresses."""
    return sorted(to_language(path.parts[-3]) for path in LOCALES.glob("*/*/*.po"))


def _in_python(source: str, path: Path) -> Iterator[Found]:
    file = io.BytesIO(source.encode())
    for _line, sentence, _comments, _context in extract("python", file, KEYWORDS):
        yield sentence, path.relative_to(SOURCE).as_posix()


def _in_guidance(path: Path) -> Iterator[Found]:
    country = tomllib.loads(path.read_text("utf-8"))
    where = path.relative_to(SOURCE).as_posix()
    if "name" in country:
        yield country["name"], where
    for line in country.get("line", []):
        yield line["name"], where
        yield line["does"], where


def _path(code: str) -> Path:
    return LOCALES / to_locale(code) / "LC_MESSAGES" / "django.po"


def _empty(code: str) -> Catalog:
    head = (
        f"# The help pages in {code}. Made by a machine; nobody who speaks it has checked it yet."
    )
    return Catalog(locale=to_locale(code), project="staydown", fuzzy=False, header_comment=head)


def _is_translated(message: Message) -> bool:
    forms = message.string if isinstance(message.string, list | tuple) else [message.string]
    return all(forms)


def main() -> None:
    """Renews every catalogue, and says how much is left to do."""
    for code in sorted({*codes(), *sys.argv[1:]}):
        catalogue = renew(code)
        path = _path(code)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(as_text(catalogue))
        path.with_suffix(".mo").write_bytes(compiled(catalogue))
        print(f"{code}: {len(catalogue)} sentences, {len(untranslated(catalogue))} not translated")


if __name__ == "__main__":
    main()
