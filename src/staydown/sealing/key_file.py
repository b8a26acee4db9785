"""Keeps a key in a file of its own, readable by its owner only: the master key, above all.

Whoever has the master key and the data can read everything; whoever has only the data can read
nothing.
"""

import base64
import binascii
import os
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from staydown.errors import Misconfigured
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import KEY_BYTES, MasterKey


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyKind:
    """A kind of key file: the line it begins with, and what its key is called."""

    header: str
    name: str


MASTER = KeyKind(header="staydown master key 1", name="master key")


def make_key_file(path: Path, randomness: Randomness = system_randomness) -> MasterKey:
    """Write a fresh master key with mode 0600.

    Raises Misconfigured if the file exists: a key is never overwritten.
    """
    return MasterKey(secret=make_secret(path, MASTER, randomness))


def read_key_file(path: Path) -> MasterKey:
    """The master key in `path`. Raises Misconfigured like `read_secret`."""
    return MasterKey(secret=read_secret(path, MASTER))


def make_secret(path: Path, kind: KeyKind, randomness: Randomness = system_randomness) -> bytes:
    """Write 32 fresh random bytes with mode 0600. Raises Misconfigured if the file exists."""
    secret = randomness(KEY_BYTES)
    try:
        write_once(path, f"{kind.header}\n{base64.b64encode(secret).decode()}\n")
    except FileExistsError as error:
        raise Misconfigured(f"{path} exists: a {kind.name} is never overwritten") from error
    return secret


def write_once(path: Path, text: str) -> None:
    """Make a file of mode 0600 that nobody ever sees empty or in part, and that survives a power
    cut.

    Of several processes one succeeds, and the others get FileExistsError. Raises Misconfigured
    where no file can be made.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as file:  # mode 0600
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
            os.link(file.name, path)  # unlike renaming, this never takes another file's place
        make_durable(path.parent)
    except OSError as error:
        if isinstance(error, FileExistsError) and path.exists():
            raise
        raise Misconfigured(f"{path} cannot be made: {error.strerror}") from error


def make_durable(folder: Path) -> None:
    """Have the names in a folder reach the disk."""
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_secret(path: Path, kind: KeyKind) -> bytes:
    """The 32 bytes in `path`.

    Raises Misconfigured, saying how to mend it, if there are none or others can read them.
    """
    try:
        lines = path.read_text().splitlines()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: the {kind.name} cannot be read") from error
    if mode & 0o077:
        raise Misconfigured(f"{path} can be read by others: chmod 600 it")
    if len(lines) != 2 or lines[0] != kind.header:
        raise Misconfigured(f"{path} is not a {kind.name} file")
    try:
        secret = base64.b64decode(lines[1], validate=True)
    except binascii.Error as error:
        raise Misconfigured(f"{path}: the {kind.name} is damaged") from error
    if len(secret) != KEY_BYTES:
        raise Misconfigured(f"{path}: the {kind.name} has the wrong length")
    return secret
