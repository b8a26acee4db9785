"""What a call that was cut off left in a bundle: files that no entry of the custody log names."""

from dataclasses import replace
from pathlib import Path

from staydown.digests import sha256
from staydown.evidence.bundles import list_items, list_strays, refuse_sealed
from staydown.evidence.custody import Act, write_entry
from staydown.evidence.files import drop_parts
from staydown.sealing.signing import SigningKey


def drop_strays(bundle: Path, act: Act, key: SigningKey) -> tuple[str, ...]:
    """Take strays out of a bundle that is not sealed; the log says so before they go.

    What was taken out, with the SHA-256 of each. Raises NotAllowed for a sealed bundle, SealBroken.
    """
    refuse_sealed(bundle)
    drop_parts(bundle)
    strays = list_strays(bundle, list_items(bundle))
    folders = [path for path in strays if path.is_dir() and not path.is_symlink()]
    files = [path for path in strays if path not in folders]
    told = tuple(f"{_digest(path)}  {path.relative_to(bundle)}" for path in files)
    if told:
        why = f"{act.why}. In no entry: {'; '.join(told)}"
        write_entry(bundle, replace(act, why=why), key, did="took out")
    for path in files:
        path.unlink()
    for folder in reversed(folders):  # what is within comes after
        folder.rmdir()
    return told


def _digest(path: Path) -> str:
    return "a link" if path.is_symlink() or not path.is_file() else sha256(path.read_bytes())
