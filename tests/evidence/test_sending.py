"""What is encrypted opens for those named, whole, and for nobody else."""

import io
import tarfile
from pathlib import Path

import pytest
from pyrage import encrypt
from pyrage.x25519 import Identity

from staydown.errors import BadRequest, SealBroken
from staydown.evidence.sending import lock_bundle, unlock_bundle
from staydown.evidence.verifier.checks import verify_bundle
from staydown.evidence.verifier.telling import is_sound
from tests.evidence.conftest import Sealed


def test_each_recipient_opens_it_and_it_is_sound(sealed: Sealed, tmp_path: Path) -> None:
    readers = [Identity.generate(), Identity.generate()]
    lock_bundle(sealed.folder, [str(each.to_public()) for each in readers], tmp_path / "x.age")

    for number, each in enumerate(readers):
        unlock_bundle(tmp_path / "x.age", f"# mine\n{each}\n", tmp_path / str(number))
        assert is_sound(verify_bundle(tmp_path / str(number), sealed.trust))
    assert b"chat.txt" not in (tmp_path / "x.age").read_bytes()


def test_nobody_else_opens_it_nor_anybody_once_it_was_changed(
    sealed: Sealed, tmp_path: Path
) -> None:
    reader, file = Identity.generate(), tmp_path / "x.age"
    lock_bundle(sealed.folder, [str(reader.to_public())], file)

    with pytest.raises(SealBroken, match="not for this identity"):
        unlock_bundle(file, str(Identity.generate()), tmp_path / "out")
    changed = bytearray(file.read_bytes())
    changed[-1] ^= 1
    file.write_bytes(changed)
    with pytest.raises(SealBroken, match="it was changed"):
        unlock_bundle(file, str(reader), tmp_path / "out")
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("kind", [tarfile.REGTYPE, tarfile.SYMTYPE])
def test_what_leads_out_of_the_folder_is_not_written(kind: bytes, tmp_path: Path) -> None:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as tar:
        entry = tarfile.TarInfo("../outside")
        entry.type, entry.linkname = kind, "elsewhere"
        tar.addfile(entry)
    reader = Identity.generate()
    (tmp_path / "x.age").write_bytes(encrypt(packed.getvalue(), [reader.to_public()]))

    with pytest.raises(SealBroken, match="what is inside"):
        unlock_bundle(tmp_path / "x.age", str(reader), tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["x.age"]


def test_bad_names_are_refused(sealed: Sealed, tmp_path: Path) -> None:
    with pytest.raises(BadRequest, match="they begin with age1"):
        lock_bundle(sealed.folder, ["ada"], tmp_path / "x.age")
    with pytest.raises(SealBroken, match="not a sound bundle"):
        lock_bundle(tmp_path, [str(Identity.generate().to_public())], tmp_path / "x.age")
    with pytest.raises(BadRequest, match="AGE-SECRET-KEY-1"):
        unlock_bundle(sealed.folder / "manifest.json", "nothing", tmp_path / "out")
