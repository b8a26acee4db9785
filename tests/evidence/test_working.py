"""A working copy says what it is, the log says so too, and the evidence stays as it is."""

import json
import shutil
from pathlib import Path

import pytest

from staydown.digests import sha256
from staydown.errors import SealBroken
from staydown.evidence.verifier.checks import verify_bundle
from staydown.evidence.verifier.telling import is_sound
from staydown.evidence.working import NOTE, copy_for_work
from tests.evidence.conftest import ACT, KEY, Sealed


def test_a_working_copy_names_its_evidence(sealed: Sealed, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(sealed.folder, bundle)

    copy_for_work(bundle, tmp_path / "work", ACT, KEY)
    (tmp_path / "work/items/chat.txt").write_text("scribbled on")

    assert sha256((bundle / "manifest.json").read_bytes()) in (tmp_path / "work" / NOTE).read_text()
    assert is_sound(verify_bundle(bundle, sealed.trust))
    last = json.loads((bundle / "custody.jsonl").read_bytes().splitlines()[-1])
    assert (last["number"], last["why"]) == (5, ACT.why)


def test_none_is_made_of_what_is_not_sound(sealed: Sealed, tmp_path: Path) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(sealed.folder, bundle)
    (bundle / "items/chat.txt").write_text("changed")

    with pytest.raises(SealBroken, match=r"items/chat\.txt"):
        copy_for_work(bundle, tmp_path / "work", ACT, KEY)
    assert not (tmp_path / "work").exists()
