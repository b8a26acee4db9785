"""`evidence note`: where something is, in a sealed bundle, without a picture or a page."""

import json
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from staydown.cli.evidence_noting import MAX_LINKS, find_pictures
from tests.capture.forum import running_forum
from tests.cli.conftest import Run


def who(tmp_path: Path) -> tuple[object, ...]:
    return ("--out", tmp_path / "b", "--key", tmp_path / "key", "--by", "Ada", "--why", "a hotline")


@pytest.fixture(autouse=True)
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("STAYDOWN_UNSAFE_FETCH_NETWORKS", "127.0.0.0/8")


def notes(tmp_path: Path) -> list[dict[str, object]]:
    return [json.loads(path.read_text()) for path in sorted((tmp_path / "b/items").rglob("*.json"))]


def test_a_page_is_noted_and_none_of_its_pictures_asked_for(run: Run, tmp_path: Path) -> None:
    with running_forum() as forum:
        said = run("evidence", "note", forum.url("/thread", "127.0.0.1"), *who(tmp_path))
        asked = [path for _, path in forum.asked]
        port = forum.port

    assert (said.code, asked) == (0, ["/thread"])
    [told] = notes(tmp_path)
    assert told["pictures"] == [
        f"http://127.0.0.1:{port}/cat.jpg",
        f"http://stranger.example:{port}/cat.jpg",
        f"http://dead.example:{port}/cat.jpg",
        f"http://127.0.0.1:{port}/missing.jpg",
        f"http://127.0.0.1:{port}/late.jpg",
    ]
    assert str(told["sha256"]) in said.out
    files = [path.name for path in (tmp_path / "b").rglob("*") if path.is_file()]
    assert sorted(files) == ["custody.jsonl", "note.json"]


def test_a_picture_leaves_its_digest_alone(run: Run, tmp_path: Path) -> None:
    with running_forum() as forum:
        run("evidence", "note", forum.url("/cat.jpg", "127.0.0.1"), *who(tmp_path))

    [told] = notes(tmp_path)
    assert told["pictures"] == []
    assert "no page of text" in str(told["problem"])
    assert len(str(told["sha256"])) == 64


def test_what_does_not_answer_is_noted_as_that(run: Run, tmp_path: Path) -> None:
    with running_forum() as forum:
        gone = forum.url("/missing.jpg", "127.0.0.1")
    said = run("evidence", "note", gone, *who(tmp_path))

    assert said.code == 0
    [told] = notes(tmp_path)
    assert (told["sha256"], told["pictures"]) == (None, [])
    assert told["problem"]


def test_the_bundle_is_sealed_and_sound(run: Run, tmp_path: Path) -> None:
    with running_forum() as forum:
        run("evidence", "note", forum.url("/thread", "127.0.0.1"), *who(tmp_path))
    by = ("--key", tmp_path / "key", "--by", "Ada", "--why", "a hotline")

    assert run("evidence", "seal", tmp_path / "b", *by).code == 0
    assert run("evidence", "verify", tmp_path / "b").code == 0


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "http://a b/", "https://me:x@forum.example/"]
)
def test_what_cannot_be_asked_is_named(run: Run, tmp_path: Path, url: str) -> None:
    said = run("evidence", "note", url, *who(tmp_path))

    assert said.code == 2
    assert "Traceback" not in said.err
    assert not (tmp_path / "b").exists()


def test_each_source_counts_once_and_only_the_web() -> None:
    page = """<img src="a.jpg" srcset="b.jpg 1x, a.jpg 2x">
    <video poster="/c.jpg" src="d.mp4"></video>
    <source srcset="//e.example/f.webp 300w">
    <img src="data:image/png;base64,xx"><img src="http://[">
    <p src="no.jpg"><img>"""

    assert find_pictures("https://forum.example/t/1", page) == (
        "https://forum.example/t/a.jpg",
        "https://forum.example/t/b.jpg",
        "https://forum.example/t/d.mp4",
        "https://forum.example/c.jpg",
        "https://e.example/f.webp",
    )
    assert len(find_pictures("https://a.example/", '<img src="x">' * 9)) == 1
    many = "".join(f'<img src="{number}">' for number in range(MAX_LINKS + 9))
    assert len(find_pictures("https://a.example/", many)) == MAX_LINKS


@settings(max_examples=100, deadline=None)
@given(st.text())
def test_any_page_can_be_read(page: str) -> None:
    find_pictures("https://a.example/", f"<img src={page}>{page}")
