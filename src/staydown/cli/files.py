"""Picture files named on the command line: found, opened by locked processes, and the bad ones
named without stopping.
"""

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
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
    return _read(path, darkroom.open)


def read_views(path: Path, darkroom: Darkroom) -> tuple[Picture, ...]:
    """All that is to be looked at in `path`. Raises BadPicture, which names the file."""
    return _read(path, darkroom.views)


def _read[T](path: Path, open_data: Callable[[bytes], T]) -> T:
    try:
        if path.stat().st_size > LIMITS.max_bytes:
            raise BadPicture(f"{path}: larger than the {LIMITS.max_bytes:,} bytes that are opened")
        return open_data(path.read_bytes())
    except OSError as error:
        raise BadPicture(f"{path}: {error.strerror or 'cannot be read'}") from error
    except BadPicture as error:
        text = str(error)
        raise BadPicture(text if text.startswith(f"{path}:") else f"{path}: {text}") from error


def read_two(original: Path, found: Path) -> tuple[Picture, tuple[Picture, ...]]:
    """An original, and all that is to be looked at in a found picture.

    Raises BadPicture, which names the file.
    """
    with some_darkroom(read_darkroom()) as darkroom:
        return read_picture(original, darkroom), read_views(found, darkroom)


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


def read_each[T](
    paths: Iterable[Path], read: Callable[[Path, Darkroom], T]
) -> Iterator[tuple[Path, T | None]]:
    """Every file with what is read in it; None for a bad one, after saying what is wrong with it on
    standard error.
    """
    with some_darkroom(read_darkroom()) as darkroom:
        for path in paths:
            try:
                yield path, read(path, darkroom)
            except BadPicture as error:
                print(f"staydown: {error}", file=sys.stderr)
                yield path, None
