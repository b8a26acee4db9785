"""Picture files named on the command line: found, read under the limits, and the bad ones named
without stopping.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from staydown.engine.pictures import LIMITS, Picture, open_picture
from staydown.errors import BadPicture, BadRequest


def read_picture(path: Path) -> Picture:
    """The picture in `path`. Raises BadPicture, which names the file."""
    try:
        if path.stat().st_size > LIMITS.max_bytes:
            raise BadPicture(f"{path}: larger than the {LIMITS.max_bytes:,} bytes that are opened")
        return open_picture(path.read_bytes())
    except OSError as error:
        raise BadPicture(f"{path}: {error.strerror or 'cannot be read'}") from error
    except BadPicture as error:
        text = str(error)
        raise BadPicture(text if text.startswith(f"{path}:") else f"{path}: {text}") from error


def list_files(paths: Sequence[Path]) -> list[Path]:
    """The files named, and all files in the folders named, in the order of their names. Raises
    BadRequest if none is.
    """
    found: list[Path] = []
    for path in paths:
        inside = (
            sorted(one for one in path.rglob("*") if one.is_file()) if path.is_dir() else [path]
        )
        found.extend(inside)
    if not found:
        raise BadRequest("no pictures were named, and no folder named holds any")
    return found


def read_each(paths: Iterable[Path]) -> Iterator[tuple[Path, Picture | None]]:
    """Every file with its picture; None for a bad one, after saying what is wrong with it on
    standard error.
    """
    for path in paths:
        try:
            yield path, read_picture(path)
        except BadPicture as error:
            print(f"staydown: {error}", file=sys.stderr)
            yield path, None
