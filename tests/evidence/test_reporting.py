"""Reports on sealed bundles: in each language, sound bundles alone, and nothing uncovered."""

import re
import tomllib
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from string import Formatter

import pytest

from staydown.documents.letters import Facts, Figure, Letter
from staydown.documents.printing import print_letter
from staydown.errors import BadRequest
from staydown.evidence.bundles import Item, add_items, record_act, seal_bundle
from staydown.evidence.contents import open_contents
from staydown.evidence.custody import Act
from staydown.evidence.reporting import Reporting
from staydown.evidence.verifier.checks import Trust
from staydown.evidence.words import LANGUAGES, load_words
from tests.documents.reading import read_pdf
from tests.evidence.conftest import KEY

AT = datetime(2026, 11, 27, 9, 30, tzinfo=UTC)
FIGURES = (
    b'{"verdict": "derived", "altered_fraction": 0.24, "false_positive_rate": 6e-05, "inliers": 7,'
    b' "mirrored": true, "original_sha256": "aa", "found_sha256": "bb"}'
)
PAGE = (
    b'{"url": "https://a.example/1", "final_url": "https://a.example/2", "failed": [{}],'
    b' "ended_at": "2026-11-26T08:00:00+00:00"}'
)
DRAWN = "items/comparison-1/overlay.png"
ARABIC, CHINESE = re.compile("[\u0600-\u06ff]"), re.compile("[\u4e00-\u9fff]")


def act(why: str = "kept", to: str = "") -> Act:
    return Act(by="Ada", at=AT, why=why, goes_to=to)


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    folder = tmp_path / "bundle"
    items = (
        Item(name="chat.txt", data=b"hello", origin="given"),
        Item(name="comparison-1/figures.json", data=FIGURES, origin="derived"),
        Item(name="comparison-1/overlay.png", data=b"no picture", origin="derived"),
        Item(name="page/capture.json", data=PAGE, origin="captured"),
    )
    for item in items:
        add_items(folder, (item,), act(), KEY)
    seal_bundle(folder, act("for my lawyer"), KEY, None)
    record_act(folder, act("for the court", "a lawyer"), KEY)
    return folder


def report(bundle: Path, language: str = "en", drawn: bytes | None = None) -> Letter:
    drawings = {DRAWN: drawn} if drawn else {}
    return Reporting(
        contents=open_contents(bundle, Trust()),
        words=load_words(language),
        drawings=drawings,
        at=AT,
    ).write()


def test_it_tells_what_lies_there_what_happened_and_how_to_check(bundle: Path) -> None:
    text = read_pdf(print_letter(report(bundle)))

    for told in (
        "Part of the found picture is the photograph, and a measured part of it was altered.",
        "24.0 % of where the two overlap",
        "7 (mirrored)",
        "at most 6 in 100,000 pairs",
        "2026-11-26 08:00:00 UTC The page https://a.example/2 was saved.",
        "Ada handed it over to a lawyer. Why: for the court",
        "none: only the signer says when",
        "sha256sum --check --strict --quiet SHA256SUMS",
    ):
        assert told in text
    assert not list(figures(report(bundle)))


def figures(letter: Letter) -> list[Figure]:
    return [
        block
        for section in letter.sections
        for block in section.blocks
        if isinstance(block, Figure)
    ]


def test_a_drawing_that_is_handed_in_stands_with_its_comparison(bundle: Path) -> None:
    [drawn] = figures(report(bundle, drawn=b"a drawing"))

    assert drawn.data == b"a drawing"
    assert drawn.meaning.endswith("What was altered is covered.")


@pytest.mark.parametrize(("language", "letters"), [("ar", ARABIC), ("zh", CHINESE)])
def test_it_is_in_the_language_of_the_person_and_says_who_translated(
    bundle: Path, language: str, letters: re.Pattern[str]
) -> None:
    letter = report(bundle, language)

    assert letter.language == language
    assert all(letters.search(section.heading) for section in letter.sections)
    assert load_words(language).say("note") in letter.sections[0].blocks
    text = print_letter(letter)
    assert letters.search(read_pdf(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_all_that_english_says_with_the_same_facts(language: str) -> None:
    said = tomllib.loads(
        files("staydown.evidence.words").joinpath(f"{language}.toml").read_text("utf-8")
    )
    english = load_words("en").said

    assert said.keys() == english.keys()
    for name, text in said.items():
        assert holes(text) == holes(english[name]), name


def holes(text: str) -> set[str | None]:
    return {name for _, name, _, _ in Formatter().parse(text)} - {None}


def test_a_language_that_is_not_there_is_named() -> None:
    with pytest.raises(BadRequest, match="one of en, zh, ar"):
        load_words("xx")


def test_nothing_is_reported_of_a_bundle_that_is_not_sound(bundle: Path) -> None:
    (bundle / "items/chat.txt").write_bytes(b"hallo")

    with pytest.raises(BadRequest, match="not sound, so not reported on: files: .*was changed"):
        report(bundle)


@pytest.mark.parametrize("said", [b"no json", b"[1]", b"{}", b'{"verdict": {"x": 1}}', b"[" * 9999])
def test_a_file_that_says_nothing_readable_stops_nothing(tmp_path: Path, said: bytes) -> None:
    folder = tmp_path / "odd"
    for name in ("one/figures.json", "two/capture.json"):
        add_items(folder, (Item(name=name, data=said, origin="derived"),), act(), KEY)
    seal_bundle(folder, act(), KEY, None)

    assert "items/one/figures.json" in read_pdf(print_letter(report(folder))).replace(" ", "")


def test_no_item_is_left_out(bundle: Path) -> None:
    [items] = [one for one in report(bundle).sections if one.heading == "What lies in it"]
    [table] = [block for block in items.blocks if isinstance(block, Facts)]

    assert [name for name, _ in table.rows] == [
        "items/chat.txt",
        "items/comparison-1/figures.json",
        DRAWN,
        "items/page/capture.json",
    ]
