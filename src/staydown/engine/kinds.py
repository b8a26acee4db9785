"""What kind of file some bytes are, told from how they begin; names, endings and headers are never
asked.

Kinds that are opened have a most of pixels each: so many as their decoder gets through within the
limits of time and memory (docs/adr/0012). All others are refused by their name.
"""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from staydown.errors import BadPicture


class Kind(StrEnum):
    """The kinds that are opened."""

    JPEG = "JPEG"
    PNG = "PNG"
    GIF = "GIF"
    WEBP = "WEBP"
    AVIF = "AVIF"
    HEIF = "HEIF"
    TIFF = "TIFF"
    BMP = "BMP"


OPENED: Final = "JPEG, PNG, GIF, WebP, AVIF, HEIC, TIFF or BMP"
"""The kinds as people call them."""

JPEG_PIXELS: Final = 100_000_000
PLAIN_PIXELS: Final = 50_000_000
CODED_PIXELS: Final = 25_000_000
WEBP_PIXELS: Final = 16_800_000
"""Its decoder holds a picture five times over."""

MOST_PIXELS: Final[Mapping[Kind, int]] = MappingProxyType(
    {
        Kind.JPEG: JPEG_PIXELS,
        Kind.PNG: PLAIN_PIXELS,
        Kind.BMP: PLAIN_PIXELS,
        Kind.GIF: CODED_PIXELS,
        Kind.AVIF: CODED_PIXELS,
        Kind.HEIF: CODED_PIXELS,
        Kind.TIFF: CODED_PIXELS,  # Pillow turns it upright itself, in a second copy
        Kind.WEBP: WEBP_PIXELS,
    }
)

type Marks = Mapping[bytes, str]

BEGINNINGS: Final[Marks] = MappingProxyType(
    {
        b"%PDF-": "a PDF",
        b"%!PS": "a PostScript drawing",
        b"\xc5\xd0\xd3\xc6": "a PostScript drawing",
        b"8BPS": "a Photoshop file",
        b"gimp xcf": "a GIMP file",
        b"\xff\x0a": "JPEG XL",
        b"\0\0\0\x0cJXL \r\n\x87\n": "JPEG XL",
        b"\0\0\0\x0cjP  \r\n\x87\n": "JPEG 2000",
        b"\xff\x4f\xff\x51": "JPEG 2000",
        b"II\xbc\x01": "JPEG XR",
        b"\0\0\x01\0": "an icon",
        b"\0\0\x02\0": "a cursor",
        b"FUJIFILMCCD-RAW": "a camera's raw file",
        b"IIRO": "a camera's raw file",
        b"IIRS": "a camera's raw file",
        b"MMOR": "a camera's raw file",
        b"IIU\0": "a camera's raw file",
        b"FOVb": "a camera's raw file",
        b"\0MRM": "a camera's raw file",
        b"qoif": "a QOI picture",
        b"DDS ": "a DirectDraw texture",
        b"BLP1": "a game texture",
        b"BLP2": "a game texture",
        b"\x01\xda": "an SGI picture",
        b"v/1\x01": "an OpenEXR picture",
        b"#?RADIANCE": "a Radiance picture",
        b"SIMPLE  =": "a FITS picture",
        b"/* XPM */": "an XPM picture",
        b"DanM": "a Paint 1.0 picture",
        b"LinS": "a Paint 1.0 picture",
        b"AT&TFORM": "a DjVu document",
        b"\xd7\xcd\xc6\x9a": "a Windows metafile",
        b"\x01\0\0\0\x58\0\0\0": "a Windows metafile",
        b"\x1aE\xdf\xa3": "a video (Matroska or WebM)",
        b"FLV\x01": "a video (Flash)",
        b"\0\0\x01\xba": "a video (MPEG)",
        b"\0\0\x01\xb3": "a video (MPEG)",
        b"0&\xb2u\x8ef\xcf\x11": "a video (Windows Media)",
        b"OggS": "a video or sound (Ogg)",
        b"ID3": "sound (MP3)",
        b"fLaC": "sound (FLAC)",
        b"PK\x03\x04": "an archive or document (ZIP)",
        b"\x1f\x8b": "compressed data (gzip)",
        b"7z\xbc\xaf": "an archive (7z)",
        b"Rar!": "an archive (RAR)",
        b"{\\rtf": "a document (RTF)",
        b"\xd0\xcf\x11\xe0": "a document (Office)",
        b"MZ": "a program",
        b"\x7fELF": "a program",
    }
)
"""How files begin that are not opened, and what to call them."""

RIFFS: Final[Marks] = MappingProxyType({b"AVI ": "a video (AVI)", b"WAVE": "sound (WAVE)"})
TEXTS: Final[Marks] = MappingProxyType(
    {b"<svg": "an SVG drawing", b"<!doctype html": "a web page", b"<html": "a web page"}
)
LOOK_BYTES: Final = 4096
"""How far into a text its kind may be told."""
BYTE_ORDER: Final = b"\xef\xbb\xbf"
"""How some texts in UTF-8 begin."""
HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"hevm", b"hevs"}
)
AVIF_BRANDS: Final = frozenset({b"avif", b"avis"})
SOME_HEIF: Final = frozenset({b"mif1", b"mif2", b"msf1", b"miaf"})
"""Brands that do not say how the picture is coded (ISO/IEC 23008-12): the next ones do."""
RAW_BRANDS: Final = frozenset({b"crx "})
MOST_BRANDS: Final = 32


def kind_of(data: bytes) -> Kind:
    """The kind of a file that is opened. Raises BadPicture, which names what it is otherwise."""
    if kind := _opened(data):
        return kind
    what = _refused(data) or "this kind of file"
    raise BadPicture(f"{what} is not opened: send a picture as {OPENED}")


def _opened(data: bytes) -> Kind | None:
    if data[:3] == b"\xff\xd8\xff":
        return Kind.JPEG
    if data[:8] == b"\x89PNG\r\n\x1a\n":
        return Kind.PNG
    if data[:6] in (b"GIF87a", b"GIF89a"):
        return Kind.GIF
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return Kind.WEBP
    if data[:4] in (b"II*\0", b"MM\0*", b"II+\0", b"MM\0+"):
        return Kind.TIFF
    if data[:2] == b"BM":
        return Kind.BMP
    return _in_boxes(data) if data[4:8] == b"ftyp" else None


def _in_boxes(data: bytes) -> Kind | None:
    """The kind of what lies in boxes (ISO/IEC 14496-12): its main brand, then what it is like."""
    length = min(int.from_bytes(data[:4], "big"), 16 + 4 * MOST_BRANDS, len(data))
    main, *others = (data[place : place + 4] for place in (8, *range(16, length, 4)))
    for brand in [main, *others] if main in SOME_HEIF else [main]:
        if brand in AVIF_BRANDS:
            return Kind.AVIF
        if brand in HEIF_BRANDS:
            return Kind.HEIF
    return Kind.HEIF if main in SOME_HEIF else None


def _refused(data: bytes) -> str | None:
    """What the file is called, if we know."""
    for mark, name in BEGINNINGS.items():
        if data.startswith(mark):
            return name
    if data[4:8] == b"ftyp":
        return "a camera's raw file" if data[8:12] in RAW_BRANDS else "a video"
    if data[4:8] in (b"moov", b"mdat", b"wide", b"skip"):
        return "a video"
    if data[:4] == b"RIFF":
        return RIFFS.get(data[8:12])
    if data[:1] == b"P" and data[1:2] in b"1234567fF" and data[2:3].isspace():
        return "a PNM picture (PBM, PGM, PPM)"
    return _text(data[:LOOK_BYTES])


def _text(beginning: bytes) -> str | None:
    words = beginning.lower()
    for mark, name in TEXTS.items():
        if mark in words and words.removeprefix(BYTE_ORDER).lstrip().startswith(b"<"):
            return name
    return "text" if _is_readable(beginning) else None


def _is_readable(beginning: bytes) -> bool:
    beginning = beginning.removeprefix(BYTE_ORDER)
    try:
        text = beginning.decode()  # a locked process finds no other codec than this one
    except UnicodeDecodeError as error:
        if error.start < len(beginning) - 3:  # else a letter was cut
            return False
        text = beginning[: error.start].decode()
    return all(letter.isprintable() or letter.isspace() for letter in text)
