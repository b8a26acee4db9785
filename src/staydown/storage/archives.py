"""The files of a backup: lines of JSON between a first line that says what they are and a last one
that shows that they are whole.

The last line holds a keyed digest (HMAC-SHA-256, RFC 2104) of everything before it, under a data
key of this installation that lies in the keys of the backup: a file that was damaged, cut off or
written by somebody else is not taken. It does not show that a file is the newest one.
"""

import hmac
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from staydown.digests import Json, canonical
from staydown.errors import BadRequest, SealBroken
from staydown.sealing.envelope import DataKey
from staydown.sealing.key_file import make_durable

type Line = Mapping[str, Json]

FORM = 1


@dataclass(slots=True, kw_only=True)
class Archive:
    """A file that is being written."""

    key: DataKey
    _file: BinaryIO
    _mac: hmac.HMAC = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self._mac = hmac.new(self.key.secret, digestmod="sha256")

    def write(self, text: str) -> None:
        """Add text: whole lines in the end, however they are cut into calls."""
        data = text.encode()
        self._mac.update(data)
        self._file.write(data)

    def write_line(self, line: Line) -> None:
        """Add one line of ours."""
        self.write(canonical(line).decode() + "\n")

    def end(self) -> None:
        """The last line."""
        self._file.write(canonical({"mac": self._mac.hexdigest()}) + b"\n")


@contextmanager
def writing(path: Path, key: DataKey) -> Iterator[Archive]:
    """An archive that takes its place whole and durable at the end, or not at all.

    Only its owner may read it. Raises BadRequest where it cannot be written.
    """
    making = path.with_name(f".{path.name}.making")
    try:
        handle = os.open(making, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            archive = Archive(key=key, _file=file)
            yield archive
            archive.end()
            file.flush()
            os.fsync(file.fileno())
        making.replace(path)
        make_durable(path.parent)
    except OSError as error:
        raise BadRequest(f"{path} cannot be written: {error.strerror}") from error
    finally:
        making.unlink(missing_ok=True)


def read_lines(path: Path, key: DataKey) -> Iterator[dict[str, Json]]:
    """The lines between the first and the last; that all of them hold is known at the end.

    Raises BadRequest, or SealBroken where the file is damaged, cut off, or somebody else's.
    """
    mac = hmac.new(key.secret, digestmod="sha256")
    last = b""
    for line in _lines(path):
        if last:
            mac.update(last)
            yield _parse(last, path)
        last = line
    told = _parse(last, path).get("mac")
    if not isinstance(told, str) or not hmac.compare_digest(told, mac.hexdigest()):
        raise SealBroken(f"{path}: it is damaged, cut off, or not of this installation")


def read_first(path: Path, what: str) -> dict[str, Json]:
    """The first line, unchecked. Raises BadRequest if this is no such file."""
    first = next(_lines(path), b"")
    try:
        told = json.loads(first)
        is_one = told["staydown"] == what and told["form"] == FORM
    except (ValueError, KeyError, TypeError):
        is_one = False
    if not is_one:
        raise BadRequest(f"{path}: this is not the {what} of a backup")
    return dict(told)


def _parse(line: bytes, path: Path) -> dict[str, Json]:
    try:
        told = json.loads(line)
        return dict(told)
    except (ValueError, TypeError) as error:
        raise SealBroken(f"{path}: it is damaged or cut off") from error


def _lines(path: Path) -> Iterator[bytes]:
    try:
        with path.open("rb") as file:
            yield from file
    except OSError as error:
        raise BadRequest(f"{path}: it cannot be read ({error.strerror})") from error
