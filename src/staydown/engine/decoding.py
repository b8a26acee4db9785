"""Decodes files of the kinds that are opened, one path a kind, so that fingerprints do not depend
on the path. Nothing else in the house reads a picture's bytes.

A large picture is decoded at a half (a third, …) of its size, and how much smaller follows from its
header alone: so what is made of it stays within bounds.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pi_heif
import simplejpeg
from PIL import AvifImagePlugin, Image, MpoImagePlugin

from staydown.engine.colouring import Colours, colours_of, lay_on, transparency_of
from staydown.engine.jpeg_scans import check_scans, without_rubbish
from staydown.engine.kinds import Kind
from staydown.engine.rasters import UPRIGHT, Raster, blank, put, stand_up, strips, turned_size
from staydown.engine.views import MAX_VIEWS, Ground

AvifImagePlugin.DEFAULT_MAX_THREADS = 1
pi_heif.register_heif_opener(
    decode_threads=0, thumbnails=False, depth_images=False, aux_images=False
)
Image.MAX_IMAGE_PIXELS = None
"""Our own limit is checked first, and names its number."""
LOADED: Final = (MpoImagePlugin,)
"""Else Pillow would load it when it is first needed, which a locked process cannot."""

WHOLE_PIXELS: Final = 25_000_000
"""So many pixels of one upload are kept, all its views together; larger ones are shrunk."""
ORIENTATION: Final = 0x0112
"""The tag of EXIF 2.32 §4.6.4."""
ANIMATED: Final = frozenset({Kind.GIF, Kind.PNG, Kind.WEBP, Kind.AVIF})
"""Kinds whose frames follow each other in time. Other kinds' further pictures are not shown."""
TURNED_BY_DECODER: Final = frozenset({Kind.TIFF})
MIN_TRANSPARENT: Final = 0.005
"""Share of a picture that has to be transparent for its ground to matter."""
LEVELS: Final = {Ground.WHITE: 255, Ground.BLACK: 0}
HARMLESS: Final = ("extraneous bytes before marker", "unknown JFIF revision", "bad ICC marker")
"""What the JPEG decoder warns of although no pixel is missing."""
USUAL_MS: Final = 100
"""How long a frame is shown whose file does not say so, as browsers have it."""
MIN_MS: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One decoded frame: its size in pixels, how to get at a strip of it from top to bottom, how to
    read its colours and turn it, and what it may be laid on.

    `factor` is by how much it is still to be shrunk; `full_size` is the width and height that the
    file has, upright.
    """

    width: int
    height: int
    strip: Callable[[int, int], Image.Image]
    colours: Colours
    grounds: tuple[Ground, ...]
    orientation: int
    factor: int
    full_size: tuple[int, int]
    whole: Raster | None = None
    """All of it, where it is in colours that are to be seen."""

    def paint(self, ground: Ground) -> Raster:
        """(h, w, 3) as it is to be seen on `ground`, upright and shrunk."""
        if self.whole is not None and (self.colours.is_plain or ground is Ground.BARE):
            return stand_up(self.whole, self.orientation)
        painted = blank(self.width, self.height, self.factor)
        for top, bottom in strips(self.height, self.factor):
            put(painted, top, self._strip_on(ground, self.strip(top, bottom)), self.factor)
        return stand_up(painted, self.orientation)

    def _strip_on(self, ground: Ground, strip: Image.Image) -> Raster:
        if ground is Ground.BARE:
            return self.colours.bare(strip)
        return lay_on(self.colours.seen(strip), transparency_of(strip), LEVELS[ground])


@contextmanager
def opened(data: bytes, kind: Kind) -> Iterator[Image.Image]:
    """The file with its header read, and nothing decoded. Raises whatever its decoder raises."""
    with Image.open(io.BytesIO(data), formats=(kind,)) as image:
        yield image


def is_animated(image: Image.Image, kind: Kind) -> bool:
    """Whether there are frames that follow each other."""
    return kind in ANIMATED and frames_of(image) > 1


def frames_of(image: Image.Image) -> int:
    """How many frames the file says that it has; of a GIF they are counted, none decoded."""
    return int(getattr(image, "n_frames", 1))


def factor_for(width: int, height: int, views: int) -> int:
    """By how much each side of so many views of that size is shrunk: the least that does."""
    factor = 1
    while -(-width // factor) * -(-height // factor) * views > WHOLE_PIXELS:
        factor += 1
    return factor


def load_still(image: Image.Image, kind: Kind, data: bytes) -> Leaf:
    """The first picture of a file, decoded. Raises whatever its decoder raises."""
    if kind is Kind.JPEG:
        return _load_jpeg(image, data)
    orientation = _orientation_of(image, kind)
    image.load()
    colours = colours_of(image)
    grounds = _grounds_of(image, colours)
    return _leaf(image, colours, grounds, orientation, factor_for(*image.size, len(grounds)))


def load_frame(image: Image.Image, kind: Kind) -> Leaf:
    """The frame of an animation that was sought, decoded. Raises whatever its decoder raises."""
    orientation = _orientation_of(image, kind)
    image.load()
    colours = colours_of(image)
    grounds = _grounds_of(image, colours)
    return _leaf(image, colours, grounds, orientation, factor_for(*image.size, MAX_VIEWS))


def shown_ms(image: Image.Image) -> int:
    """For how long the frame at hand is shown, in milliseconds."""
    given = image.info.get("duration", 0)
    is_told = isinstance(given, int | float) and MIN_MS <= given < 1e7
    return int(given) if is_told else USUAL_MS


def _leaf(
    image: Image.Image,
    colours: Colours,
    grounds: tuple[Ground, ...],
    orientation: int,
    factor: int,
) -> Leaf:
    width, height = image.size
    return Leaf(
        width=width,
        height=height,
        strip=lambda top, bottom: image.crop((0, top, width, bottom)),
        colours=colours,
        grounds=grounds,
        orientation=orientation,
        factor=factor,
        full_size=turned_size(image.size, orientation),
    )


def _load_jpeg(image: Image.Image, data: bytes) -> Leaf:
    """Shrunk by the decoder itself (in its cosine transform); four inks go another way."""
    check_scans(data)
    colours = colours_of(image)
    grounds = _grounds_of(image, colours)
    orientation = _orientation_of(image, Kind.JPEG)
    factor = factor_for(*image.size, len(grounds))
    full_size = turned_size(image.size, orientation)
    width, height = (-(-side // factor) for side in image.size)
    if image.mode == "CMYK":
        image.draft(None, (image.width // factor, image.height // factor))
        image.load()
        return replace(_leaf(image, colours, grounds, orientation, 1), full_size=full_size)
    raster = _decode_jpeg(data, min_width=width, min_height=height)
    return Leaf(
        width=raster.shape[1],
        height=raster.shape[0],
        strip=lambda top, bottom: Image.fromarray(raster[top:bottom]),
        colours=colours,
        grounds=grounds,
        orientation=orientation,
        factor=1,
        full_size=full_size,
        whole=raster,
    )


def _decode_jpeg(data: bytes, *, min_width: int, min_height: int) -> Raster:
    """(h, w, 3), at the least scale that has so many pixels. Raises ValueError if it is damaged.

    What cameras leave between the parts of a file, and viewers pass over, is passed over.
    """
    least = {"min_width": min_width, "min_height": min_height}
    try:
        return np.asarray(simplejpeg.decode_jpeg(data, colorspace="RGB", **least), np.uint8)
    except ValueError as error:
        if not any(words in str(error) for words in HARMLESS):
            raise
    tidied = without_rubbish(data)
    return np.asarray(simplejpeg.decode_jpeg(tidied, "RGB", strict=False, **least), np.uint8)


def _orientation_of(image: Image.Image, kind: Kind) -> int:
    if kind in TURNED_BY_DECODER:
        return UPRIGHT
    given = image.getexif().get(ORIENTATION, UPRIGHT)
    return given if isinstance(given, int) else UPRIGHT


def _grounds_of(image: Image.Image, colours: Colours) -> tuple[Ground, ...]:
    """What the picture may have to be looked at on: white alone, where nothing lies behind it and
    nothing was done to its colours.
    """
    if image.has_transparency_data and _transparent_share(image) >= MIN_TRANSPARENT:
        return (Ground.WHITE, Ground.BLACK, Ground.BARE)
    return (Ground.WHITE,) if colours.is_plain else (Ground.WHITE, Ground.BARE)


def _transparent_share(image: Image.Image) -> float:
    """How much of what lies behind a picture is seen through it, 0 to 1."""
    seen = 0.0
    for top, bottom in strips(image.height, 1):
        opacity = transparency_of(image.crop((0, top, image.width, bottom)))
        seen += 0.0 if opacity is None else float((255 - opacity).sum(dtype=np.int64))
    return seen / (255 * image.width * image.height)
