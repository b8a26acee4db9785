"""Keeps the master key in a file of its own, readable by its owner only.

Whoever has this file and the data can read everything; whoever has only the data can read nothing.
"""

import base64
import binascii
import os
from pathlib import Path

from staydown.errors import Misconfigured
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import KEY_BYTES, MasterKey

HEADER = "staydown master key 1"


def make_key_file(path: Path, randomness: Randomness = system_randomness) -> MasterKey:
    """Write a fresh key with mode 0600.

    Raises Misconfigured if the file exists: a key is never overwritten.
    """
    key = MasterKey(secret=randomness(KEY_BYTES))
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError as error:
        raise Misconfigured(f"{path} exists: a master key is never overwritten") from error
    with os.fdopen(handle, "w") as file:
        file.write(f"{HEADER}\n{base64.b64encode(key.secret).decode()}\n")
        file.flush()
        os.fsync(file.fileno())
    return key


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
