"""Every mode of every format holds the same picture; what is no picture says so and nothing else
happens.
"""

import io
import struct
import zlib
from collections.abc import Callable

import cv2
import numpy as np
import pytest
from PIL import Image

from staydown.engine.comparison import compare
from staydown.engine.pictures import Limits, Pixels, encode_jpeg, encode_png, open_picture
from staydown.engine.subjects import look_at
from staydown.engine.verdict import Verdict
from staydown.errors import BadPicture
from tests.engine.making import known, photo, saved

PLAIN = {Verdict.IDENTICAL, Verdict.NEAR_COPY}
TURNS = {
    1: (0, False),
    2: (0, True),
    3: (2, False),
    4: (2, True),
    5: (3, True),
    6: (1, False),
    7: (1, True),
    8: (3, False),
}
"""EXIF orientation → quarter turns counter-clockwise, and mirroring before, that undo it."""


def sixteen_bits(pixels: Pixels) -> bytes:
    """A PNG with sixteen bits a channel."""
    done, data = cv2.imencode(
        ".png", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR).astype(np.uint16) * 257
    )
    assert done
    return data.tobytes()


def grey_sixteen_bits(pixels: Pixels) -> bytes:
    """A grey PNG with sixteen bits."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY).astype(np.uint16) * 257
    file = io.BytesIO()
    Image.fromarray(grey).save(file, "PNG")
    return file.getvalue()


def with_alpha(pixels: Pixels) -> bytes:
    """An opaque PNG that could be transparent."""
    return saved(pixels, "PNG", "RGBA")


ENCODINGS: dict[str, Callable[[Pixels], bytes]] = {
    "PNG": lambda p: saved(p, "PNG"),
    "palette PNG": lambda p: saved(p, "PNG", "P"),
    "grey PNG": lambda p: saved(p, "PNG", "L"),
    "PNG with alpha": with_alpha,
    "16-bit PNG": sixteen_bits,
    "16-bit grey PNG": grey_sixteen_bits,
    "GIF": lambda p: saved(p, "GIF", "P"),
    "JPEG": lambda p: saved(p, "JPEG", quality=85),
    "progressive JPEG": lambda p: saved(p, "JPEG", quality=85, progressive=True),
    "grey JPEG": lambda p: saved(p, "JPEG", "L", quality=85),
    "CMYK JPEG": lambda p: saved(p, "JPEG", "CMYK", quality=90),
    "WebP": lambda p: saved(p, "WEBP", quality=80),
    "lossless WebP": lambda p: saved(p, "WEBP", lossless=True),
    "TIFF": lambda p: saved(p, "TIFF"),
    "CMYK TIFF": lambda p: saved(p, "TIFF", "CMYK"),
    "BMP": lambda p: saved(p, "BMP"),
    "AVIF": lambda p: saved(p, "AVIF", quality=80),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_photograph_in_any_encoding_is_itself(encoding: str) -> None:
    picture = open_picture(ENCODINGS[encoding](photo()))

    assert compare(known(), look_at(picture)).verdict in PLAIN


@pytest.mark.parametrize("orientation", TURNS)
def test_the_same_photograph_in_any_orientation_is_itself_and_upright(orientation: int) -> None:
    turns, is_mirrored = TURNS[orientation]
    lying = np.rot90(photo(), turns)
    lying = lying[:, ::-1] if is_mirrored else lying
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = open_picture(saved(np.ascontiguousarray(lying), "PNG", exif=exif))

    assert np.array_equal(picture.pixels, photo())


@pytest.mark.parametrize(
    "encoding", ["PNG", "16-bit PNG", "PNG with alpha", "TIFF", "BMP", "lossless WebP"]
)
def test_lossless_encodings_give_the_very_same_pixels(encoding: str) -> None:
    picture = open_picture(ENCODINGS[encoding](photo()))

    assert np.array_equal(picture.pixels, photo())


def test_what_is_transparent_is_shown_on_white() -> None:
    clear = np.zeros((8, 8, 4), np.uint8)
    file = io.BytesIO()
    Image.fromarray(clear, "RGBA").save(file, "PNG")

    assert open_picture(file.getvalue()).pixels.min() == 255


def bomb(side: int) -> bytes:
    """A PNG that announces side × side pixels and holds almost none."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


REFUSED = {
    "nothing": (b"", "the file is empty"),
    "text": (b"hello, this is no picture", "text is not opened: send a picture as JPEG, PNG"),
    "SVG": (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "an SVG drawing is not opened"),
    "half a JPEG": (encode_jpeg(np.zeros((64, 64, 3), np.uint8))[:200], "damaged or incomplete"),
    "half a PNG": (
        encode_png(np.random.default_rng(0).integers(0, 255, (64, 64, 3), np.uint8))[:4000],
        "damaged",
    ),
    "a bomb": (bomb(20_000), "20000×20000 pixels; at most 50,000,000 are opened of a PNG file"),
    "too many bytes": (b"x" * 1001, "1,001 bytes; at most 1,000"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_picture_is_refused_with_the_reason(what: str) -> None:
    data, reason = REFUSED[what]
    limits = Limits(max_bytes=1000) if what == "too many bytes" else Limits()

    with pytest.raises(BadPicture) as refusal:
        open_picture(data, limits)

    assert reason in str(refusal.value)


@pytest.mark.parametrize("cut", [10, 50, 90])
def test_a_truncated_photograph_is_refused_not_guessed(cut: int) -> None:
    data = saved(photo(), "JPEG", quality=85)

    with pytest.raises(BadPicture):
        open_picture(data[: len(data) * cut // 100])
