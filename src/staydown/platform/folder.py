"""What a platform shows, where that is the files of one folder: the name of each is its path in it.

Nothing outside of the folder is read: no link is followed, whatever it is called.
"""

import os
import stat
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from staydown.casework.existing import MAX_LISTED, Listed, Page
from staydown.casework.uploads import MAX_REF
from staydown.errors import NotFetched

OPENING = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
PIECE_BYTES = 1 << 20


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderOfPictures:
    """A folder that the platform serves its pictures from. Files that begin with a dot are none."""

    folder: Path
    max_bytes: int

    def page(self, after: str) -> Page:
        """The next files, in the order of their paths. Raises NotFetched without the folder."""
        if not self.folder.is_dir():
            raise NotFetched("the folder of what is published is not there")
        names = sorted(self._names())
        first = bisect_right(names, after)
        some = names[first : first + MAX_LISTED]
        is_last = first + MAX_LISTED >= len(names)
        return Page(
            listed=tuple(Listed(content_ref=name, place=name) for name in some),
            next="" if is_last else some[-1],
        )

    def read(self, listed: Listed) -> bytes:
        """The bytes of one file. Raises NotFetched if it is gone, no plain file, or too large."""
        try:
            return self._read(listed.place)
        except OSError as error:
            raise NotFetched("the file is not there any more, or cannot be read") from error

    def _names(self) -> Iterator[str]:
        for folder, folders, files in os.walk(self.folder):  # follows no link
            folders[:] = [name for name in folders if not name.startswith(".")]
            for name in files:
                path = os.path.relpath(os.path.join(folder, name), self.folder)
                if not name.startswith(".") and len(path) <= MAX_REF and path.isprintable():
                    yield path

    def _read(self, name: str) -> bytes:
        file = os.open(self.folder / name, OPENING)
        with os.fdopen(file, "rb") as opened:
            is_plain = stat.S_ISREG(os.fstat(file).st_mode)
            if not is_plain or not self._holds(file):
                raise NotFetched("it is no plain file of the folder")
            data = opened.read(self.max_bytes + 1)
        if len(data) > self.max_bytes:
            raise NotFetched(f"it has more than the {self.max_bytes} bytes that are accepted")
        return data

    def _holds(self, file: int) -> bool:
        """Whether the file that is open lies in the folder: a folder above may be a link by now."""
        return Path(f"/proc/self/fd/{file}").resolve().is_relative_to(self.folder.resolve())
