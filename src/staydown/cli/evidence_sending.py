"""Handing evidence over on the command line: encrypted for those whom one names."""

from pathlib import Path

from staydown.errors import BadRequest
from staydown.evidence.sending import lock_bundle, unlock_bundle


def lock(bundle: Path, /, *, to: list[str], out: Path) -> None:
    """Encrypt a sealed bundle into one file, for the recipients you name and nobody else.

    Parameters
    ----------
    bundle
        The folder.
    to
        A recipient of age (age1…); repeat for several.
    out
        The file to make.
    """
    lock_bundle(bundle, to, out)
    print(f"{out} opens for {len(to)} and nobody else; {bundle} itself lies here as before.")


def unlock(file: Path, /, *, identity: Path, out: Path) -> None:
    """Open what was encrypted for you, into a fresh folder; then verify it.

    Parameters
    ----------
    file
        The encrypted file.
    identity
        The file with your identity of age.
    out
        The folder to make.
    """
    try:
        text = identity.read_text()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{identity}: it cannot be read") from error
    unlock_bundle(file, text, out)
    print(f"Opened. Now check it: staydown evidence verify {out}")
