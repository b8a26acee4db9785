"""What each cell of a canvas says about kept or altered, as numbers: texture that agrees, texture
that is gone or new, colour, strokes.

All measures are taken after the known photograph was given the colours of the found one. They are
measures and no judgement: `opinion` weighs them.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.canvas import Canvas
from staydown.engine.cells import (
    CELL,
    Field,
    mean_over,
    pad,
    pad_pixels,
    pool,
    shrink,
    smooth,
    smooth_far,
)
from staydown.engine.recolour import LUMA, recolour

WINDOW, WIDE, COARSE = 3, 7, 5
"""Sides in cells of the windows in which texture is compared."""
DRIFT = 3
"""Pixels by which a place may have moved against the global fit."""
SHIFTS = tuple(
    (down, across)
    for down in range(-DRIFT, DRIFT + 1)
    for across in range(-DRIFT, DRIFT + 1)
    if down**2 + across**2 <= DRIFT**2 + 1
)
STEPS = ((0, 0), (0, 1), (1, 0), (0, -1), (-1, 0))
"""The shifts of coarse texture, in steps of two pixels."""
LEAST_ENERGY = 4.0
"""Squared grey levels below which texture is none: keeps correlations of flat places near 0."""
STROKE_MISS = 12.0
"""Grey levels that make a single pixel part of a stroke."""
LIKE = 0.8
"""Correlation from which texture counts as agreeing."""
FAR = 12.0
"""Cells over which a slow change of brightness is told from a change of colour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Texture:
    """One band of texture per cell. Energies are variances, in squared grey levels (0..255)."""

    likeness: Field
    """Best correlation over shifts in a window of WINDOW cells, -1 to 1."""
    wide_likeness: Field
    """The same over WIDE cells."""
    still_likeness: Field
    """The same over WINDOW cells, without any shift."""
    known_energy: Field
    """What ought to be there."""
    found_energy: Field
    """What is there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """Per cell, unless said otherwise."""

    fine: Texture
    """Between about one and four pixels."""
    coarse_likeness: Field
    coarse_energies: tuple[Field, Field]
    """Known and found, between about two and eight pixels."""
    finest_energies: tuple[Field, Field]
    """Known and found, below about a pixel: what a blur takes away."""
    miss: Field
    """(rows, columns, 3): found less known colour, the mean of each cell."""
    local_miss: Field
    """The same, less its slow part."""
    stroke_mean: Field
    """By how many grey levels single pixels lie outside of what their surroundings explain."""
    stroke_most: Field
    stroke_share: Field
    """Share of pixels beyond STROKE_MISS."""
    share: Field
    """How much of each cell lies inside of the photograph, 0 to 1."""
    noise: float
    """Variance that re-encoding added, as far as it shows where the texture agrees."""
    agreeing: npt.NDArray[np.bool_]
    """Cells inside in which fine texture agrees."""
    known: Field
    """(h, w, 3) pixels: the known colours, as they would look in the found picture."""
    found: Field
    """(h, w, 3) pixels: the found colours; outside of the photograph, the known ones."""
    pixel_miss: Field
    """(h, w) pixels: as `stroke_mean`."""


def measure(canvas: Canvas, inside: npt.NDArray[np.bool_]) -> Measures:
    """All measures of `canvas` where it is `inside` of the photograph; elsewhere the two are taken
    to agree.
    """
    seen, within = pad(canvas.found.astype(np.float32)), pad(inside.astype(np.float32))
    share = pool(within)
    known = recolour(pad_pixels(canvas.known), seen, share)
    found = np.where(within[..., None] > 0, seen, known)
    fine = compare_fine(known @ LUMA, found @ LUMA)
    agreeing = (fine.likeness > LIKE) & (share > 0.99)
    noise = noise_of(fine, agreeing)
    miss = pool(found - known)
    likeness, *energies = compare_coarse(known @ LUMA, found @ LUMA)
    strokes = miss_of_pixels(known, found)
    height, width = inside.shape
    return Measures(
        fine=fine,
        coarse_likeness=likeness,
        coarse_energies=(energies[0], energies[1]),
        finest_energies=(finest_energy(known @ LUMA), finest_energy(found @ LUMA)),
        miss=miss,
        local_miss=miss - slow_part(miss, fine, share, noise),
        stroke_mean=pool(strokes),
        stroke_most=most_of(strokes),
        stroke_share=pool((strokes > STROKE_MISS).astype(np.float32)),
        share=share,
        noise=noise,
        agreeing=agreeing,
        known=known[:height, :width],
        found=found[:height, :width],
        pixel_miss=strokes[:height, :width],
    )


def compare_fine(known: Field, found: Field) -> Texture:
    """Fine texture of two grey pictures, over all SHIFTS."""
    left, right = fine_band(known), fine_band(found)
    own, other = pool(left * left), pool(right * right)
    near, far = (
        1 / np.sqrt(mean_over(own, side) * mean_over(other, side) + LEAST_ENERGY)
        for side in (WINDOW, WIDE)
    )
    height, width = left.shape
    padded = cv2.copyMakeBorder(right, *(DRIFT,) * 4, cv2.BORDER_REPLICATE)
    best, widest = np.full_like(near, -1), np.full_like(near, -1)
    still = best
    for down, across in SHIFTS:
        top, side = DRIFT + down, DRIFT + across
        joint = pool(left * padded[top : top + height, side : side + width])
        here = mean_over(joint, WINDOW) * near
        best, widest = np.maximum(best, here), np.maximum(widest, mean_over(joint, WIDE) * far)
        still = here if down == across == 0 else still
    return Texture(
        likeness=np.minimum(best, 1),
        wide_likeness=np.minimum(widest, 1),
        still_likeness=np.minimum(still, 1),
        known_energy=mean_over(own, WINDOW),
        found_energy=mean_over(other, WINDOW),
    )


def fine_band(grey: Field) -> Field:
    """What is finer than four pixels, lightly smoothed: the finest pixels are the encoder's, not
    the camera's.
    """
    return smooth(grey, 0.8) - smooth_far(grey, 4)


def compare_coarse(known: Field, found: Field) -> tuple[Field, Field, Field]:
    """Best correlation over STEPS, and the two energies, of texture of two to eight pixels."""
    left, right = coarse_band(known), coarse_band(found)
    own, other = (mean_over(shrink(band * band, 2), COARSE) for band in (left, right))
    scale = 1 / np.sqrt(own * other + LEAST_ENERGY)
    height, width = left.shape
    padded = cv2.copyMakeBorder(right, 1, 1, 1, 1, cv2.BORDER_REPLICATE)
    best = np.full_like(own, -1)
    for down, across in STEPS:
        moved = padded[1 + down : 1 + down + height, 1 + across : 1 + across + width]
        best = np.maximum(best, mean_over(shrink(left * moved, 2), COARSE) * scale)
    return np.minimum(best, 1), own, other


def coarse_band(grey: Field) -> Field:
    """At half size: what lies between two and eight pixels."""
    half = shrink(grey, 2)
    return smooth(half, 1) - smooth(half, 4)


def finest_energy(grey: Field) -> Field:
    """The variance of what a blur of about a pixel takes away."""
    band = grey - smooth(grey, 1.2)
    return mean_over(pool(band * band), WINDOW)


def noise_of(fine: Texture, agreeing: npt.NDArray[np.bool_]) -> float:
    """What of the found texture the known one does not explain, where the two agree."""
    if int(agreeing.sum()) < 30:
        return 9.0
    unexplained = (fine.found_energy * (1 - fine.likeness**2))[agreeing]
    return float(np.clip(np.median(unexplained), 1.0, 60.0))


def slow_part(miss: Field, fine: Texture, share: Field, noise: float) -> Field:
    """The part of `miss` that changes slowly over places that surely agree, as darkened corners
    do.
    """
    texture = fine.known_energy / (fine.known_energy + 4 * noise)
    trust = np.where((fine.likeness > LIKE) & (share > 0.99), texture, 0).astype(np.float32)
    return smooth_far(miss * trust[..., None], FAR) / (smooth_far(trust, FAR) + 0.02)[..., None]


def miss_of_pixels(known: Field, found: Field) -> Field:
    """Per pixel, how far the found colour lies outside of what the known pixel and its neighbours
    could give, in grey levels (root mean square over channels).
    """
    cell = np.ones((3, 3), np.uint8)
    beyond = np.maximum(found - cv2.dilate(known, cell), cv2.erode(known, cell) - found)
    beyond = np.maximum(beyond, 0)
    return np.sqrt(cv2.transform(beyond * beyond, np.full((1, 3), 1 / 3, np.float32)))


def most_of(pixels: Field) -> Field:
    """The greatest value in each cell."""
    most = cv2.dilate(pixels, np.ones((CELL, CELL), np.uint8), anchor=(0, 0))
    return np.asarray(most[::CELL, ::CELL], np.float32)
