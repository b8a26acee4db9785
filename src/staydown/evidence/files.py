"""Writes files whole or not at all, so that a power cut leaves no half of one."""

import os
from pathlib import Path

from staydown.evidence.verifier.names import PART
from staydown.sealing.key_file import make_durable


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` at `path`, in one step, and on the disk."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f"{PART}{path.name}")
    with part.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
    make_durable(path.parent)


def drop_parts(folder: Path) -> None:
    """Take away what a power cut left behind half written."""
    for part in folder.rglob(f"{PART}*"):
        part.unlink()
