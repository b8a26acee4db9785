"""Keeps the master key in a file of its own, readable by its owner only.

Whoever has this file and the data can read everything; whoever has only the data can read nothing.
"""

import base64
import binascii
import os
from pathlib import Path
from tempfile import NamedTemporaryFile

from staydown.errors import Misconfigured
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import KEY_BYTES, MasterKey

HEADER = "staydown master key 1"


def make_key_file(path: Path, randomness: Randomness = system_randomness) -> MasterKey:
    """Write a fresh key with mode 0600.

    Raises Misconfigured if the file exists: a key is never overwritten.
    """
    key = MasterKey(secret=randomness(KEY_BYTES))
    try:
        write_once(path, f"{HEADER}\n{base64.b64encode(key.secret).decode()}\n")
    except FileExistsError as error:
        raise Misconfigured(f"{path} exists: a master key is never overwritten") from error
    return key


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


def read_key_file(path: Path) -> MasterKey:
    """The key in `path`.

    Raises Misconfigured, saying how to mend it, if there is none or others can read it.
    """
    try:
        lines = path.read_text().splitlines()
        mode = path.stat().st_mode
    except (OSError, UnicodeDecodeError) as error:
        raise Misconfigured(f"{path}: the master key cannot be read") from error
    if mode & 0o077:
        raise Misconfigured(f"{path} can be read by others: chmod 600 it")
    if len(lines) != 2 or lines[0] != HEADER:
        raise Misconfigured(f"{path} is not a master key file")
    try:
        secret = base64.b64decode(lines[1], validate=True)
    except binascii.Error as error:
        raise Misconfigured(f"{path}: the master key is damaged") from error
    if len(secret) != KEY_BYTES:
        raise Misconfigured(f"{path}: the master key has the wrong length")
    return MasterKey(secret=secret)
