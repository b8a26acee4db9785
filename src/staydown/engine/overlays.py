"""Tells writing over a photograph from an alteration of it: strokes of one ink, with the photograph
itself between them.

A learned opinion proposes; these rules may only refuse. What they refuse is called altered, so that
nobody hides an alteration under a few strokes. A solid sticker is no writing: what lies under it is
not to be seen.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.cells import Field, spread
from staydown.engine.measures import STROKE_MISS, Measures
from staydown.engine.recolour import LUMA

AROUND = 17
"""Pixels: strokes nearer to each other than this are one piece of writing."""
STROKE = 13
"""Pixels: what is nowhere wider is a stroke of a pen."""
MAX_THICK = 0.35
"""Share of the ink that may be wider."""
MIN_BETWEEN = 0.1
"""Least share of a written-on patch in which the photograph shows between the strokes."""
RINGING = 40.0
"""Squared grey levels that an encoder leaves around strokes."""
BETWEEN_TOLERANCE = 0.1
"""Share of the variance between the strokes that may go unexplained by the photograph."""
INK_SPREAD = 18.0
"""Grey levels of standard deviation that one ink may have after re-encoding."""
MIN_KEPT_BESIDE = 0.65
"""Least share of a written-on patch, beside the strokes, that must not look altered."""
MAX_ALTERED_AMONG = 0.25
"""Most that may look altered on a written-on patch, as a share of what looks written."""
MIN_SHADE = 0.1
"""Share of the ink from which its lighter or darker part counts."""
MIN_INK = 30
"""Pixels below which nothing is called writing."""

type Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """The box around one piece of what may be writing. All fields are (h, w) or (h, w, 3) of it."""

    area: Mask
    """What may be writing, and what lies between and around it."""
    strokes: Mask
    """Of the area, what an opinion calls written."""
    ink: Mask
    """Of the area, what differs from the photograph, pixel by pixel."""
    beside: Mask
    """Of the area, what lies a little away from the strokes."""
    altered: Mask
    """What an opinion calls altered, or nearly."""
    crisper: Field
    """By how much there is more fine texture than there ought to be."""
    miss: Field
    known: Field
    found: Field
    noise: float


def find_overlays(proposed: Mask, altered: Mask, measures: Measures, inside: Mask) -> Mask:
    """Those patches of `proposed` that are writing, by all rules; `altered` is what an opinion
    calls so, or nearly.
    """
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (AROUND, AROUND))
    around = cv2.dilate(proposed.astype(np.uint8), disc)
    near = cv2.dilate(proposed.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    inked = (measures.pixel_miss > STROKE_MISS) & inside
    crisper = spread(measures.fine.found_energy - measures.fine.known_energy, inside.shape)
    _, labels, figures, _ = cv2.connectedComponentsWithStats(around, connectivity=4)
    covered = np.zeros_like(proposed)
    for label, (left, top, width, height, _) in enumerate(figures[1:], start=1):
        box = np.s_[top : top + height, left : left + width]
        area = (labels[box] == label) & inside[box]
        patch = Patch(
            area=area,
            strokes=proposed[box] & area,
            ink=inked[box] & area,
            beside=area & ~near[box],
            altered=altered[box],
            crisper=crisper[box],
            miss=measures.pixel_miss[box],
            known=measures.known[box],
            found=measures.found[box],
            noise=measures.noise,
        )
        if is_overlay(patch):
            covered[box] |= patch.strokes
    return covered


def is_overlay(patch: Patch) -> bool:
    """Whether the ink of `patch` is written over the photograph."""
    return (
        int(patch.ink.sum()) >= MIN_INK
        and is_crisper(patch)
        and is_among_kept(patch)
        and is_thin(patch.ink)
        and is_written(patch)
        and shows_through(patch)
    )


def is_crisper(patch: Patch) -> bool:
    """Whether there is more fine texture than there ought to be: writing adds edges, a blur or a
    removal takes them away.
    """
    return float(patch.crisper[patch.area].mean()) > 0


def is_among_kept(patch: Patch) -> bool:
    """Whether what lies beside the strokes is mostly kept, and little among them altered: words on
    a doctored region are part of it.
    """
    beside = patch.altered[patch.beside]
    among = patch.altered & patch.area & ~patch.strokes
    return (len(beside) == 0 or float(beside.mean()) < 1 - MIN_KEPT_BESIDE) and int(
        among.sum()
    ) < MAX_ALTERED_AMONG * int(patch.strokes.sum())


def is_thin(ink: Mask) -> bool:
    """Whether `ink` is hardly anywhere thicker than a stroke."""
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (STROKE, STROKE))
    thick = int(cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, disc).sum())
    return thick < MAX_THICK * int(ink.sum())


def is_written(patch: Patch) -> bool:
    """Whether the lighter and the darker part of the ink are one ink each."""
    is_lighter = (patch.found - patch.known) @ LUMA > 0
    shades = (patch.ink & is_lighter, patch.ink & ~is_lighter)
    least = MIN_SHADE * int(patch.ink.sum())
    return all(is_one_ink(shade, patch) for shade in shades if shade.sum() > least)


def is_one_ink(shade: Mask, patch: Patch) -> bool:
    """Whether one colour at one opacity, laid over the photograph, explains the strokes.

    The tenth that differs most counts: the rest are the soft edges of letters. A carved ornament
    or a texture has shades of its own, and no single ink explains them.
    """
    miss = patch.miss[shade]
    core = miss >= np.quantile(miss, 0.9)
    under, over = patch.known[shade][core], patch.found[shade][core]
    terms = np.column_stack([under.mean(axis=1), np.ones(len(under))])
    solved = np.linalg.lstsq(terms, over, rcond=None)[0]
    return bool((over - terms @ solved).std() < INK_SPREAD)


def shows_through(patch: Patch) -> bool:
    """Whether the photograph itself stands between the strokes: without that, nothing is called an
    overlay.
    """
    near_ink = cv2.dilate(patch.ink.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    between = patch.area & ~near_ink
    if int(between.sum()) < MIN_BETWEEN * int(patch.area.sum()):
        return False
    known, found = patch.known[between] @ LUMA, patch.found[between] @ LUMA
    allowed = RINGING + 3 * patch.noise + BETWEEN_TOLERANCE * float(found.var())
    return float((found - known).var()) < allowed
