"""The ledger of what was forgotten: ids, one a line, in a file apart from the data.

A backup made before something was forgotten still holds it. The ledger is what a restore honours,
so it has to be newer than the backup, and to outlive the machine: keep it where losing the data
does not lose it too. It says nothing of what the ids were of.
"""

import os
import re
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from staydown.errors import BadRequest, Misconfigured
from staydown.sealing.key_file import write_once
from staydown.storage.tombstones import are_written, waiting_tombstones

HEADER = "staydown forgotten 1"
ID = re.compile(r"[a-z0-9_]{1,64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """The ledger in `path`, which only ever grows."""

    path: Path

    def keep_up(self) -> None:
        """Write what is still to be written. Raises Misconfigured where that is not possible."""
        while subjects := waiting_tombstones():
            self._append(subjects)
            are_written(subjects)

    def _append(self, subjects: Sequence[str]) -> None:
        """On the disk when this returns. What a crash tore off before stays a line by itself."""
        if not self.path.exists():
            with suppress(FileExistsError):  # another process of ours was faster
                write_once(self.path, f"{HEADER}\n")
        try:
            with self.path.open("ab") as file:
                file.write("".join(f"\n{subject}\n" for subject in subjects).encode())
                file.flush()
                os.fsync(file.fileno())
        except OSError as error:
            raise Misconfigured(f"{self.path} cannot be written: {error.strerror}") from error


def read_ledger(path: Path) -> frozenset[str]:
    """The ids in a ledger. Raises BadRequest where it cannot be read or is none."""
    try:
        lines = path.read_text(encoding="ascii").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise BadRequest(f"{path}: the ledger cannot be read") from error
    if lines[:1] != [HEADER]:
        raise BadRequest(f"{path}: this is not a ledger of what was forgotten")
    return frozenset(line for line in lines[1:] if ID.fullmatch(line))
