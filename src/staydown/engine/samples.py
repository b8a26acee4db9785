"""Small files of our own, of every kind and manner that is opened and that our libraries write: for
rehearsing, and for looking whether an installation opens them.

HEIC is not among them: what decodes it comes without what encodes it.
"""

import io
from collections.abc import Iterator
from typing import Final

import numpy as np
from PIL import Image, ImageCms

from staydown.engine.decoding import ORIENTATION
from staydown.engine.kinds import Kind
from staydown.engine.rasters import Raster

MODES: Final = {
    Kind.JPEG: ("L", "CMYK"),
    Kind.PNG: ("1", "L", "LA", "P", "RGBA", "I;16"),
    Kind.GIF: ("P", "L"),
    Kind.WEBP: ("RGBA",),
    Kind.AVIF: ("RGBA",),
    Kind.TIFF: ("L", "P", "RGBA", "CMYK", "I;16", "F", "LAB"),
    Kind.BMP: ("P", "L"),
}
"""Beside RGB, which all of them have."""
MOVING: Final = (Kind.GIF, Kind.PNG, Kind.WEBP, Kind.AVIF)
TIFF_CODINGS: Final = ("tiff_lzw", "tiff_adobe_deflate", "jpeg", "packbits")


def samples(pixels: Raster) -> Iterator[bytes]:
    """(h, w, 3) `pixels` in every manner."""
    picture = Image.fromarray(np.ascontiguousarray(pixels))
    for kind, modes in MODES.items():
        yield _saved(picture, kind, icc_profile=_some_profile(), exif=_lying())
        for mode in modes:
            yield _saved(_in_mode(picture, mode), kind)
    for kind in MOVING:
        mirrored = picture.transpose(Image.Transpose.FLIP_LEFT_RIGHT)
        yield _saved(picture, kind, save_all=True, append_images=[mirrored], duration=100)
    yield _saved(picture, "MPO", save_all=True, append_images=[picture])
    for coding in TIFF_CODINGS:
        yield _saved(picture, Kind.TIFF, compression=coding)


def _in_mode(picture: Image.Image, mode: str) -> Image.Image:
    if mode in ("I;16", "F"):
        grey = np.asarray(picture.convert("L"))
        return Image.fromarray(grey * np.uint16(257) if mode == "I;16" else grey.astype("f4"))
    if mode == "LAB":
        return ImageCms.profileToProfile(  # type: ignore[return-value]  # it is, unless in place
            picture, ImageCms.createProfile("sRGB"), ImageCms.createProfile("LAB"), outputMode=mode
        )
    return picture.convert(mode)


def _saved(picture: Image.Image, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    picture.save(file, kind, **options)
    return file.getvalue()


def _some_profile() -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def _lying() -> Image.Exif:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    return exif
