"""The only module that opens untrusted pictures: bytes in, one upright sRGB picture out, under
limits.

The kind of file is read from its content, never from a name or a header. Limits are checked before
pixels are decoded. An animation gives its first frame; what is transparent is shown on white.
"""

import io
import warnings
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import simplejpeg
from PIL import AvifImagePlugin, Image, ImageCms, ImageOps, UnidentifiedImageError

from staydown.digests import Digest, sha256, sha256_of_parts
from staydown.errors import BadPicture, TooCostly

type Pixels = npt.NDArray[np.uint8]
"""(height, width, 3) sRGB."""

AvifImagePlugin.DEFAULT_MAX_THREADS = 1  # a locked process can start no thread
Image.MAX_IMAGE_PIXELS = None  # our own limit is checked first, and names its number

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP", "AVIF")
STRIP = 256
"""Rows of a picture that are worked on at once."""
ORIENTATION_TAG = 0x0112  # EXIF 2.32 §4.6.4


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What we are willing to open. Checked before any pixel is decoded."""

    max_bytes: int = 40_000_000
    max_pixels: int = 100_000_000
    min_side: int = 1
    """Shortest side in pixels that may be opened at all."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An upright sRGB picture, and the digests of the file and of the pixels."""

    pixels: Pixels
    format: str
    file_digest: Digest
    pixel_digest: Digest

    @property
    def width(self) -> int:
        """In pixels, upright."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """In pixels, upright."""
        return int(self.pixels.shape[0])


def open_picture(data: bytes, limits: Limits = LIMITS) -> Picture:
    """Decode `data`. Raises BadPicture, which says what is wrong and never blames the sender."""
    check_bytes(data, limits)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(io.BytesIO(data), formats=FORMATS) as image:
                check_size(image, limits)
                kind = str(image.format)
                pixels = decode(image, data)
    except BadPicture:
        raise
    except UnidentifiedImageError as error:
        raise BadPicture(
            f"not a picture of a kind that is opened ({', '.join(FORMATS)})"
        ) from error
    except MemoryError as error:
        raise TooCostly("the picture needs more memory than one picture may take") from error
    except Exception as error:  # decoders raise whatever they like on damaged files
        raise BadPicture(
            f"the picture is damaged or incomplete ({type(error).__name__})"
        ) from error
    return picture_of(pixels, kind, sha256(data))


def picture_of(pixels: Pixels, kind: str, file_digest: Digest) -> Picture:
    """A picture made of pixels that are already trusted."""
    pixels = np.ascontiguousarray(pixels)
    shape = f"{pixels.shape[1]}x{pixels.shape[0]}:".encode()
    return Picture(
        pixels=pixels,
        format=kind,
        file_digest=file_digest,
        pixel_digest=sha256_of_parts(shape, memoryview(pixels).cast("B")),
    )


def check_bytes(data: bytes, limits: Limits) -> None:
    """Raises BadPicture if there are none, or more than we open."""
    if not data:
        raise BadPicture("the file is empty")
    if len(data) > limits.max_bytes:
        raise BadPicture(
            f"the file has {len(data):,} bytes; at most {limits.max_bytes:,} are opened"
        )


def check_size(image: Image.Image, limits: Limits) -> None:
    """Raises BadPicture if the header announces more pixels than we open."""
    width, height = image.size
    if width * height > limits.max_pixels:
        raise BadPicture(
            f"the picture has {width}×{height} pixels; at most {limits.max_pixels:,} are opened"
        )
    if min(width, height) < limits.min_side:
        raise BadPicture(f"the picture has {width}×{height} pixels: nothing to see")


def decode(image: Image.Image, data: bytes) -> Pixels:
    """Upright sRGB pixels of an opened file; one path per kind of file, so that fingerprints do not
    depend on it.
    """
    orientation = image.getexif().get(ORIENTATION_TAG, 1)
    profile = image.info.get("icc_profile")
    if image.format == "JPEG" and image.mode in ("RGB", "L"):
        pixels = simplejpeg.decode_jpeg(data, colorspace="RGB")
        if profile is None and orientation == 1:  # most uploads: nothing is left to do
            return np.asarray(pixels, dtype=np.uint8)
        flat = Image.fromarray(pixels)
    else:
        image.load()
        flat = flatten(image)
    flat = to_srgb(flat, profile, source_mode=image.mode)
    if orientation != 1:
        flat.getexif()[ORIENTATION_TAG] = orientation
        flat = ImageOps.exif_transpose(flat)
    return np.asarray(flat.convert("RGB"), dtype=np.uint8)


def flatten(image: Image.Image) -> Image.Image:
    """RGB, eight bits, opaque: palettes looked up, sixteen bits scaled, what is transparent on
    white.
    """
    if image.mode in ("I;16", "I;16B", "I;16L", "I"):
        deep = np.asarray(image).clip(0, 65535)  # shifted where it lies: 16 bits a pixel, not 64
        return Image.fromarray((deep >> 8).astype(np.uint8)).convert("RGB")
    if image.mode == "F":
        return Image.fromarray(np.asarray(image).clip(0, 255).astype(np.uint8)).convert("RGB")
    if image.has_transparency_data:
        return lay_on_white(image)
    return image.convert("RGB")


def lay_on_white(image: Image.Image) -> Image.Image:
    """What is transparent shown on white, RGB; a strip at a time, so that no second copy of a
    large picture lies in memory.
    """
    shown = Image.new("RGB", image.size)
    for top in range(0, image.height, STRIP):
        seen = image.crop((0, top, image.width, min(top + STRIP, image.height))).convert("RGBA")
        white = Image.new("RGBA", seen.size, "white")
        shown.paste(Image.alpha_composite(white, seen).convert("RGB"), (0, top))
    return shown


def to_srgb(image: Image.Image, profile: bytes | None, *, source_mode: str) -> Image.Image:
    """Apply an RGB colour profile; one that is broken, or for another space than RGB, is passed
    over.
    """
    if not profile or source_mode not in ("RGB", "RGBA", "P"):
        return image
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        target = ImageCms.createProfile("sRGB")
        shown = ImageCms.profileToProfile(image, source, target, outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError):
        return image
    return shown if shown is not None else image


def encode_jpeg(pixels: Pixels, quality: int = 88) -> bytes:
    """`pixels` as a JPEG file, `quality` 1 to 100."""
    return bytes(
        simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality=quality, colorspace="RGB")
    )


def encode_as(pixels: Pixels, kind: str) -> bytes:
    """`pixels` as a file of one of FORMATS, as its library writes it by default."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, kind)
    return file.getvalue()


def encode_png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """(h, w, 3) colour or (h, w) grey as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG", compress_level=3)
    return file.getvalue()
