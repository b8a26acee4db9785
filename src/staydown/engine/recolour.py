"""Gives the known photograph the colours of the found one: one map for the whole picture, a curve
for each channel and a little of the other two.

The map is fitted only where the texture of the two agrees, so that recolouring, grey copies and
filters do not count as alterations, and a region that was repainted does. What differs from place
to place, such as darkened corners, is not in it.
"""

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.cells import Field, mean_over, pool, shrink, smooth
from staydown.engine.pictures import Pixels

LUMA = np.array([0.299, 0.587, 0.114], dtype=np.float32)
MIN_LIKENESS = 0.7
"""Correlation of texture from which a cell is trusted to show the same thing in both."""
MIN_CELLS, MAX_CELLS = 60, 1500
"""Trusted cells below which the colours stay as they are, and how many at most are fitted on."""
KNOTS = 9
"""Of the curve of each channel, evenly over 0..255."""
HOLD_MIX, HOLD_CURVE = 3e-6, 3e-3
"""How strongly a map is held to what it would be without recolouring, for each trusted cell."""
ROUNDS = 3
USUAL_MISS = 4.0
"""Grey levels by which a trusted cell may miss the map and still count fully."""

type Floats = npt.NDArray[np.float32]


def recolour(known: Pixels, found: Field, share: Field) -> Field:
    """`known` (h, w, 3) in the colours of `found`, 0 to 255; `share` says how much of each cell
    lies inside of the photograph.
    """
    plain = known.astype(np.float32)
    trusted = (likeness_of(plain, found) > MIN_LIKENESS) & (share > 0.99)
    rows = np.flatnonzero(trusted)
    if len(rows) < MIN_CELLS:
        return plain
    rows = rows[:: -(-len(rows) // MAX_CELLS)]
    here, there = pool(plain).reshape(-1, 3)[rows], pool(found).reshape(-1, 3)[rows]
    mixes = np.array([fit_channel(here, there[:, channel], channel) for channel in range(3)])
    return put_on(known, plain, mixes)


def likeness_of(known: Field, found: Field) -> Field:
    """Per cell, the correlation of the texture in the cells around it, looked at half size."""
    left, right = (shrink(picture @ LUMA, 2) for picture in (known, found))
    left, right = smooth(left, 0.6) - smooth(left, 2), smooth(right, 0.6) - smooth(right, 2)
    joint, own, other = (
        mean_over(shrink(product, 2), 3) for product in (left * right, left**2, right**2)
    )
    return np.asarray(joint / np.sqrt(own * other + 4), np.float32)


def fit_channel(known: Floats, found: Floats, channel: int) -> Floats:
    """(4 + KNOTS,): by how many levels one channel is off for each term of (n, 3) known colours,
    by weighted least squares that are held to nothing.
    """
    terms = np.column_stack([mixing_terms(known), curve_terms(known[:, channel])])
    goal = found - known[:, channel]
    hold = np.diag(np.repeat([HOLD_MIX, HOLD_CURVE], [4, KNOTS]) * len(known))
    weights, solved = np.ones(len(known)), np.zeros(4 + KNOTS)
    for _ in range(ROUNDS):
        weighed = terms * weights[:, None]
        solved = np.linalg.solve(weighed.T @ terms + hold, weighed.T @ goal)
        misses = np.abs(terms @ solved - goal)
        weights = 1 / (1 + (misses / max(USUAL_MISS, float(np.median(misses)))) ** 2)
    return solved.astype(np.float32)


def mixing_terms(colours: Floats) -> Floats:
    """(n, 4): one, and the three channels in 0..1."""
    return np.column_stack([np.ones(len(colours), np.float32), colours / np.float32(255)])


def curve_terms(values: Floats) -> Floats:
    """(n, KNOTS): how near each of (n,) values lies to each knot, 0 to 1; they add up to 1."""
    steps = values[:, None] * np.float32((KNOTS - 1) / 255)
    away = np.abs(steps - np.arange(KNOTS, dtype=np.float32))
    return np.asarray(np.maximum(1 - away, 0), np.float32)


def put_on(known: Pixels, plain: Field, mixes: Floats) -> Field:
    """`known` seen through the maps (3, 4 + KNOTS) of its channels."""
    values = np.arange(256, dtype=np.float32)
    curves = values[:, None] + curve_terms(values) @ mixes[:, 4:].T + mixes[:, 0]
    curved = cv2.LUT(known, np.ascontiguousarray(curves[None], np.float32))
    mixed = cv2.transform(plain, np.ascontiguousarray(mixes[:, 1:4] / np.float32(255)))
    shown = np.asarray(cv2.add(curved, mixed), np.float32)
    return np.clip(shown, 0, 255, out=shown)
