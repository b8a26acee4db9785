"""The same photograph in 25 encodings is itself, through the whole house: uploaders save pictures
in every manner, and none of them is a way around.
"""

import io
from collections.abc import Callable

import cv2
import numpy as np
import pillow_heif
import pytest
from django.test import Client
from PIL import Image, ImageCms

from staydown.assembly.house import House
from staydown.casework.people import Scope
from tests.installation import new_key
from tests.photographs import Pixels, cat, doctored
from tests.stories import file_notice

PLAIN = {"identical", "near_copy"}
TURNED = {3: 2, 6: 1, 8: 3}
"""EXIF orientation → quarter turns counter-clockwise that it undoes."""


def saved(picture: Image.Image | Pixels, kind: str, **options: object) -> bytes:
    file = io.BytesIO()
    image = picture if isinstance(picture, Image.Image) else Image.fromarray(picture)
    image.save(file, kind, **options)
    return file.getvalue()


def as_mode(mode: str) -> Image.Image:
    return Image.fromarray(cat()).convert(mode)


def turned(kind: str, orientation: int, **options: object) -> bytes:
    """Lying on its side in the file, and marked so."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    lying = np.ascontiguousarray(np.rot90(cat(), TURNED[orientation]))
    return saved(lying, kind, exif=exif, **options)


def sixteen_bits() -> bytes:
    deep = cv2.cvtColor(cat(), cv2.COLOR_RGB2BGR).astype(np.uint16) * 257
    return bytes(cv2.imencode(".png", deep)[1].tobytes())


def swapped_profile() -> tuple[bytes, Pixels]:
    """A profile in which red and blue are each other's, and the photograph stored for it."""
    profile = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red], profile[blue] = profile[blue], profile[red]
    return bytes(profile), np.ascontiguousarray(cat()[:, :, ::-1])


def with_profile(kind: str, **options: object) -> bytes:
    profile, stored = swapped_profile()
    return saved(stored, kind, icc_profile=profile, **options)


def half_clear(kind: str, **options: object) -> bytes:
    """Opaque in the middle, clear in a corner nobody misses."""
    opacity = np.full(cat().shape[:2], 255, np.uint8)
    opacity[:12, :12] = 0
    return saved(Image.fromarray(np.dstack([cat(), opacity]), "RGBA"), kind, **options)


def animated(kind: str, **options: object) -> bytes:
    """Two grey frames around the photograph."""
    grey = [Image.fromarray(np.full_like(cat(), shade)) for shade in (40, 200)]
    frames = [Image.fromarray(cat()), grey[1]]
    return saved(grey[0], kind, save_all=True, append_images=frames, duration=200, **options)


def heic(**options: object) -> bytes:
    file = io.BytesIO()
    pillow_heif.from_pillow(Image.fromarray(cat())).save(file, quality=80, **options)
    return file.getvalue()


ENCODINGS: dict[str, Callable[[], bytes]] = {
    "JPEG": lambda: saved(cat(), "JPEG", quality=85),
    "JPEG, progressive": lambda: saved(cat(), "JPEG", quality=85, progressive=True),
    "JPEG, CMYK": lambda: saved(as_mode("CMYK"), "JPEG", quality=90),
    "JPEG, orientation 6": lambda: turned("JPEG", 6, quality=85),
    "JPEG, with a profile": lambda: with_profile("JPEG", quality=95, subsampling=0),
    "JPEG, several pictures (MPO)": lambda: saved(
        cat(), "MPO", save_all=True, append_images=[as_mode("RGB")]
    ),
    "PNG": lambda: saved(cat(), "PNG"),
    "PNG, palette": lambda: saved(as_mode("P"), "PNG"),
    "PNG, 16 bits": sixteen_bits,
    "PNG, alpha": lambda: half_clear("PNG"),
    "PNG, with a profile": lambda: with_profile("PNG"),
    "PNG, orientation 8": lambda: turned("PNG", 8),
    "PNG, animated": lambda: animated("PNG"),
    "GIF": lambda: saved(as_mode("P"), "GIF"),
    "GIF, animated": lambda: animated("GIF"),
    "WebP": lambda: saved(cat(), "WEBP", quality=80),
    "WebP, lossless with alpha": lambda: half_clear("WEBP", lossless=True),
    "WebP, orientation 6": lambda: turned("WEBP", 6, quality=80),
    "WebP, animated": lambda: animated("WEBP", quality=80),
    "AVIF": lambda: saved(cat(), "AVIF", quality=80),
    "AVIF, orientation 3": lambda: turned("AVIF", 3, quality=80),
    "AVIF, animated": lambda: animated("AVIF", quality=80),
    "HEIC": heic,
    "TIFF, CMYK": lambda: saved(as_mode("CMYK"), "TIFF"),
    "BMP": lambda: saved(cat(), "BMP"),
}


def test_there_are_twenty_five() -> None:
    assert len(ENCODINGS) == 25


@pytest.mark.slow
def test_the_photograph_is_itself_in_each_of_them(house: House, visitor: Client) -> None:
    file_notice(house)
    key = new_key(house, Scope.SCREEN)

    said: dict[str, object] = {}
    for name, make in ENCODINGS.items():
        response = visitor.post(
            f"/v1/screen?content_ref={len(said)}", make(), content_type="image/jpeg", headers=key
        )
        said[name] = response.json().get("verdict", response.json())

    assert {name: verdict for name, verdict in said.items() if verdict not in PLAIN} == {}


def test_a_doctored_frame_behind_the_photograph_is_held(house: House, visitor: Client) -> None:
    receipt = file_notice(house)
    key = new_key(house, Scope.SCREEN)
    with Image.open(io.BytesIO(doctored(95))) as image:
        second = image.convert("RGB")
    data = saved(cat(), "WEBP", save_all=True, append_images=[second], duration=500, quality=90)

    response = visitor.post(
        "/v1/screen?content_ref=post/1", data, content_type="image/webp", headers=key
    )

    answer = response.json()
    assert (answer["action"], answer["verdict"], answer["case"]) == (
        *("hold", "derived"),
        receipt.case,
    )


@pytest.mark.parametrize(
    ("data", "what"),
    [
        ("grüße".encode(), "text"),
        (b"%PDF-1.7", "a PDF"),
        (b"\0\0\0\x18ftypisom" + bytes(9), "a video"),
    ],
)
def test_what_is_no_picture_is_refused_by_its_name(
    data: bytes, what: str, house: House, visitor: Client
) -> None:
    key = new_key(house, Scope.SCREEN)

    response = visitor.post(
        "/v1/screen?content_ref=x", data, content_type="image/jpeg", headers=key
    )

    assert response.status_code == 422
    assert response.json()["detail"].startswith(f"{what} is not opened: send a picture as JPEG")
