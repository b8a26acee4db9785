"""The photographs that a benchmark is given, read once each: where they lie, how large they are,
and their PDQ hashes.

A file that holds no picture is passed over, and counted. Nothing here looks at what a picture
shows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from staydown.cli.files import read_picture
from staydown.digests import Digest
from staydown.engine.pdq import DihedralHashes, hash_pixels
from staydown.errors import BadPicture, BadRequest

type Bits = npt.NDArray[np.uint8]
"""(8, 32): a PDQ hash in each of the eight turns, packed, as the picture stands first."""

ENDINGS = frozenset({".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".bmp", ".gif", ".avif"})
MIN_SIDE = 100
"""Shortest side in pixels of a photograph that is taken into a benchmark."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photograph:
    """A file that holds a photograph. `hashes` is None where there is too little to see."""

    path: Path
    digest: Digest
    width: int
    height: int
    hashes: Bits | None

    @property
    def size_pixels(self) -> int:
        """Width times height."""
        return self.width * self.height


def list_candidates(folders: Sequence[Path]) -> list[Path]:
    """Every file below the folders whose name ends as a picture's does, in order of their names.
    Raises BadRequest for what is not a folder.
    """
    for folder in folders:
        if not folder.is_dir():
            raise BadRequest(f"{folder}: not a folder of photographs")
    inside = {one for folder in folders for one in folder.rglob("*") if one.is_file()}
    return sorted(one for one in inside if one.suffix.lower() in ENDINGS)


def usable(read: Iterable[Photograph | None], *, min_side: int = MIN_SIDE) -> list[Photograph]:
    """Those that are photographs of at least `min_side` pixels; a file that lies there twice is
    taken once.
    """
    found: dict[Digest, Photograph] = {}
    for one in read:
        if one is not None and min(one.width, one.height) >= min_side:
            found.setdefault(one.digest, one)
    return list(found.values())


def read_photograph(path: Path) -> Photograph | None:
    """What `path` holds; None if that is no picture that we open."""
    try:
        picture = read_picture(path)
    except BadPicture:
        return None
    return Photograph(
        path=path,
        digest=picture.file_digest,
        width=picture.width,
        height=picture.height,
        hashes=pack_turns(hash_pixels(picture.pixels)),
    )


def pack_turns(hashes: object) -> Bits | None:
    """The eight hashes as rows; None for a picture that has none."""
    if not isinstance(hashes, DihedralHashes):
        return None
    joined = b"".join(one.bits for one in hashes.variants)
    return np.frombuffer(joined, np.uint8).reshape(8, 32)
