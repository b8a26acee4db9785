"""From the colours that a file holds to the ones that are to be seen: sRGB, eight bits a channel.

Applies the profile that lies in the file (ICC.1:2022) and the gamma of a PNG. What is broken, or
meant for another kind of colours than the picture has, is passed over, as browsers do.
"""

import io
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageCms

from staydown.engine.rasters import Raster

type Table = npt.NDArray[np.uint8]
"""(256,): what each value becomes."""

SPACES: Final = {"RGB": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab": "LAB"}
"""Colour space of a profile → the mode of picture that it is for."""
DEEP: Final = frozenset({"I;16", "I;16B", "I;16L", "I;16N", "I"})
PLAIN_GAMMA: Final = 1 / 2.2
SAME_GAMMA: Final = 0.05
UNSEEN: Final = 2
"""Levels by which a profile may move colours without being worth its time."""
TRIED: Final = 9
"""Steps of each channel at which that is tried."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Colours:
    """How the colours of one picture are to be read; `mode` is what its strips are brought into.

    `white` is the value of white where values are no bytes (floating point).
    """

    mode: str
    transform: "ImageCms.ImageCmsTransform | None" = None
    gamma: Table | None = None
    white: float = 255.0

    @property
    def is_plain(self) -> bool:
        """Whether what is stored is what is seen."""
        return self.transform is None and self.gamma is None

    def seen(self, strip: Image.Image) -> Raster:
        """(h, w, 3): a strip as it is to be seen, were it opaque."""
        stored = self._stored(strip)
        if self.transform is not None:
            shown = ImageCms.applyTransform(stored, self.transform)
            return np.asarray(shown, np.uint8)
        raster = np.asarray(stored.convert("RGB"), np.uint8)
        return raster if self.gamma is None else self.gamma[raster]

    def bare(self, strip: Image.Image) -> Raster:
        """(h, w, 3): the values as they stand, as many programs take them."""
        return np.asarray(self._stored(strip).convert("RGB"), np.uint8)

    def _stored(self, strip: Image.Image) -> Image.Image:
        """The strip in bytes, in a mode without transparency."""
        if strip.mode in DEEP:
            deep = np.asarray(strip).clip(0, 65535)
            strip = Image.fromarray((deep >> 8).astype(np.uint8))
        elif strip.mode == "F":
            bright = np.nan_to_num(np.asarray(strip)) * (255 / self.white)
            strip = Image.fromarray(bright.clip(0, 255).astype(np.uint8))
        elif strip.mode == "La":
            strip = strip.convert("LA")
        return strip if strip.mode == self.mode else strip.convert(self.mode)


def colours_of(image: Image.Image) -> Colours:
    """How to read the colours of an opened picture."""
    mode = _mode_of(image)
    white = 1.0 if image.mode == "F" and _greatest(image) <= 1 else 255.0
    profile = image.info.get("icc_profile")
    if isinstance(profile, bytes) and profile:
        return Colours(mode=mode, transform=transform_of(profile, mode), white=white)
    gamma = image.info.get("gamma")
    if image.format == "PNG" and isinstance(gamma, float) and "srgb" not in image.info:
        return Colours(mode=mode, gamma=gamma_table(gamma), white=white)
    if mode == "LAB":
        return Colours(mode=mode, transform=_from_lab(), white=white)
    return Colours(mode=mode, white=white)


def _mode_of(image: Image.Image) -> str:
    if image.mode in ("1", "L", "LA", "La", "F", *DEEP):
        return "L"
    return image.mode if image.mode in ("CMYK", "LAB") else "RGB"


def _greatest(image: Image.Image) -> float:
    return float(np.nan_to_num(np.asarray(image)).max())


def transform_of(profile: bytes, mode: str) -> "ImageCms.ImageCmsTransform | None":
    """What a profile asks for; None where it changes nothing that is seen, or cannot be used."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        if SPACES.get(source.profile.xcolor_space.strip()) != mode:
            return None
        target = ImageCms.createProfile("sRGB")
        transform = ImageCms.buildTransform(source, target, mode, "RGB")
        return transform if mode != "RGB" or _is_seen(transform) else None
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return None


def _is_seen(transform: "ImageCms.ImageCmsTransform") -> bool:
    """Whether colours come out as others, tried all over the cube: a name would be easily given."""
    steps = np.linspace(0, 255, TRIED).astype(np.uint8)
    cube = np.stack(np.meshgrid(steps, steps, steps), axis=-1).reshape(1, -1, 3)
    came = np.asarray(ImageCms.applyTransform(Image.fromarray(cube), transform), np.int16)
    return bool(np.abs(came - cube).max() > UNSEEN)


def _from_lab() -> "ImageCms.ImageCmsTransform":
    lab, srgb = ImageCms.createProfile("LAB"), ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(lab, srgb, "LAB", "RGB")


def gamma_table(gamma: float) -> Table | None:
    """What a PNG's gamma (PNG, third edition, §11.3.2.2) makes of each value; None if nothing."""
    if not 0 < gamma < 100 or abs(gamma / PLAIN_GAMMA - 1) < SAME_GAMMA:
        return None
    values = np.arange(256) / 255
    return np.asarray(np.rint(255 * values ** (PLAIN_GAMMA / gamma)), np.uint8)


def transparency_of(strip: Image.Image) -> Raster | None:
    """(h, w): how opaque each pixel is, 0 to 255; None where all are."""
    if not strip.has_transparency_data:
        return None
    if strip.mode in DEEP:  # one value stands for nothing (PNG, third edition, §11.3.1.1)
        is_there = np.asarray(strip) != strip.info["transparency"]
        return np.asarray(is_there * np.uint8(255), np.uint8)
    layered = strip if strip.mode in ("RGBA", "LA", "PA") else strip.convert("RGBA")
    return np.asarray(layered.getchannel("A"), np.uint8)


def lay_on(colours: Raster, opacity: Raster | None, level: int) -> Raster:
    """(h, w, 3): what is seen on a ground of that level, 0 to 255."""
    if opacity is None:
        return colours
    much = opacity[:, :, None].astype(np.uint16)
    laid = colours * much + np.uint16(level) * (255 - much) + np.uint16(127)
    return np.asarray(laid // 255, np.uint8)
