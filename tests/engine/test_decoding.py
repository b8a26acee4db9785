"""Pictures come out upright, in the colours that are meant, and no larger than they may be."""

import io
from collections.abc import Callable
from typing import Literal

import cv2
import numpy as np
import pillow_heif
import pytest
from PIL import Image, ImageCms

from staydown.engine.colouring import gamma_table
from staydown.engine.decoding import WHOLE_PIXELS, factor_for
from staydown.engine.full_size import enlarge_map, in_file
from staydown.engine.jpeg_scans import read_scans
from staydown.engine.pictures import LIMITS, Pixels, encode_jpeg, encode_png, open_own, open_picture
from staydown.engine.rasters import shrink, stand_up
from staydown.engine.verdict import Comparison, Verdict
from staydown.errors import BadPicture
from tests.engine.making import photo, saved

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
"""EXIF orientation → how to lay an upright picture down so that it says so: quarter turns
counter-clockwise, then left and right changed.
"""
LIKE = 12.0
"""Mean difference in levels of pictures that were compressed."""


def lying(pixels: Pixels, orientation: int) -> Pixels:
    turns, is_mirrored = TURNS[orientation]
    turned = np.rot90(pixels, turns)
    return np.ascontiguousarray(turned[:, ::-1] if is_mirrored else turned)


def marked(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("orientation", TURNS)
def test_every_orientation_is_undone(orientation: int) -> None:
    assert np.array_equal(stand_up(lying(photo(), orientation), orientation), photo())


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
@pytest.mark.parametrize("orientation", [3, 5, 6])
def test_orientation_counts_in_every_kind_that_has_it(kind: str, orientation: int) -> None:
    data = saved(lying(photo(), orientation), kind, exif=marked(orientation))

    seen = open_picture(data)

    assert seen.pixels.shape == photo().shape
    assert np.abs(seen.pixels.astype(int) - photo()).mean() < LIKE


@pytest.mark.parametrize("orientation", [3, 6, 8])
def test_a_heic_is_turned_as_its_container_says_and_not_by_exif_again(orientation: int) -> None:
    """`irot` of ISO/IEC 23008-12 counts; libheif obeys it."""
    small, file = photo()[:96, :160], io.BytesIO()
    image = Image.fromarray(lying(small, orientation))
    image.info["exif"] = marked(orientation).tobytes()
    pillow_heif.from_pillow(image).save(file, quality=80)
    turned = np.asarray(pillow_heif.open_heif(io.BytesIO(file.getvalue())))

    seen = open_picture(file.getvalue())

    assert b"irot" in file.getvalue()
    assert np.array_equal(seen.pixels, turned)


def profile_of(space: Literal["LAB", "sRGB"]) -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(space)).tobytes()


def swapped() -> bytes:
    """A profile in which red and blue are each other's."""
    profile = bytearray(profile_of("sRGB"))
    red, blue = profile.index(b"rXYZ"), profile.index(b"bXYZ")
    profile[red], profile[blue] = profile[blue], profile[red]
    return bytes(profile)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_profile_counts_in_every_kind_that_has_it(kind: str) -> None:
    stored = np.ascontiguousarray(photo()[:, :, ::-1])

    seen = open_picture(saved(stored, kind, icc_profile=swapped()))

    assert np.abs(seen.pixels.astype(int) - photo()).mean() < LIKE


def test_a_profile_that_changes_nothing_changes_nothing() -> None:
    seen = open_picture(saved(photo(), "PNG", icc_profile=profile_of("sRGB")))

    assert np.array_equal(seen.pixels, photo())


@pytest.mark.parametrize("profile", [b"no profile", profile_of("LAB"), swapped()[:200]])
def test_a_profile_that_cannot_be_used_is_passed_over(profile: bytes) -> None:
    seen = open_picture(saved(photo(), "PNG", icc_profile=profile))

    assert np.array_equal(seen.pixels, photo())


def test_lab_is_read_as_it_is_meant() -> None:
    lab = ImageCms.profileToProfile(
        Image.fromarray(photo()),
        ImageCms.createProfile("sRGB"),
        ImageCms.createProfile("LAB"),
        outputMode="LAB",
    )
    file = io.BytesIO()
    assert lab is not None
    lab.save(file, "TIFF")

    assert np.abs(open_picture(file.getvalue()).pixels.astype(int) - photo()).mean() < LIKE


def test_a_gamma_counts_unless_it_is_the_usual_one() -> None:
    darker = gamma_table(1.0)

    assert gamma_table(0.45455) is None
    assert darker is not None
    assert (darker[0], darker[255], darker[55]) == (0, 255, 127)


SAMPLES: dict[str, Callable[[Pixels], Pixels]] = {
    "even": lambda p: p[:426, :640],
    "odd": lambda p: p[:425, :639],
}


@pytest.mark.parametrize("sides", SAMPLES)
def test_shrinking_is_the_mean_of_blocks(sides: str) -> None:
    pixels = SAMPLES[sides](photo())

    small = shrink(pixels, 2)

    assert small.shape == (213, 320, 3)
    assert np.abs(small[7, 9] - pixels[14:16, 18:20].reshape(-1, 3).mean(axis=0)).max() <= 1


@pytest.mark.parametrize(
    ("size", "views", "factor"),
    [((6000, 4000), 1, 1), ((5000, 5000), 1, 1), ((10_000, 10_000), 1, 2), ((1920, 1080), 6, 1)],
)
def test_how_much_is_shrunk_follows_from_the_size(
    size: tuple[int, int], views: int, factor: int
) -> None:
    assert factor_for(*size, views) == factor
    assert -(-size[0] // factor) * -(-size[1] // factor) * views <= WHOLE_PIXELS


LARGE = (6001, 4201)


@pytest.mark.slow
@pytest.mark.parametrize("mode", ["RGB", "CMYK"])
def test_a_large_jpeg_is_opened_shrunk_and_says_how_large_it_is(mode: str) -> None:
    large = cv2.resize(photo(), LARGE, interpolation=cv2.INTER_LINEAR)

    picture = open_picture(saved(np.asarray(large, np.uint8), "JPEG", mode, quality=85))

    assert picture.full_size == LARGE
    assert (picture.width, picture.height) == (3001, 2101)
    again = cv2.resize(picture.pixels, photo().shape[1::-1], interpolation=cv2.INTER_AREA)
    assert np.abs(again.astype(int) - photo()).mean() < LIKE


@pytest.mark.slow
def test_what_is_said_of_a_large_picture_is_said_in_pixels_of_its_file() -> None:
    large = cv2.resize(photo(), LARGE, interpolation=cv2.INTER_LINEAR)
    picture = open_picture(saved(np.asarray(large, np.uint8), "JPEG", quality=85))
    said = Comparison(
        verdict=Verdict.NEAR_COPY,
        transform=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
        areas=np.ones((2101, 3001), np.uint8),
    )

    full = in_file(said, picture)

    assert full.transform is not None and full.areas is not None
    assert full.transform[0] == pytest.approx((6001 / 3001, 0, (6001 / 3001 - 1) / 2))
    assert full.areas.shape == enlarge_map(full.areas, picture).shape == (4201, 6001)


def test_the_scans_of_a_jpeg_are_counted_before_it_is_decoded() -> None:
    baseline = read_scans(saved(photo(), "JPEG", quality=85))
    progressive = read_scans(saved(photo(), "JPEG", quality=85, progressive=True))

    assert (baseline.count, baseline.is_held, baseline.pixels) == (1, False, 640 * 427)
    assert progressive.is_held
    assert progressive.count > 5
    assert progressive.coefficients == 640 * 427 * 3 // 2


def test_a_jpeg_of_endlessly_many_scans_is_refused() -> None:
    data = saved(np.full_like(photo(), 128), "JPEG", quality=85, progressive=True)
    last = data.rindex(b"\xff\xda")
    many = data[:last] + data[last:-2] * 10_000 + b"\xff\xd9"

    assert len(many) < LIMITS.max_bytes
    with pytest.raises(BadPicture, match=r"comes in 100\d\d scans, which is too many"):
        open_picture(many)


def test_what_cameras_leave_between_the_parts_of_a_jpeg_is_passed_over() -> None:
    data = encode_jpeg(photo())
    tables = data.index(b"\xff\xdb")

    seen = open_picture(data[:tables] + bytes(7) + data[tables:])

    assert seen.pixel_digest == open_picture(data).pixel_digest


def test_what_we_sealed_is_opened_as_png_and_as_nothing_else() -> None:
    assert np.array_equal(open_own(encode_png(photo())), photo())
    with pytest.raises(BadPicture):
        open_own(encode_jpeg(photo()))
