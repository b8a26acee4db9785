"""`evidence capture` on the command line: into a bundle that is sealed and sound, or a clear no."""

import json
import shutil
from importlib.util import find_spec
from pathlib import Path

import pytest

from staydown.cli import evidence_capturing
from staydown.errors import Misconfigured
from tests.capture.forum import running_forum
from tests.cli.conftest import Run

URL = "http://127.0.0.1:9/thread"


def who(tmp_path: Path) -> tuple[object, ...]:
    return ("--key", tmp_path / "key", "--by", "Ada", "--why", "a notice")


def test_unconfirmed_it_fetches_nothing(run: Run, tmp_path: Path) -> None:
    with running_forum() as forum:
        url = forum.url("/thread", "127.0.0.1")
        said = run("evidence", "capture", url, "--out", tmp_path / "b", *who(tmp_path))

    assert said.code == 2 and "under 18" in said.err
    assert forum.asked == [] and not (tmp_path / "b").exists()


@pytest.mark.parametrize(
    ("words", "why"),
    [
        ((), "no address"),
        (("file:///etc/passwd",), "file:///etc/passwd"),
        (("https://me:secret@forum.example/",), "credentials"),
        ((URL, "--host", "a b"), "a b"),
    ],
)
def test_what_cannot_be_asked_is_named(
    run: Run, tmp_path: Path, words: tuple[str, ...], why: str
) -> None:
    said = run(
        "evidence", "capture", *words, "--out", tmp_path / "b", *who(tmp_path), "--adult-confirmed"
    )

    assert said.code == 2 and why in said.err and "Traceback" not in said.err


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evidence_capturing, "NEEDED", ("warcio", "not_there"))
    assert find_spec("not_there") is None

    with pytest.raises(Misconfigured, match=r"not_there: pip install 'staydown\[capture\]'"):
        evidence_capturing.check_needed()


@pytest.mark.browser
@pytest.mark.slow
def test_a_captured_page_is_sealed_and_sound(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if shutil.which("chromium") is None:
        pytest.skip("there is no chromium on this machine: apt-get install chromium")
    monkeypatch.setenv("STAYDOWN_UNSAFE_FETCH_NETWORKS", "127.0.0.0/8")
    bundle = tmp_path / "b"
    with running_forum() as forum:
        words = ("evidence", "capture", forum.url("/thread", "127.0.0.1"), "--out", bundle)
        first = run(*words, *who(tmp_path), "--adult-confirmed")
        asked = len(forum.asked)
        again = run(*words, *who(tmp_path), "--adult-confirmed")

        assert (first.code, again.code, len(forum.asked)) == (0, 0, asked)
        assert "in the bundle already" in again.out

    sealed = run("evidence", "seal", bundle, *who(tmp_path))
    verified = run("evidence", "verify", bundle)
    assert (sealed.code, verified.code) == (0, 0)
    assert "captured: saved by the program" in verified.out
    (told,) = bundle.rglob("capture.json")
    answers = {one["url"]: one for one in json.loads(told.read_text())["answers"]}
    cat = answers[forum.url("/cat.jpg", "127.0.0.1")]
    assert len(cat["pdq"]) == 64 and (told.parent / cat["file"]).is_file()
