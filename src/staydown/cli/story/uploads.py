"""The demo's uploads: what is posted to the platform, and what ought to happen to it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from staydown.cli.story.doctoring import (
    crop,
    grey,
    lay_texture,
    mirror,
    page_around,
    resize,
    turn,
    warm,
    watermark,
)
from staydown.cli.story.photographs import photograph
from staydown.engine.pictures import Pixels, encode_jpeg, encode_png

ORIGINAL = "cat"
UNRELATED = (
    "coffee",
    "rocket",
    "bricks",
    "gravel",
    "coins",
    "moon",
    "galaxies",
    "motorcycle",
    "motorcycle, a step aside",
    "temple",
    "flower",
)
SITE = "forum.example"


class Kind(StrEnum):
    """What an upload is, in truth."""

    PLAIN = "plain copy"
    DOCTORED = "doctored"
    UNRELATED = "unrelated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Upload:
    """One file as it is posted, and what was done to it."""

    name: str
    kind: Kind
    data: bytes


def original() -> Pixels:
    """The innocent original."""
    return photograph(ORIGINAL).pixels


def original_file() -> bytes:
    """The innocent original as the person shown keeps it."""
    return encode_png(original())


def all_uploads() -> Iterator[Upload]:
    """About twenty, in the order in which they are posted."""
    yield from plain_copies()
    yield from doctored_copies()
    for name in UNRELATED:
        yield Upload(name=name, kind=Kind.UNRELATED, data=encode_jpeg(photograph(name).pixels, 80))


def plain_copies() -> Iterator[Upload]:
    """The photograph as friends might repost it."""
    photo = original()
    copies = {
        "the original, saved again": encode_jpeg(photo, 60),
        "the original, smaller": encode_jpeg(resize(photo, 0.7), 80),
        "the original, mirrored and warmer": encode_jpeg(warm(mirror(photo)), 80),
        "the original, without colour": encode_jpeg(grey(photo), 80),
        "the original, cropped": encode_jpeg(crop(photo, keep=0.8), 80),
    }
    for name, data in copies.items():
        yield Upload(name=name, kind=Kind.PLAIN, data=data)


def doctored_copies() -> Iterator[Upload]:
    """The photograph with another photo's texture over a large part, and the traces hidden in
    several ways.
    """
    gravel, bricks, coffee, flower = (
        photograph(one).pixels for one in ("gravel", "bricks", "coffee", "flower")
    )
    photo = original()
    first = lay_texture(photo, gravel, share=0.4, seed=1)
    second = lay_texture(photo, coffee, share=0.5, seed=2)
    third = lay_texture(photo, bricks, share=0.35, seed=3)
    fourth = lay_texture(photo, flower, share=0.3, seed=4)
    copies = {
        "gravel over 40 %": encode_jpeg(first, 75),
        "coffee over 50 %, mirrored, cropped": encode_jpeg(crop(mirror(second), keep=0.88), 70),
        "bricks over 35 %, turned, warmer, watermark": encode_jpeg(
            watermark(warm(turn(third, 2)), SITE), 65
        ),
        "flower over 30 %, in a page": encode_jpeg(page_around(watermark(fourth, SITE)), 70),
    }
    for name, data in copies.items():
        yield Upload(name=name, kind=Kind.DOCTORED, data=data)


def removed_again() -> Upload:
    """The doctored copy that was removed, posted once more: cropped and re-encoded."""
    doctored = lay_texture(original(), photograph("gravel").pixels, share=0.4, seed=1)
    data = encode_jpeg(crop(doctored, keep=0.9), 55)
    return Upload(
        name="gravel over 40 %, again: cropped, re-encoded", kind=Kind.DOCTORED, data=data
    )


def original_again() -> Upload:
    """The innocent original, posted once more."""
    return Upload(name="the original, once more", kind=Kind.PLAIN, data=encode_jpeg(original(), 85))
