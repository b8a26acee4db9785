"""What a call that was cut off left in a bundle: files that no entry of the custody log names."""

from dataclasses import replace
from pathlib import Path

from staydown.digests import sha256
from staydown.evidence.bundles import list_items, refuse_sealed
from staydown.evidence.custody import Act, write_entry
from staydown.evidence.files import drop_parts
from staydown.evidence.verifier import names
from staydown.sealing.signing import SigningKey


def list_strays(bundle: Path) -> tuple[Path, ...]:
    """Files and links below `items` that the log does not name. Raises SealBroken."""
    known = {bundle / each.path for each in list_items(bundle)}
    found = (bundle / names.ITEMS).rglob("*")
    files = (path for path in found if path.is_symlink() or not path.is_dir())
    return tuple(sorted(path for path in files if path not in known))


def drop_strays(bundle: Path, act: Act, key: SigningKey) -> tuple[str, ...]:
    """Take strays out of a bundle that is not sealed; the log says so before they go.

    What was taken out, with the SHA-256 of each. Raises NotAllowed for a sealed bundle, SealBroken.
    """
    refuse_sealed(bundle)
    drop_parts(bundle)
    strays = list_strays(bundle)
    told = tuple(f"{_digest(path)}  {path.relative_to(bundle)}" for path in strays)
    if told:
        why = f"{act.why}. In no entry: {'; '.join(told)}"
        write_entry(bundle, replace(act, why=why), key, did="took out")
    for path in strays:
        path.unlink()
    _drop_empty(bundle / names.ITEMS)
    return told


def _digest(path: Path) -> str:
    return "a link" if path.is_symlink() or not path.is_file() else sha256(path.read_bytes())


def _drop_empty(items: Path) -> None:
    folders = [path for path in items.rglob("*") if path.is_dir() and not path.is_symlink()]
    for folder in sorted(folders, reverse=True):
        if not any(folder.iterdir()):
            folder.rmdir()
