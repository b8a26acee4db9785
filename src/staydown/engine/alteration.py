"""Decides, place by place, what was kept, altered, or covered by writing, after the two pictures
lie on one canvas.

Measures are taken cell by cell (`measures`), weighed by what was learned (`opinion`), and made into
areas by rules that can be read: the photo's frame is found first, writing has to prove that it is
writing, and what is very small is dropped.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.canvas import Canvas
from staydown.engine.cells import Field, spread
from staydown.engine.frame import find_photo
from staydown.engine.measures import Measures, measure
from staydown.engine.opinion import ALTERED, COVERED, KEPT, form_opinion
from staydown.engine.overlays import MIN_INK, find_overlays
from staydown.engine.verdict import AREA_VALUES, Area, AreaMap

MIN_DOUBT = 0.5
"""How likely a place is not kept, to be called altered or covered."""
RIM = 2
"""Cells along the photo's edge in which a patch may be what a turn or a page left."""
MIN_INNER = 0.1
"""Least share of a patch that lies farther in."""
STEP_ASIDE = 0.05
"""How far from MIN_DOUBT a cell is set that is overruled by its neighbours."""
NEARLY = 0.4
"""How likely a place is altered, to speak against writing beside it."""
MIN_ALTERED = 0.001
"""Smallest altered patch, and smallest hole in one, as a share of the canvas."""
SAFE_CERTAINTY = 0.9
"""How likely a place is kept, to be shown to a reviewer."""
PROOF_LIKENESS = 0.85
"""Correlation of fine texture that proves a place to be kept."""
PROOF_CERTAINTY = 0.7
PROOF_TEXTURE = 4.0
"""Times the noise that texture has to have to prove anything."""

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


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the canvas says at one choice of where the photo lies."""

    inside: Mask
    measures: Measures
    cells: Field
    """(rows, columns, 3): how likely each cell is kept, altered, covered."""
    opinion: Field
    """(h, w, 3): the same for each pixel."""

    @property
    def doubted(self) -> Mask:
        """Where it is likelier than not that something else stands than the photograph."""
        return np.asarray((self.opinion[..., KEPT] < 1 - MIN_DOUBT) & self.inside)

    @property
    def changed(self) -> Mask:
        """The same without what is very small, or only along the photo's rim."""
        whole = (self.measures.share > 0.99).astype(np.uint8)
        core = cv2.erode(whole, np.ones((2 * RIM + 1,) * 2, np.uint8), borderValue=0) > 0
        doubt = calm(1 - self.cells[..., KEPT], np.asarray(core))
        return np.asarray((self.at_pixels(doubt) > MIN_DOUBT) & self.inside)

    @property
    def proven(self) -> Mask:
        """Where there is texture enough to see, and it is the photograph's."""
        fine = self.measures.fine
        is_textured = fine.known_energy > PROOF_TEXTURE * self.measures.noise
        likeness = self.at_pixels(np.where(is_textured, fine.likeness, 0).astype(np.float32))
        is_alike = likeness > PROOF_LIKENESS
        return np.asarray(is_alike & (self.opinion[..., KEPT] > PROOF_CERTAINTY) & self.inside)

    def at_pixels(self, cells: Field) -> Field:
        """A field of cells at each pixel."""
        height, width = self.inside.shape
        return spread(cells, (height, width))


def find_alterations(canvas: Canvas) -> Alteration:
    """What was kept and what was altered on `canvas`."""
    reading = read(canvas, canvas.inside)
    inside = find_photo(canvas.found, canvas.inside, reading.proven, reading.doubted)
    if not np.array_equal(inside, canvas.inside):
        reading = read(canvas, inside)
    areas = areas_of(reading)
    overlap = max(1, int(inside.sum()))
    return Alteration(
        areas=areas,
        altered_fraction=float((areas == AREA_VALUES[Area.ALTERED]).sum() / overlap),
        covered_fraction=float((areas == AREA_VALUES[Area.COVERED]).sum() / overlap),
        proven=reading.proven,
    )


def read(canvas: Canvas, inside: Mask) -> Reading:
    """Measures and opinion where the canvas is `inside` of the photo."""
    measures = measure(canvas, inside)
    cells = form_opinion(measures)
    height, width = inside.shape
    return Reading(
        inside=inside, measures=measures, cells=cells, opinion=spread(cells, (height, width))
    )


def areas_of(reading: Reading) -> AreaMap:
    """(h, w): values of AREA_VALUES."""
    changed, opinion = reading.changed, reading.opinion
    altered, covered = changed, np.zeros_like(changed)
    proposed = changed & (opinion[..., COVERED] > opinion[..., ALTERED])
    if int(proposed.sum()) >= MIN_INK:
        nearly = opinion[..., ALTERED] > NEARLY
        covered = find_overlays(proposed, nearly, reading.measures, reading.inside)
    if covered.any():
        altered = drop_small(changed & ~covered, MIN_ALTERED)
    areas = np.full(changed.shape, AREA_VALUES[Area.KEPT], np.uint8)
    areas[opinion[..., KEPT] < SAFE_CERTAINTY] = AREA_VALUES[Area.UNSURE]
    areas[covered] = AREA_VALUES[Area.COVERED]
    areas[altered] = AREA_VALUES[Area.ALTERED]
    areas[~reading.inside] = AREA_VALUES[Area.OUTSIDE]
    return areas


def calm(doubt: Field, core: Mask) -> Field:
    """`doubt` per cell, laid where it is small and alone or hardly reaches the `core` of the photo,
    and raised where it leaves a small hole.
    """
    is_doubted = doubt > MIN_DOUBT
    stays = drop_small(drop_rims(is_doubted, core), MIN_ALTERED)
    laid = np.where(is_doubted & ~stays, np.float32(MIN_DOUBT - STEP_ASIDE), doubt)
    return np.where(stays & ~is_doubted, np.float32(MIN_DOUBT + STEP_ASIDE), laid)


def drop_rims(mask: Mask, core: Mask) -> Mask:
    """`mask` without connected patches of which hardly anything lies in `core`: slivers that a turn
    or a page left along the edge.
    """
    count, found = cv2.connectedComponents(mask.astype(np.uint8), connectivity=4)
    labels = np.asarray(found, np.int32)
    sizes = np.bincount(labels.ravel(), minlength=count)
    inner = np.bincount(labels[core], minlength=count)
    stays = inner > MIN_INNER * sizes
    stays[0] = False
    return np.asarray(stays[labels])


def drop_small(mask: Mask, share: float) -> Mask:
    """`mask` without patches, and without holes, smaller than `share` of it all."""
    least = share * mask.size
    return ~drop_patches(~drop_patches(mask, least), least)


def drop_patches(mask: Mask, least: float) -> Mask:
    """`mask` without connected patches of fewer than `least` places."""
    _, labels, figures, _ = cv2.connectedComponentsWithStats(mask.astype(np.uint8), connectivity=4)
    large = figures[:, cv2.CC_STAT_AREA] >= least
    large[0] = False
    return np.asarray(large[labels])
