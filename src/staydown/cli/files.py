"""Picture files named on the command line: found, opened by locked processes, and the bad ones
named without stopping.
"""

import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from staydown.assembly.darkroom import some_darkroom
from staydown.engine.darkroom import Darkroom, InThisProcess
from staydown.engine.pictures import LIMITS, Picture
from staydown.errors import BadPicture, BadRequest
from staydown.settings import read_darkroom


def read_picture(path: Path, darkroom: Darkroom = InThisProcess()) -> Picture:  # noqa: B008 -- a value
    """The picture in `path`, opened in `darkroom`: in this process, if the file is ours.

    Raises BadPicture, which names the file.
    """
    try:
        if path.stat().st_size > LIMITS.max_bytes:
            raise BadPicture(f"{path}: larger than the {LIMITS.max_bytes:,} bytes that are opened")
        return darkroom.open(path.read_bytes())
    except OSError as error:
        raise BadPicture(f"{path}: {error.strerror or 'cannot be read'}") from error
    except BadPicture as error:
        text = str(error)
        raise BadPicture(text if text.startswith(f"{path}:") else f"{path}: {text}") from error


def read_two(one: Path, other: Path) -> tuple[Picture, Picture]:
    """Both pictures. Raises BadPicture, which names the file."""
    with some_darkroom(read_darkroom()) as darkroom:
        return read_picture(one, darkroom), read_picture(other, darkroom)


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
    with some_darkroom(read_darkroom()) as darkroom:
        for path in paths:
            try:
                yield path, read_picture(path, darkroom)
            except BadPicture as error:
                print(f"staydown: {error}", file=sys.stderr)
                yield path, None
