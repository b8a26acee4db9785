"""Decides, place by place, what was kept, altered, or covered by an overlay, after the two pictures
lie on one canvas.

Texture that should be there and is not, texture that should not be there, and colour that the
photograph cannot give count for
*altered*; agreement counts for *kept*; flat places that could be either take the part of what
surrounds them. What is thin, such as letters and lines, is an overlay: it covers, and what it
covers is not called altered.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.canvas import Canvas
from staydown.engine.frame import find_photo
from staydown.engine.measures import Field, Measures, measure
from staydown.engine.verdict import AREA_VALUES, Area, AreaMap

TEXTURE_TOLERANCE = 0.40
"""Share of a texture's variance that may go unexplained where it was kept (correlation of about
.77).
"""
COLOUR_TOLERANCE = 12.0
"""Grey levels by which smooth colour may be off where it was kept."""
SPREADS = ((3.0, 1.0), (8.0, 0.1), (20.0, 0.02))
"""Pixels over which places persuade their neighbours, and how much each ring of neighbours counts.
"""
MIN_ALTERED = 0.0025
"""Smallest altered patch, as a share of the canvas."""
OVERLAY_MISS = 12.0
"""Grey levels that make a single pixel part of an overlay."""
STROKE = 13
"""Pixels: what is nowhere wider is a stroke of a pen."""
CRISPER = 1.0
"""How many times the photograph's own texture a patch has at least, if it is written on."""
MIN_BETWEEN = 0.1
"""Least share of a written-on patch in which the photograph shows between the strokes."""
BETWEEN_TOLERANCE = 0.1
"""Share of the variance between the strokes that may go unexplained by the photograph."""
INK_SPREAD = 10.0
"""Grey levels of standard deviation that one ink may have after re-encoding."""
MIN_INK = 30
"""Pixels below which nothing is called writing."""

type Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alteration:
    """The areas of a canvas (values of AREA_VALUES) and what they come to."""

    areas: AreaMap
    altered_fraction: float
    """Of the overlap."""
    covered_fraction: float
    proven: Mask
    """Where texture proves that the photograph was kept."""


def find_alterations(canvas: Canvas) -> Alteration:
    """What was kept and what was altered on `canvas`."""
    measures = measure(canvas, canvas.inside)
    first = weigh(measures)
    kept = prove_kept(measures, first) & canvas.inside
    inside = find_photo(canvas.found, canvas.inside, kept, first > 0)
    if (inside == canvas.inside).all():
        doubt = first
    else:
        measures = measure(canvas, inside)
        doubt = weigh(measures)
    changed = drop_small((doubt > 0) & inside, MIN_ALTERED)
    covered = find_overlays(changed, measures, inside)
    altered = drop_small(changed & ~covered, MIN_ALTERED)
    areas = np.full(doubt.shape, AREA_VALUES[Area.KEPT], np.uint8)
    areas[covered] = AREA_VALUES[Area.COVERED]
    areas[altered] = AREA_VALUES[Area.ALTERED]
    areas[~inside] = AREA_VALUES[Area.OUTSIDE]
    overlap = max(1, int(inside.sum()))
    return Alteration(
        areas=areas,
        altered_fraction=float((areas == AREA_VALUES[Area.ALTERED]).sum() / overlap),
        covered_fraction=float((areas == AREA_VALUES[Area.COVERED]).sum() / overlap),
        proven=prove_kept(measures, doubt) & inside,
    )


def prove_kept(measures: Measures, doubt: Field) -> Mask:
    """Where there is texture enough to see, and it is the photograph's."""
    is_textured = measures.known_energy > 4 * measures.noise
    return np.asarray((doubt < 0) & (measures.likeness > 0.85) & is_textured)


def weigh(measures: Measures) -> Field:
    """-1 (kept) to 1 (altered) per pixel, neighbours heard."""
    unexplained = 1 - measures.likeness**2
    gone = excess(measures.known_energy * unexplained, measures.known_energy, measures.noise)
    new = excess(measures.found_energy * unexplained, measures.found_energy, measures.noise)
    colour = (measures.colour_miss / COLOUR_TOLERANCE) ** 2
    worst = np.maximum(np.maximum(gone, new), colour)
    opinion = np.tanh(np.log(np.maximum(worst, 1e-3)))
    texture = np.maximum(measures.known_energy, measures.found_energy)
    weight = 0.02 + texture / (texture + 4 * measures.noise) + 0.5 * np.minimum(colour, 4)
    return persuade(np.asarray(opinion, np.float32), np.asarray(weight, np.float32))


def persuade(opinion: Field, weight: Field) -> Field:
    """Each place's opinion after it heard its neighbours: the less it knows itself, the farther it
    listens.
    """
    heard, total = np.zeros_like(opinion), np.zeros_like(weight)
    for sigma, share in SPREADS:
        heard += share * cv2.GaussianBlur(opinion * weight, (0, 0), sigma)
        total += share * cv2.GaussianBlur(weight, (0, 0), sigma)
    return np.asarray(heard / total, dtype=np.float32)


def excess(unexplained: Field, energy: Field, noise: float) -> Field:
    """How many times more goes unexplained than noise and resampling account for."""
    return np.asarray(unexplained / (3 * noise + TEXTURE_TOLERANCE * energy), dtype=np.float32)


def drop_small(mask: Mask, share: float) -> Mask:
    """`mask` without patches, and without holes, smaller than `share` of it all."""
    least = share * mask.size
    return ~drop_patches(~drop_patches(mask, least), least)


def drop_patches(mask: Mask, least: float) -> Mask:
    """`mask` without connected patches of fewer than `least` pixels."""
    _, labels, figures, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    large = figures[:, cv2.CC_STAT_AREA] >= least
    large[0] = False
    return np.asarray(large[labels])


def find_overlays(changed: Mask, measures: Measures, inside: Mask) -> Mask:
    """Those changed patches in which the changed pixels are strokes of a pen, with the photograph
    between them.
    """
    inked = (measures.pixel_miss > OVERLAY_MISS) & inside
    count, labels = cv2.connectedComponents(changed.astype(np.uint8), connectivity=4)
    covered = np.zeros_like(changed)
    for label in range(1, count):
        patch = labels == label
        ink = inked & patch
        if (
            is_crisper(patch, measures)
            and is_written(ink, measures)
            and shows_through(patch, ink, measures)
        ):
            covered |= patch
    return covered


def is_crisper(patch: Mask, measures: Measures) -> bool:
    """Whether `patch` has more fine texture than it ought to: writing adds edges, a blur takes them
    away.
    """
    there = float(measures.found_energy[patch].mean())
    return there > CRISPER * float(measures.known_energy[patch].mean())


def is_written(ink: Mask, measures: Measures) -> bool:
    """Whether `ink` is nowhere thick, and its lighter and its darker part are one ink each."""
    amount = int(ink.sum())
    if amount < MIN_INK:
        return False
    disc = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (STROKE, STROKE))
    thick = int(cv2.morphologyEx(ink.astype(np.uint8), cv2.MORPH_OPEN, disc).sum())
    is_lighter = ink & (measures.brightening > 0)
    shades = [shade for shade in (is_lighter, ink & ~is_lighter) if shade.sum() > 0.1 * amount]
    return thick < 0.25 * amount and all(is_one_ink(shade, measures) for shade in shades)


def is_one_ink(shade: Mask, measures: Measures) -> bool:
    """Whether one colour at one opacity, laid over the photograph, explains the strokes.

    The tenth that differs most counts: the rest are the soft edges of letters. A carved ornament
    or a texture has shades of its own, and no single ink explains them.
    """
    miss = measures.pixel_miss[shade]
    core = miss >= np.quantile(miss, 0.9)
    under, over = measures.known[shade][core], measures.found[shade][core]
    terms = np.column_stack([under.mean(axis=1), np.ones(len(under))])
    solved = np.linalg.lstsq(terms, over, rcond=None)[0]
    left = over - terms @ solved
    return bool(left.std() < INK_SPREAD)


def shows_through(patch: Mask, ink: Mask, measures: Measures) -> bool:
    """Whether the photograph itself stands between the strokes: without that, nothing is called an
    overlay.
    """
    near_ink = cv2.dilate(ink.astype(np.uint8), np.ones((5, 5), np.uint8)).astype(bool)
    between = patch & ~near_ink
    if int(between.sum()) < MIN_BETWEEN * patch.sum():
        return False
    spread = float(measures.brightening[between].var())
    return spread < 3 * measures.noise + BETWEEN_TOLERANCE * float(measures.luma[between].var())
