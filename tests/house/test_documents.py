"""The documents are true: links resolve, named modules, commands, settings and addresses exist.

A limit is written once in code and once in docs/limits.md, and the two agree.
"""

import importlib
import re
import tomllib
from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import timedelta
from pathlib import Path

import pytest
from cyclopts import App
from django.test import Client
from django.urls import URLResolver, get_resolver, resolve

from staydown.audit.entries import FACTS
from staydown.cli.app import app
from staydown.policy.library import shipped
from staydown.policy.telling import tell_law
from staydown.settings import PREFIX, Settings
from tests import django_ready
from tests.house.sources import ROOT, SRC, texts

DATA = django_ready.FOLDER
"""Importing it set Django up."""
DOCUMENTS = sorted(name for name in texts() if name.endswith(".md"))
OWN_WORDS = "\n".join(texts()[name] for name in DOCUMENTS)
LINK = re.compile(r"\[[^\]]+\]\(([^)\s]+)\)")
CODE = re.compile(r"`([^`\n]+)`")
MODULE_FILE = re.compile(r"^[a-z_]+(/[a-z_]+)*\.(py|toml)$")


def anchors(text: str) -> set[str]:
    """The anchors that a renderer makes of the headings."""
    headings = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_link_leads_somewhere(name: str) -> None:
    dead = []
    for link in LINK.findall(texts()[name]):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (ROOT / name).parent / path if path else ROOT / name
        if not target.exists() or (anchor and anchor not in anchors(target.read_text())):
            dead.append(link)

    assert dead == []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_module_that_is_named_exists(name: str) -> None:
    named = {code for code in CODE.findall(texts()[name]) if MODULE_FILE.match(code)}

    assert {
        code for code in named if not ((SRC / code).exists() or (ROOT / code).exists())
    } == set()


def test_every_document_that_the_code_names_exists() -> None:
    named = {
        path
        for name, text in texts().items()
        if name.startswith(("src/", "tests/", "tools/"))
        for path in re.findall(r"\bdocs/[\w/-]+\.md\b", text)
    }

    assert {path for path in named if not (ROOT / path).exists()} == set()


def make_targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", texts()["Makefile"], re.MULTILINE))


def test_every_make_target_that_is_named_exists() -> None:
    named = set(re.findall(r"`make ([a-z]+)", OWN_WORDS)) | set(
        re.findall(r"^make ([a-z]+)", OWN_WORDS, re.MULTILINE)
    )

    assert named - make_targets() == set()
    assert {"demo", "test"} <= named


def test_the_readme_is_short() -> None:
    assert len(texts()["README.md"].splitlines()) <= 130


def test_the_architecture_names_every_room() -> None:
    rooms = {path.stem for path in SRC.iterdir() if path.stem.isalpha() or "_" in path.stem}
    rooms -= {"__init__", "__pycache__", "py"}
    drawn = texts()["docs/architecture.md"].split("```")[1]

    assert {room for room in rooms if not re.search(rf"\b{room}\b", drawn)} == set()


def limits() -> Iterator[tuple[str, str]]:
    """Number and name in code, of every row of docs/limits.md."""
    for line in texts()["docs/limits.md"].splitlines():
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if len(cells) == 3 and (found := CODE.fullmatch(cells[2])):
            yield cells[1], found[1]


def value_of(name: str) -> object:
    """The value of `casework.notices.MAX_LINE`, or of `engine.pictures.Limits.max_bytes`."""
    parts = name.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        try:
            found: object = importlib.import_module("staydown." + ".".join(parts[:cut]))
        except ModuleNotFoundError:
            continue
        for part in parts[cut:]:
            found = field_default(found, part)
        return found
    raise LookupError(name)


def field_default(owner: object, name: str) -> object:
    """An attribute, or the default of a dataclass's field (slots hide those)."""
    fields = getattr(owner, "__dataclass_fields__", {})
    return fields[name].default if name in fields else getattr(owner, name)


@pytest.mark.parametrize(("number", "name"), list(limits()))
def test_every_limit_is_what_the_code_says(number: str, name: str) -> None:
    actual = value_of(name)
    if isinstance(actual, timedelta):
        units = {unit: timedelta(**{f"{unit}s": 1}) for unit in ("hour", "minute", "second")}
        amount, unit = number.split()
        assert int(amount) * units[unit.rstrip("s")] == actual
    else:
        assert number == f"{actual:,}"


def rows(document: str) -> list[list[str]]:
    """The cells of every row of a document's tables, without the code marks."""
    lines = [line for line in texts()[document].splitlines() if line.startswith("| `")]
    return [[cell.strip().strip("`") for cell in line.strip("|").split(" | ")] for line in lines]


def commands(app: App, before: str = "staydown") -> Iterator[str]:
    """Every command below `app`, as it is typed."""
    for name in app:
        if name.startswith("-"):
            continue
        below = list(commands(app[name], f"{before} {name}"))
        yield from below or [f"{before} {name}"]


def test_every_command_is_in_the_handbook_and_none_besides() -> None:
    told = {cells[0] for cells in rows("docs/operating.md") if cells[0].startswith("staydown ")}

    assert told == set(commands(app))


def test_the_readme_names_only_commands_that_exist() -> None:
    named = re.findall(r"(?:bin/|`)staydown ([a-z]+)", texts()["README.md"])

    assert set(named) - {command.split()[1] for command in commands(app)} == set()
    assert {"compare", "register", "screen"} <= set(named)


def as_written(value: object) -> str:
    """A default as somebody would set it."""
    if isinstance(value, tuple):
        return ",".join(value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def test_every_setting_is_in_the_handbook_with_its_default() -> None:
    told = {cells[0]: cells[1] for cells in rows("docs/operating.md") if cells[0].isupper()}
    actual = {
        "DATABASE_URL" if field.name == "database_url" else f"{PREFIX}{field.name.upper()}": field
        for field in fields(Settings)
    }

    assert set(told) == set(actual)
    for name, field in actual.items():
        if field.default not in {MISSING, None} and name != "DATABASE_URL":
            assert (name, told[name]) == (name, as_written(field.default))


def test_the_page_about_the_law_is_what_the_packs_say() -> None:
    assert texts()["docs/law.md"] == tell_law(shipped()), "staydown policy show > docs/law.md"


def test_every_operation_of_the_api_is_in_its_document_and_none_besides() -> None:
    described = Client(headers={"host": "localhost"}).get("/v1/openapi.json").json()
    paths = described["paths"]
    actual = {f"{method.upper()} {path}" for path, methods in paths.items() for method in methods}
    told = {cells[0] for cells in rows("docs/api.md") if cells[0].split()[0].isupper()}

    assert told == actual


def test_every_page_is_in_the_document_and_answers() -> None:
    told = {cells[0] for cells in rows("docs/api.md") if cells[0].startswith("/")}
    in_every_language = get_resolver().url_patterns[-1]
    assert isinstance(in_every_language, URLResolver)
    [help_pages] = in_every_language.url_patterns
    assert isinstance(help_pages, URLResolver)
    actual = {f"/{page.pattern}" for page in help_pages.url_patterns} | {"/desk/"}

    assert told == actual
    assert {f"/{resolve(address).route}" for address in told} == told


def test_every_kind_of_fact_in_the_audit_chain_is_in_the_handbook() -> None:
    told = {cells[0] for cells in rows("docs/operating.md") if cells[0][:1].isupper()}

    assert {kind.__name__ for kind in FACTS} == {name for name in told if not name.isupper()}


def test_the_changelog_says_who_must_act() -> None:
    entries = re.findall(r"^- .*(?:\n  .*)*", texts()["CHANGELOG.md"], re.MULTILINE)

    assert [entry for entry in entries if "*" not in entry] == []
    assert len(entries) > 3


def test_the_version_in_the_changelog_is_the_packages() -> None:
    version = tomllib.loads(texts()["pyproject.toml"])["project"]["version"]

    assert f"## [{version}]" in texts()["CHANGELOG.md"]


def test_every_record_of_a_decision_says_what_is_disliked() -> None:
    records = [name for name in DOCUMENTS if re.match(r"docs/adr/\d{4}-", name)]

    assert len(records) >= 5
    assert [name for name in records if "dislike" not in texts()[name]] == []
    assert [name for name in records if Path(name).name not in texts()["docs/adr/README.md"]] == []


def test_every_line_of_the_threat_model_names_the_test_that_holds_it() -> None:
    links = re.findall(r"\[([^\]]+)\]\(\.\./(tests/[^)]+)\)", texts()["docs/threat-model.md"])
    missing = [
        sentence
        for sentence, path in links
        if f"def test_{sentence.replace(' ', '_')}(" not in texts().get(path, "")
    ]

    assert len(links) > 20
    assert missing == []


HELD_BY_NOTHING = re.compile(r"^(accepted|known limit|not defended)")


def test_where_no_test_holds_a_line_of_the_threat_model_it_says_so() -> None:
    table = re.findall(
        r"^\| (?!may)(.+) \| (.+) \|$", texts()["docs/threat-model.md"], re.MULTILINE
    )

    assert len(table) > 20
    assert [
        may for may, held in table if "](../tests/" not in held and not HELD_BY_NOTHING.match(held)
    ] == []
