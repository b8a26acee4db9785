"""A capture that is cut off says so, goes on, and leaves nothing that nobody can account for."""

import subprocess
import sys
from pathlib import Path

import pytest

from staydown.cli.app import main
from staydown.errors import BadRequest, NotAllowed
from staydown.evidence.bundles import Item, add_items, seal_bundle
from staydown.evidence.strays import drop_strays
from staydown.evidence.verifier.checks import verify_bundle
from staydown.evidence.verifier.custody import read_log
from staydown.evidence.verifier.telling import is_sound
from tests.evidence.conftest import ACT, KEY, Sealed

KILLED = """
import sys
from pathlib import Path
from tests.evidence.conftest import ACT, KEY
from tests.evidence.cutting import cut_at
from tests.evidence.test_strays import page
from staydown.evidence.bundles import add_items, seal_bundle

cut_at(int(sys.argv[1]))
bundle = Path(sys.argv[2])
add_items(bundle, page("first"), ACT, KEY)
seal_bundle(bundle, ACT, KEY, None)
"""


def page(folder: str) -> list[Item]:
    """As a captured page: its parts, and `capture.json` last."""
    files = [*(f"pictures/{number:02}.jpg" for number in range(19)), "capture.json"]
    return [Item(name=f"{folder}/{name}", data=name.encode(), origin="captured") for name in files]


def kill_and_capture_anew(point: int, bundle: Path) -> None:
    """Killed at the `point`th file; the page is then captured again, at a later second."""
    ran = subprocess.run([sys.executable, "-c", KILLED, str(point), str(bundle)], check=False)
    assert ran.returncode == -9
    assert not is_sound(verify_bundle(bundle))

    if not (bundle / "custody.jsonl").exists():
        add_items(bundle, page("second"), ACT, KEY)
    drop_strays(bundle, ACT, KEY)
    seal_bundle(bundle, ACT, KEY, None)

    assert is_sound(verify_bundle(bundle))
    assert len(list(bundle.rglob("capture.json"))) == 1


@pytest.mark.slow
@pytest.mark.parametrize("point", [1, 12, 39, 41, 43, 50])
def test_a_page_cut_off_anywhere_is_captured_anew(point: int, tmp_path: Path) -> None:
    kill_and_capture_anew(point, tmp_path / "b")


@pytest.mark.measure
@pytest.mark.parametrize("point", range(1, 51))
def test_a_page_cut_off_at_fifty_points_is_captured_anew(point: int, tmp_path: Path) -> None:
    kill_and_capture_anew(point, tmp_path / "b")


def test_a_stray_is_refused_by_name_taken_out_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bundle, stray = tmp_path / "b", tmp_path / "b/items/cut/page.png"
    add_items(bundle, page("whole"), ACT, KEY)
    stray.parent.mkdir()
    stray.write_bytes(b"half")
    with pytest.raises(BadRequest, match=r"cut.*in no entry of the custody log"):
        seal_bundle(bundle, ACT, KEY, None)

    words = ["--key", str(tmp_path / "k"), "--by", "Ada", "--why", "the power failed"]
    with pytest.raises(SystemExit) as ended:
        main(["evidence", "tidy", str(bundle), *words])

    assert (ended.value.code, stray.parent.exists()) == (None, False)
    assert capsys.readouterr().out.endswith("  items/cut/page.png\n")
    entry = read_log((bundle / "custody.jsonl").read_bytes()).entries[1]
    assert entry["did"] == "took out"
    assert entry["why"].startswith("the power failed. In no entry: ")
    assert entry["why"].endswith("  items/cut/page.png")


def test_nothing_is_taken_out_of_a_sealed_bundle(sealed: Sealed) -> None:
    with pytest.raises(NotAllowed, match="sealed already"):
        drop_strays(sealed.folder, ACT, KEY)
