"""A bundle is made, sealed and checked: by us, by hand, and after a power cut anywhere."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from staydown.cli.app import main
from staydown.errors import BadRequest, NotAllowed
from staydown.evidence.bundles import add_files, seal_bundle
from staydown.evidence.instructions import SCRIPT
from staydown.evidence.verifier.checks import CHECKS, Trust, verify_bundle
from staydown.evidence.verifier.telling import is_sound
from tests.evidence.conftest import ACT, KEY, Sealed, given
from tests.house.sources import texts


def test_a_sealed_bundle_is_sound_and_each_check_says_what_it_leaves(sealed: Sealed) -> None:
    findings = verify_bundle(sealed.folder, sealed.trust)

    assert [each.problem for each in findings] == [None] * len(CHECKS)
    assert all(each.proves and each.leaves for each in findings)


def test_a_key_that_is_not_believed_is_refused(sealed: Sealed) -> None:
    findings = verify_bundle(sealed.folder, Trust(keys=frozenset({"00" * 32})))

    assert findings[-1].check == "signature"
    assert "not a key that you believe" in (findings[-1].problem or "")


def test_the_authority_sees_a_digest_and_no_more(sealed: Sealed) -> None:
    assert {len(asked) < 100 for asked in sealed.tsa.asked} == {True}
    assert not any(b"Ada" in asked or b"chat" in asked for asked in sealed.tsa.asked)


def by_hand(folder: Path) -> int:
    script = re.findall(r"```sh\n(.*?)```", texts()["docs/evidence.md"], re.DOTALL)
    ran = subprocess.run(["sh", "-c", *script], cwd=folder, check=False, capture_output=True)
    return ran.returncode


def test_the_document_and_the_bundle_have_one_script(sealed: Sealed) -> None:
    assert f"```sh\n{SCRIPT}```" in texts()["docs/evidence.md"]
    assert SCRIPT in (sealed.folder / "HOW-TO-VERIFY.txt").read_text()


def test_by_hand_it_holds_and_a_changed_item_does_not(sealed: Sealed, tmp_path: Path) -> None:
    spoiled = tmp_path / "bundle"
    subprocess.run(["cp", "-r", str(sealed.folder), str(spoiled)], check=True)
    (spoiled / "items/chat.txt").write_text("two")

    assert by_hand(sealed.folder) == 0
    assert by_hand(spoiled) != 0


@pytest.mark.parametrize("name", ["manifest.sig", "manifest.tsr"])
def test_by_hand_another_bundles_seal_does_not_hold(
    name: str, sealed: Sealed, tmp_path: Path
) -> None:
    spoiled = tmp_path / "bundle"
    subprocess.run(["cp", "-r", str(sealed.folder), str(spoiled)], check=True)
    (spoiled / name).write_bytes((sealed.other / name).read_bytes())

    assert by_hand(spoiled) != 0


def test_the_verifier_runs_alone(sealed: Sealed) -> None:
    words = [sys.executable, "-m", "staydown.evidence.verifier", str(sealed.folder)]
    ran = subprocess.run(words, check=False, capture_output=True, text=True)

    assert (ran.returncode, ran.stdout.splitlines()[-1]) == (0, "The bundle is sound.")


def test_what_is_sealed_is_not_changed(sealed: Sealed, tmp_path: Path) -> None:
    with pytest.raises(NotAllowed, match="sealed already"):
        add_files(sealed.folder, given(tmp_path / "new", "new"), ACT, KEY)
    with pytest.raises(NotAllowed, match="sealed already"):
        seal_bundle(sealed.folder, ACT, KEY, None)


def test_a_file_changed_before_sealing_is_refused_by_name(tmp_path: Path) -> None:
    add_files(tmp_path / "b", given(tmp_path / "given", "x"), ACT, KEY)
    (tmp_path / "b/items/chat.txt").write_text("y")

    with pytest.raises(BadRequest, match=r"chat\.txt: missing or changed"):
        seal_bundle(tmp_path / "b", ACT, KEY, None)


KILLED = """
import sys
from pathlib import Path
from tests.evidence.conftest import ACT, KEY
from tests.evidence.cutting import cut_at
from staydown.evidence.bundles import add_files, seal_bundle

cut_at(int(sys.argv[1]))
folder = Path(sys.argv[2])
add_files(folder / "b", sorted((folder / "given").iterdir()), ACT, KEY)
seal_bundle(folder / "b", ACT, KEY, None)
"""


def kill_and_go_on(point: int, folder: Path, files: list[Path]) -> None:
    """Killed when it is about to begin, or to put in place, its `point`th file."""
    words = [sys.executable, "-c", KILLED, str(point), str(folder)]
    assert subprocess.run(words, check=False).returncode == -9
    assert not is_sound(verify_bundle(folder / "b"))

    add_files(folder / "b", sorted(files), ACT, KEY)
    seal_bundle(folder / "b", ACT, KEY, None)

    assert is_sound(verify_bundle(folder / "b"))
    assert not list((folder / "b").rglob(".part-*"))


@pytest.mark.slow
@pytest.mark.parametrize("point", [1, 2, 8, 10, 16, 18])
def test_killed_anywhere_it_says_so_and_goes_on(point: int, tmp_path: Path) -> None:
    kill_and_go_on(point, tmp_path, given(tmp_path / "given", "x"))


@pytest.mark.measure
@pytest.mark.parametrize("point", range(1, 51))
def test_killed_at_fifty_points_it_goes_on(point: int, tmp_path: Path) -> None:
    files = given(tmp_path / "given", "x")
    for number in range(8):
        files.append(tmp_path / "given" / f"more-{number}.txt")
        files[-1].write_text(str(number))

    kill_and_go_on(point, tmp_path, files)


def run(*words: object) -> int | str | None:
    with pytest.raises(SystemExit) as ended:
        main(["evidence", *map(str, words)])
    return ended.value.code


def test_on_the_command_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    chat, *_ = given(tmp_path / "given", "x")
    bundle = tmp_path / "b"
    who = ["--key", tmp_path / "key", "--by", "Ada", "--why", "kept"]

    assert run("add", chat, "--out", bundle, *who) == 2
    assert "under 18" in capsys.readouterr().err
    assert not bundle.exists()
    assert run("add", chat, "--out", bundle, *who, "--adult-confirmed") in {0, None}
    assert run("verify", bundle) == 1
    assert "not sealed" in capsys.readouterr().out
    assert run("seal", bundle, *who) in {0, None}
    assert run("record", bundle, *who, "--to", "a court") in {0, None}
    assert run("verify", bundle) == 0
