"""The program as others script it: run in this process, its output and exit code looked at."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from staydown.cli.app import main
from staydown.cli.story.doctoring import crop
from staydown.engine.pictures import encode_jpeg
from tests import darkroom
from tests.engine.making import patch_over, photo


@dataclass(frozen=True, slots=True, kw_only=True)
class Ran:
    """What one run left behind."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[dict[str, object]]:
        """Its lines of JSON."""
        return [json.loads(line) for line in self.out.splitlines()]


type Run = Callable[..., Ran]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run `staydown` with these arguments, beside a darkroom that is there."""
    monkeypatch.setenv("STAYDOWN_DARKROOM", darkroom.address())

    def start(*arguments: object) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main([str(one) for one in arguments])
        said = capsys.readouterr()
        return Ran(code=int(ended.value.code or 0), out=said.out, err=said.err)

    return start


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """A folder with an original, a plain copy, a doctored copy and a stranger."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    doctored, _ = patch_over(photo("motorcycle"), photo("gravel"))
    files = {
        "original.jpg": encode_jpeg(photo("motorcycle"), 92),
        "plain.jpg": encode_jpeg(photo("motorcycle"), 60),
        "doctored.jpg": encode_jpeg(crop(doctored, keep=0.9), 70),
        "stranger.jpg": encode_jpeg(photo("coffee"), 80),
    }
    for name, data in files.items():
        (folder / name).write_bytes(data)
    return folder
