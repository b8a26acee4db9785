"""Puts the measures of a canvas into the numbers that the perceptrons of `opinion` were learned on.

What a cell says itself comes first; then what the cells around it say, near and far, outside of the
photograph counting for nothing. A change here needs bench/learn to be run again.
"""

import cv2
import numpy as np

from staydown.engine.cells import Field, resize, shrink, smooth
from staydown.engine.measures import Measures
from staydown.engine.recolour import LUMA

NEAR, FARTHER, FAR = 1.5, 4.0, 10.0
"""Cells over which neighbours are heard."""
OWN = 22
"""How many numbers a cell says itself."""
HEARD = (1, 2, 6, 7, 8, 11, 14, 15, 16, 17, 18, 19, 20, 21)
"""What neighbours are heard on: rows of `own_inputs`."""
DIRECTIONS = ((0, 1), (1, 0), (0, -1), (-1, 0), (1, 1), (1, -1), (-1, 1), (-1, -1))
DISTANCES = (2, 5)
"""Cells at which single neighbours are asked, in each direction."""
SURE = 6.0
"""Log odds beyond which an opinion is not heard any louder."""


def own_inputs(measures: Measures) -> Field:
    """(rows, columns, 22): what a cell says itself, on scales on which equal steps matter alike."""
    fine, noise = measures.fine, measures.noise
    unexplained = 1 - np.maximum(fine.likeness, 0) ** 2
    texture = np.maximum(fine.known_energy, fine.found_energy)
    (coarse_known, coarse_found), (finest_known, finest_found) = (
        measures.coarse_energies,
        measures.finest_energies,
    )
    usual_finest, usual_fine = usual_sharpening(measures)
    columns = (
        fine.likeness,
        fine.wide_likeness,
        measures.coarse_likeness,
        fine.likeness - fine.still_likeness,
        np.log1p(fine.known_energy) / 3,
        np.log1p(fine.found_energy) / 3,
        np.log1p(fine.known_energy * unexplained / noise),
        np.log1p(fine.found_energy * unexplained / noise),
        sharper(finest_known, finest_found, 1.0) - usual_finest,
        np.log1p(finest_known) / 3,
        np.log1p(finest_found) / 3,
        sharper(fine.known_energy, fine.found_energy, 2.0) - usual_fine,
        np.log1p(coarse_known) / 3,
        np.log1p(coarse_found) / 3,
        *colour_inputs(measures.miss),
        *colour_inputs(measures.local_miss),
        np.log1p(measures.stroke_mean),
        np.log1p(measures.stroke_most) / 2,
        measures.stroke_share,
        texture / (texture + 4 * noise),
    )
    return np.stack(columns, axis=2)


def sharper(known: Field, found: Field, floor: float) -> Field:
    """By which factor (its logarithm) there is more texture than there ought to be."""
    return np.log((found + floor) / (known + floor))


def usual_sharpening(measures: Measures) -> tuple[float, float]:
    """The same for the picture as a whole, finest and fine texture: copies are blurred or sharpened
    everywhere, alterations in one place.
    """
    where = measures.agreeing
    if int(where.sum()) < 30:
        return 0.0, 0.0
    (known, found), fine = measures.finest_energies, measures.fine
    finest = sharper(known[where], found[where], 1.0)
    texture = sharper(fine.known_energy[where], fine.found_energy[where], 2.0)
    return float(np.median(finest)), float(np.median(texture))


def colour_inputs(miss: Field) -> tuple[Field, Field]:
    """How far brightness, and how far colour, is off."""
    bright = miss @ LUMA
    colour = np.sqrt(((miss - bright[..., None]) ** 2).mean(axis=2))
    return np.log1p(np.abs(bright) / 2), np.log1p(colour / 2)


def first_inputs(measures: Measures, own: Field) -> Field:
    """(rows, columns, 71): a cell, its surroundings at three distances, and the picture as a
    whole.
    """
    informed = own[..., :1] * own[..., OWN - 1 :]
    heard = np.concatenate([own[..., HEARD], informed], axis=2)
    weights = measures.share[..., None] + np.float32(0.01)
    said = np.concatenate([heard * weights, weights], axis=2)
    half = shrink(said, 2)
    quarter = shrink(half, 2)
    size = (own.shape[1], own.shape[0])
    around = (
        part_of(smooth(said, NEAR)),
        resize(part_of(smooth(half, FARTHER / 2)), size),
        resize(part_of(smooth(quarter, FAR / 4)), size),
    )
    finest, fine = usual_sharpening(measures)
    whole = np.array(
        [np.log(measures.noise), finest, fine, measures.agreeing.mean()], dtype=np.float32
    )
    shape = (*own.shape[:2], len(whole))
    return np.concatenate([own, *around, np.broadcast_to(whole, shape)], axis=2)


def part_of(said: Field) -> Field:
    """Weighted sums over the weights that went into them, which are the last channel."""
    return np.asarray(said[..., :-1] / said[..., -1:], np.float32)


def second_inputs(first: Field, own: Field) -> Field:
    """(rows, columns, 47): a first opinion here and around, near neighbours asked one by one."""
    odds = np.log((first[..., 1:] + 1e-4) / (first[..., :1] + 1e-4))
    odds = np.asarray(np.clip(odds, -SURE, SURE) / 3, np.float32)
    rows, columns = odds.shape[:2]
    most = max(DISTANCES)
    padded = cv2.copyMakeBorder(odds[..., 0], *(most,) * 4, cv2.BORDER_REPLICATE)
    single = [
        padded[
            most + down * away : most + down * away + rows,
            most + across * away : most + across * away + columns,
        ]
        for away in DISTANCES
        for down, across in DIRECTIONS
    ]
    around = [smooth(odds, NEAR), smooth(odds, FARTHER)]
    far = resize(smooth(shrink(first, 4), FAR / 4), (columns, rows))
    return np.concatenate([odds, *around, np.stack(single, axis=2), far, own], axis=2)
