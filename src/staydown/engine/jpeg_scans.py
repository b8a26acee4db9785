"""What decoding a JPEG will take, told from its markers (ITU-T T.81 §B) before a pixel is decoded.

A picture that comes in several scans has to be held whole, as coefficients, until the last of them;
and each scan may cost as much as a picture of its own.
"""

import re
from dataclasses import dataclass
from typing import Final

from staydown.errors import BadPicture

MOST_COEFFICIENTS: Final = 160_000_000
"""Of two bytes each: a hundred million pixels with colours at half the size."""
MOST_SCANNED: Final = 2_500_000_000
"""Pixels times scans: a hundred million pixels may come in 25 scans, one million in 2,500."""

MARKER: Final = re.compile(rb"\xff+[^\x00\xd0-\xd7\xff]")
"""One that ends the data of a scan: no stuffed zero, no restart (§B.1.1.2)."""
FRAMES: Final = frozenset({*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC})
START_OF_SCAN: Final = 0xDA
END_OF_IMAGE: Final = 0xD9


@dataclass(frozen=True, slots=True, kw_only=True)
class Scans:
    """How many pixels and coefficients a JPEG has, and in how many scans they come."""

    pixels: int = 0
    coefficients: int = 0
    count: int = 0
    components: int = 0
    in_first: int = 0
    """Components in the first scan: with fewer than all, the others follow."""

    @property
    def is_held(self) -> bool:
        """Whether it has to be held whole."""
        return self.count > 1 or self.in_first < self.components


def check_scans(data: bytes) -> None:
    """Raises BadPicture if decoding it would take more than one picture may."""
    scans = read_scans(data)
    if scans.is_held and scans.coefficients > MOST_COEFFICIENTS:
        raise BadPicture(
            f"a JPEG of {scans.pixels:,} pixels that comes in several scans is too large: "
            "save it as a baseline JPEG"
        )
    if scans.count * scans.pixels > MOST_SCANNED:
        raise BadPicture(f"the JPEG comes in {scans.count} scans, which is too many for its size")


def read_scans(data: bytes) -> Scans:
    """What the markers say; what is damaged is left to the decoder to refuse."""
    place, pixels, coefficients, components, in_first, count = 2, 0, 0, 0, 0, 0
    while found := MARKER.search(data, place):
        marker, place = data[found.end() - 1], found.end()
        if marker == END_OF_IMAGE:
            break
        segment = data[place + 2 : place + int.from_bytes(data[place : place + 2], "big")]
        place += 2 + len(segment)
        if marker in FRAMES and len(segment) >= 6 and not components:
            pixels, coefficients = _size_of(segment)
            components = segment[5]
        elif marker == START_OF_SCAN and segment:
            in_first = in_first or segment[0]
            count += 1
    return Scans(
        pixels=pixels,
        coefficients=coefficients,
        count=count,
        components=components,
        in_first=in_first,
    )


def without_rubbish(data: bytes) -> bytes:
    """`data` without what some cameras leave between its parts, before its first scan."""
    parts, place = [data[:2]], 2
    while found := MARKER.search(data, place):
        if data[found.end() - 1] == START_OF_SCAN:
            return b"".join([*parts, data[found.start() :]])
        length = int.from_bytes(data[found.end() : found.end() + 2], "big")
        place = found.end() + length
        parts.append(data[found.start() : place])
    return data


def _size_of(frame: bytes) -> tuple[int, int]:
    """Pixels and coefficients that a frame header announces (§B.2.2)."""
    pixels = int.from_bytes(frame[1:3], "big") * int.from_bytes(frame[3:5], "big")
    samplings = [frame[7 + 3 * number] for number in range(frame[5]) if 7 + 3 * number < len(frame)]
    areas = [(one >> 4) * (one & 15) for one in samplings]
    most = max((one >> 4 for one in samplings), default=1) * max(
        (one & 15 for one in samplings), default=1
    )
    return pixels, pixels * sum(areas) // max(1, most)
