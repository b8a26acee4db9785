"""The door for untrusted pictures: bytes in, upright sRGB pictures out, under limits.

The kind of file is read from its content, never from a name or a header. Limits are checked before
pixels are decoded. An upload may show several things (`views`); `open_views` gives those that are
to be looked at, `open_picture` the first, or one that was looked at before.
"""

import io
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import simplejpeg
from PIL import Image, UnidentifiedImageError

from staydown.digests import Digest, sha256, sha256_of_parts
from staydown.engine.decoding import (
    Leaf,
    frames_of,
    is_animated,
    load_frame,
    load_still,
    opened,
    shown_ms,
)
from staydown.engine.kinds import MOST_PIXELS, Kind, kind_of
from staydown.engine.views import FIRST, Shown, View, choose, sketch, without_repeats
from staydown.errors import BadPicture, TooCostly

type Pixels = npt.NDArray[np.uint8]
"""(height, width, 3) sRGB."""

MAX_FRAMES = 1_000
MAX_FRAME_PIXELS = 200_000_000
"""Pixels of all frames of an animation together: each of them is looked through."""
OURS = re.compile(r"<|(^|\s)/")
"""An object of ours, or a path."""
MAX_SAID = 100
"""Letters of what a decoder says that are passed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What we are willing to open. Checked before any pixel is decoded."""

    max_bytes: int = 40_000_000
    max_pixels: int = 100_000_000
    """Whatever the kind; a kind may allow fewer (engine.kinds)."""
    min_side: int = 1
    """Shortest side in pixels that may be opened at all."""


LIMITS = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """An upright sRGB picture, and the digests of the file and of the pixels.

    `view` says which of the file's views it is. Of a large file the pixels are shrunk: `full_size`
    is the width and height that it has, upright.
    """

    pixels: Pixels
    format: str
    file_digest: Digest
    pixel_digest: Digest
    view: View
    full_size: tuple[int, int]

    @property
    def width(self) -> int:
        """In pixels, upright."""
        return int(self.pixels.shape[1])

    @property
    def height(self) -> int:
        """In pixels, upright."""
        return int(self.pixels.shape[0])


def open_picture(data: bytes, limits: Limits = LIMITS, view: View = FIRST) -> Picture:
    """One view of `data`, decoded. Raises BadPicture, which says what is wrong and never blames the
    sender.
    """
    with _opening(data, limits) as (image, kind):
        leaf = _leaf_of(image, kind, data, view.frame, limits)
        pixels = leaf.paint(view.ground)
    return picture_of(pixels, kind, sha256(data), view=view, full_size=leaf.full_size)


def open_own(data: bytes) -> Pixels:
    """(h, w, 3) of a PNG that this house wrote and sealed: no other kind is opened, for it is done
    without any lock. Raises BadPicture.
    """
    if kind_of(data) is not Kind.PNG:
        raise BadPicture("not a picture of ours")
    return open_picture(data).pixels


def open_views(data: bytes, limits: Limits = LIMITS) -> tuple[Picture, ...]:
    """Everything in `data` that is to be looked at: one picture, or up to MAX_VIEWS of what is
    animated or transparent. Raises BadPicture.
    """
    with _opening(data, limits) as (image, kind):
        if is_animated(image, kind):
            check_frames(image)
            chosen = choose(_frames(image, kind, limits))
        else:
            leaf = load_still(image, kind, data)
            if len(leaf.grounds) == 1:
                pixels = leaf.paint(FIRST.ground)
                return (picture_of(pixels, kind, sha256(data), full_size=leaf.full_size),)
            chosen = without_repeats(_on_grounds(leaf, frame=0, milliseconds=0))
    digest = sha256(data)
    return tuple(
        picture_of(one.raster, kind, digest, view=one.view, full_size=one.full_size)
        for one in chosen
    )


def _frames(image: Image.Image, kind: Kind, limits: Limits) -> Iterator[Shown]:
    for number in range(frames_of(image)):
        leaf = _seek(image, kind, number, limits)
        on_grounds = _on_grounds(leaf, frame=number, milliseconds=shown_ms(image))
        yield from without_repeats(on_grounds)


def _on_grounds(leaf: Leaf, *, frame: int, milliseconds: int) -> Iterator[Shown]:
    for ground in leaf.grounds:
        raster = leaf.paint(ground)
        yield Shown(
            view=View(frame=frame, ground=ground),
            raster=raster,
            full_size=leaf.full_size,
            sketch=sketch(raster),
            milliseconds=milliseconds,
        )


def _seek(image: Image.Image, kind: Kind, frame: int, limits: Limits) -> Leaf:
    image.seek(frame)
    check_size(image, kind, limits)  # a frame may claim to be larger than its picture
    return load_frame(image, kind)


def _leaf_of(image: Image.Image, kind: Kind, data: bytes, frame: int, limits: Limits) -> Leaf:
    if is_animated(image, kind):
        check_frames(image)
        return _seek(image, kind, frame, limits)
    if frame:
        raise BadPicture("the picture has no such frame")
    return load_still(image, kind, data)


@contextmanager
def _opening(data: bytes, limits: Limits) -> Iterator[tuple[Image.Image, Kind]]:
    """The file with its header read and within limits; whatever goes wrong is BadPicture."""
    check_bytes(data, limits)
    kind = kind_of(data)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with opened(data, kind) as image:
                check_size(image, kind, limits)
                yield image, kind
    except BadPicture:
        raise
    except MemoryError as error:
        raise TooCostly("the picture needs more memory than one picture may take") from error
    except Exception as error:  # decoders raise whatever they like on damaged files
        raise BadPicture(
            f"the picture is damaged or incomplete ({kind}: {_said(error)})"
        ) from error


def _said(error: Exception) -> str:
    """What a decoder said, if it can be shown to people: no addresses, no file names of ours."""
    if isinstance(error, UnidentifiedImageError):
        return "its header cannot be read"
    said = " ".join(str(error).split())
    is_fit = said.isprintable() and not OURS.search(said) and len(said) > 3
    return said[:MAX_SAID] if is_fit else type(error).__name__


def picture_of(
    pixels: Pixels,
    kind: str,
    file_digest: Digest,
    *,
    view: View = FIRST,
    full_size: tuple[int, int] | None = None,
) -> Picture:
    """A picture made of pixels that are already trusted; as large as they are, if nothing else is
    said.
    """
    pixels = np.ascontiguousarray(pixels)
    height, width = pixels.shape[:2]
    shape = f"{width}x{height}:".encode()
    return Picture(
        pixels=pixels,
        format=str(kind),
        file_digest=file_digest,
        pixel_digest=sha256_of_parts(shape, memoryview(pixels).cast("B")),
        view=view,
        full_size=full_size or (width, height),
    )


def check_bytes(data: bytes, limits: Limits) -> None:
    """Raises BadPicture if there are none, or more than we open."""
    if not data:
        raise BadPicture("the file is empty")
    if len(data) > limits.max_bytes:
        raise BadPicture(
            f"the file has {len(data):,} bytes; at most {limits.max_bytes:,} are opened"
        )


def check_size(image: Image.Image, kind: Kind, limits: Limits) -> None:
    """Raises BadPicture if the header announces more pixels than we open."""
    width, height = image.size
    most = min(limits.max_pixels, MOST_PIXELS[kind])
    if width * height > most:
        raise BadPicture(
            f"the picture has {width}×{height} pixels; at most {most:,} are opened of a {kind} file"
        )
    if min(width, height) < limits.min_side:
        raise BadPicture(f"the picture has {width}×{height} pixels: nothing to see")


def check_frames(image: Image.Image) -> None:
    """Raises BadPicture if an animation has more frames, or more pixels in all, than we look
    through.
    """
    count, (width, height) = frames_of(image), image.size
    if count > MAX_FRAMES or count * width * height > MAX_FRAME_PIXELS:
        raise BadPicture(
            f"the animation has {count:,} frames of {width}×{height} pixels; at most {MAX_FRAMES:,}"
            f" frames and {MAX_FRAME_PIXELS:,} pixels in all are looked through"
        )


def encode_jpeg(pixels: Pixels, quality: int = 88) -> bytes:
    """`pixels` as a JPEG file, `quality` 1 to 100."""
    return bytes(
        simplejpeg.encode_jpeg(np.ascontiguousarray(pixels), quality=quality, colorspace="RGB")
    )


def encode_as(pixels: Pixels, kind: Kind) -> bytes:
    """`pixels` as a file of one of the kinds but HEIF, as its library writes it by default."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, kind)
    return file.getvalue()


def encode_png(pixels: npt.NDArray[np.uint8]) -> bytes:
    """(h, w, 3) colour or (h, w) grey as a PNG file."""
    file = io.BytesIO()
    Image.fromarray(np.ascontiguousarray(pixels)).save(file, "PNG", compress_level=3)
    return file.getvalue()
