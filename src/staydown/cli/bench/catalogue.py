"""The edits of the benchmark, in four groups, and what the engine should say of each.

An edit's chance follows from the photograph's digest, the edit's name and the seed: it does not
depend on what else is measured, or in which order.
"""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from types import MappingProxyType
from typing import NewType

import numpy as np

from staydown.cli.bench import filling, framing, overlays, pages, recoding
from staydown.cli.bench.edited import Chance, Edited, begin
from staydown.digests import Digest
from staydown.engine.pictures import Pixels, encode_jpeg
from staydown.engine.verdict import Verdict

EditName = NewType("EditName", str)
type Step = Callable[[Edited, Chance], Edited]
type Qualities = tuple[int, int]


class Group(StrEnum):
    """How much an edit does, from nothing that matters to everything at once."""

    A = "a"  # saved again, resized, recoloured
    B = "b"  # the frame, a page around it, something on it
    C = "c"  # a part replaced
    D = "d"  # a part replaced, and the traces hidden


WHOLE = frozenset({Verdict.IDENTICAL, Verdict.NEAR_COPY})
PART = frozenset({Verdict.PARTIAL_COPY})
EITHER = WHOLE | PART
ALTERED = frozenset({Verdict.DERIVED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """`right` are the verdicts that are true of it; the JPEG quality is drawn from `qualities`,
    both ends included.
    """

    name: EditName
    group: Group
    steps: tuple[Step, ...]
    right: frozenset[Verdict]
    qualities: Qualities = (75, 75)

    @property
    def is_altering(self) -> bool:
        """Whether it replaces a part."""
        return self.right == ALTERED


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """An edited photograph as it is uploaded: a JPEG file, and the truth about it."""

    data: bytes
    edited: Edited


def edit(
    group: Group,
    name: str,
    *steps: Step,
    right: frozenset[Verdict] = EITHER,
    qualities: Qualities = (75, 75),
) -> Edit:
    """A row of the catalogue."""
    named = EditName(f"{group}_{name}")
    return Edit(name=named, group=group, steps=steps, right=right, qualities=qualities)


def plain_edits() -> Iterator[Edit]:
    """Group a."""
    for quality in (30, 50, 70, 90):
        name = f"quality_{quality}"
        yield edit(Group.A, name, recoding.leave, right=WHOLE, qualities=(quality, quality))
    for percent in (25, 50, 75, 125, 150):
        step = partial(recoding.resize, factor=percent / 100)
        yield edit(Group.A, f"resize_{percent}", step, right=WHOLE)
    for name, change in {
        "colour": recoding.recolour,
        "grey": recoding.grey,
        "blur": recoding.soften,
        "sharpen": recoding.sharpen,
    }.items():
        yield edit(Group.A, name, change, right=WHOLE, qualities=(85, 85))


def framed_edits() -> Iterator[Edit]:
    """Group b."""
    for percent in (80, 60, 40):
        step = partial(framing.crop, keep=percent / 100)
        yield edit(Group.B, f"crop_{percent}", step, right=PART)
    yield edit(Group.B, "mirror", framing.mirror, right=WHOLE)
    yield edit(Group.B, "turn_90", framing.turn_upright, right=WHOLE)
    for degrees in (2, 5, 10, 15):
        yield edit(Group.B, f"turn_{degrees}", partial(framing.turn, degrees=degrees))
    yield edit(Group.B, "stretch", framing.stretch, right=WHOLE)
    yield edit(Group.B, "border", framing.border)
    yield edit(Group.B, "perspective", framing.tilt)
    for name, theme in {"light": pages.LIGHT, "dark": pages.DARK}.items():
        yield edit(Group.B, f"page_{name}", partial(pages.show_in_page, theme=theme), right=PART)
    yield edit(Group.B, "phone", pages.show_on_phone, right=PART)
    for name, laid in {
        "watermark": overlays.watermark,
        "meme": overlays.caption,
        "stickers": overlays.stickers,
    }.items():
        yield edit(Group.B, name, laid, right=PART)


def replaced_edits() -> Iterator[Edit]:
    """Group c."""
    for percent in (30, 50, 70):
        for kind in filling.FILLS:
            step = partial(filling.replace_part, share=percent / 100, kind=kind)
            name = f"{percent}_{kind}"
            yield edit(Group.C, name, step, right=ALTERED, qualities=(80, 80))


HIDING: tuple[Step, ...] = (
    framing.crop_somewhat,
    framing.mirror_perhaps,
    framing.turn_slightly,
    recoding.recolour,
    recoding.resize_somewhat,
    overlays.watermark,
)


def hidden_edits() -> Iterator[Edit]:
    """Group d."""
    for percent in (30, 50, 70):
        fill = partial(filling.replace_somehow, share=percent / 100)
        ways: dict[str, tuple[Step, ...]] = {
            "": (fill, *HIDING),
            "_page_light": (fill, *HIDING, partial(pages.show_in_page, theme=pages.LIGHT)),
            "_page_dark": (fill, *HIDING, partial(pages.show_in_page, theme=pages.DARK)),
            "_redrawn": (fill, recoding.redraw, *HIDING),
        }
        for name, steps in ways.items():
            yield edit(Group.D, f"{percent}{name}", *steps, right=ALTERED, qualities=(40, 75))


CATALOGUE: Mapping[EditName, Edit] = MappingProxyType(
    {
        one.name: one
        for edits in (plain_edits(), framed_edits(), replaced_edits(), hidden_edits())
        for one in edits
    }
)


def make(one: Edit, photo: Pixels, digest: Digest, seed: int) -> Made:
    """The edited photograph; the same arguments make the same bytes."""
    chance = chance_of(digest, one.name, seed)
    shown = begin(photo)
    for step in one.steps:
        shown = step(shown, chance)
    quality = int(chance.integers(one.qualities[0], one.qualities[1] + 1))
    return Made(data=encode_jpeg(shown.pixels, quality), edited=shown)


def chance_of(digest: Digest, name: str, seed: int) -> Chance:
    """Draws that depend on nothing but these three."""
    drawn = hashlib.sha256(f"{digest}:{name}:{seed}".encode()).digest()
    return np.random.default_rng(int.from_bytes(drawn[:16]))
