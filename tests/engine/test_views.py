"""What an upload shows is all looked at: frames, and what transparency hides. A still and opaque
picture is one view, and costs no more than before.
"""

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from staydown.engine.comparison import compare
from staydown.engine.pictures import MAX_FRAMES, Picture, Pixels, open_picture, open_views
from staydown.engine.subjects import look_at
from staydown.engine.verdict import Verdict
from staydown.engine.views import FIRST, MAX_VIEWS, Ground, View, read_view
from staydown.errors import BadPicture, SealBroken
from tests.engine.making import animation, known, photo, saved

MOVING = ["GIF", "PNG", "WEBP", "AVIF"]


def flat(shade: int, like: Pixels | None = None) -> Pixels:
    return np.full_like(photo() if like is None else like, shade)


def other(name: str) -> Pixels:
    """Another photograph, of the same size."""
    height, width = photo().shape[:2]
    return np.asarray(cv2.resize(photo(name), (width, height)), np.uint8)


def names(data: bytes) -> list[str]:
    return [str(picture.view) for picture in open_views(data)]


def verdicts(data: bytes) -> set[Verdict]:
    return {compare(known(), look_at(view)).verdict for view in open_views(data)}


@pytest.mark.parametrize("kind", MOVING)
def test_the_photograph_is_found_in_whichever_frame_it_is(kind: str) -> None:
    data = animation(flat(20), other("motorcycle"), photo(), flat(200), kind=kind)

    assert names(data) == ["0 white", "1 white", "2 white", "3 white"]
    assert verdicts(data) & {Verdict.IDENTICAL, Verdict.NEAR_COPY}


def test_a_view_is_found_again_by_its_name() -> None:
    data = animation(flat(20), other("motorcycle"), photo(), kind="WEBP")

    for picture in open_views(data):
        again = open_picture(data, view=read_view(str(picture.view)))
        assert again.pixel_digest == picture.pixel_digest


def test_frames_that_show_the_same_are_looked_at_once() -> None:
    noise = np.random.default_rng(1)
    shaky = [
        np.clip(photo() + noise.normal(0, 3, photo().shape), 0, 255).astype(np.uint8)
        for _ in range(5)
    ]

    assert names(animation(photo(), *shaky, photo(), kind="PNG")) == ["0 white"]


def test_of_many_frames_a_few_are_looked_at_and_what_is_seen_for_long_is_one_of_them() -> None:
    chance = np.random.default_rng(2)
    flashes = [chance.integers(0, 255, photo().shape, np.uint8) // 8 * 8 for _ in range(20)]
    for number, flash in enumerate(flashes):
        flash[:] = cv2.resize(flash[: 40 + number, :50], flash.shape[1::-1])
    times = [30] * 10 + [900] + [30] * 10
    data = animation(*flashes[:10], photo(), *flashes[10:], kind="PNG", duration=times)

    assert len(open_views(data)) == MAX_VIEWS
    assert View(frame=10) in [picture.view for picture in open_views(data)]


def test_a_doctored_frame_is_another_view_than_the_photograph_before_it() -> None:
    doctored = photo().copy()
    height, width = doctored.shape[:2]
    doctored[height // 3 : height // 2, width // 3 : width // 2] = 90

    assert names(animation(photo(), doctored, kind="PNG")) == ["0 white", "1 white"]


@pytest.mark.parametrize("frames", [1, MAX_FRAMES])
def test_animations_are_looked_through_up_to_a_number_of_frames(frames: int) -> None:
    small = np.zeros((8, 8, 3), np.uint8)
    pictures = [small if number % 2 else small + 200 for number in range(frames + 1)]
    data = animation(*pictures, duration=20)

    if frames < MAX_FRAMES:
        assert open_views(data)
    else:
        with pytest.raises(BadPicture, match=r"1,001 frames of 8×8 pixels; at most 1,000"):
            open_views(data)


def see_through(colours: Pixels, opacity: Pixels, kind: str = "PNG") -> bytes:
    """A file whose pixels are as opaque as that."""
    file = io.BytesIO()
    layers = np.dstack([colours, opacity])
    Image.fromarray(layers, "RGBA").save(file, kind, lossless=True, exact=True)
    return file.getvalue()


def grey(pixels: Pixels) -> Pixels:
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.uint8)


WHERE_HIDDEN = {
    Ground.WHITE: lambda: see_through(flat(0), 255 - grey(photo())),
    Ground.BLACK: lambda: see_through(flat(255), grey(photo())),
    Ground.BARE: lambda: see_through(photo(), flat(0)[:, :, 0]),
}


@pytest.mark.parametrize("ground", WHERE_HIDDEN)
@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_what_transparency_hides_is_seen_on_one_of_the_grounds(ground: Ground, kind: str) -> None:
    data = WHERE_HIDDEN[ground]()
    if kind == "WEBP":
        with Image.open(io.BytesIO(data)) as image:
            file = io.BytesIO()
            image.save(file, kind, lossless=True, exact=True)
        data = file.getvalue()
    found = {
        picture.view.ground
        for picture in open_views(data)
        if compare(known(), look_at(picture)).verdict.is_copy
    }

    assert ground in found


def test_two_pictures_in_one_are_both_looked_at() -> None:
    """Grey pictures can be mixed so that white shows one and black the other."""
    light = 128 + grey(other("motorcycle")) // 2
    dark = grey(photo()) // 2
    opacity = np.maximum(255 - (light.astype(int) - dark), 1)
    colour = np.where(opacity > 0, dark.astype(int) * 255 // opacity, 0).clip(0, 255)
    data = see_through(np.dstack([colour] * 3).astype(np.uint8), opacity.astype(np.uint8))

    assert [picture.view.ground for picture in open_views(data)][:2] == ["white", "black"]


def rim() -> Pixels:
    """Opaque but for round corners and a soft edge, as windows are photographed."""
    opacity = np.zeros(photo().shape[:2], np.uint8)
    inner = opacity[24:-24, 24:-24]
    inner[:] = 255
    return np.asarray(cv2.GaussianBlur(opacity, (0, 0), 3), np.uint8)


def nearly_opaque() -> Pixels:
    return np.pad(flat(255)[1:, :, 0], ((1, 0), (0, 0)))


ONE_VIEW = {
    "opaque": lambda: saved(photo(), "PNG", "RGBA"),
    "a few clear pixels": lambda: see_through(photo(), nearly_opaque()),
    "a soft rim": lambda: see_through(photo() * (rim() > 0)[..., None], rim()),
    "half clear all over": lambda: see_through(photo(), flat(170)[:, :, 0]),
    "JPEG": lambda: saved(photo(), "JPEG"),
    "palette": lambda: saved(photo(), "GIF", "P"),
}


@pytest.mark.parametrize("what", ONE_VIEW)
def test_where_transparency_hides_nothing_there_is_one_view(what: str) -> None:
    [only] = open_views(ONE_VIEW[what]())

    assert only.view == FIRST


@pytest.mark.parametrize("text", ["", "0", "1 grey", "-1 white", "x black", "0 white "])
def test_what_is_no_view_is_not_taken_for_one(text: str) -> None:
    with pytest.raises(SealBroken):
        read_view(text)


def test_there_is_no_frame_beyond_the_last() -> None:
    for data in (saved(photo(), "PNG"), animation(photo(), flat(9))):
        with pytest.raises(BadPicture):
            open_picture(data, view=View(frame=7))


def by_view(data: bytes) -> dict[View, Picture]:
    return {picture.view: picture for picture in open_views(data)}


def test_the_first_view_of_a_still_picture_is_the_picture() -> None:
    data = saved(photo(), "PNG")

    assert by_view(data)[FIRST].pixel_digest == open_picture(data).pixel_digest
