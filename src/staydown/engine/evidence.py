"""How strongly the pixels speak for a found picture being made from a photograph.

Keypoints that fit are no proof: a second photograph of the same wall has them, and strangers'
portraits share flags, eyes and mouths. In a copy, patches go where one exact map puts them, and
where one patch does, nearly all around it do; in another photograph they wander, and those that fit
lie scattered among others that do not. `Evidence` measures that; the weights in calibration.toml
make one number of it, learned by bench/learn/learn_score.py.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.alignment import Alignment
from staydown.engine.canvas import STEP, Canvas
from staydown.engine.pictures import Pixels
from staydown.engine.tracking import TRACK_REACH, Points, Tracks

LOOK = 11
"""Side in pixels of the patches whose likeness is measured where tracking ended."""
MIN_LIKENESS = 0.7
"""Correlation of a patch that supports."""
NEIGHBOURS = 5
"""Patches a side of the neighbourhood that is asked whether it supports, too."""
MIN_SUPPORT = 16
"""With fewer patches, anything fits something."""
MIN_COMPANY = 0.3
"""Share of its neighbours that has to support for a patch to count for the spread."""

SIMILAR = 1.0067
"""A fit of less anisotropy is a similarity, as far as can be measured."""
CLOSE = 0.12
"""Pixels of the canvas."""

type Values = npt.NDArray[np.float64]
type Grey = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What the score is made of: see calibration.toml for what each weighs. Lengths in pixels of
    the canvas.
    """

    support_log: float
    """Logarithm of how many patches go where the fit puts them, and look alike there."""
    support_share: float
    """Of those that could be tracked."""
    drift: float
    """Median miss of the supporting patches."""
    bent_drift: float
    """How much of the drift is over CLOSE, where the fit is no similarity: software that stretches
    a picture leaves hardly any, a second frame of the same wall does.
    """
    length: float
    """Spread of the supporting patches that lie together, as a share of the overlap's side."""
    breadth: float
    """The same across."""
    squash_log: float
    """Logarithm of the refined fit's anisotropy less 1."""
    inliers_squash_log: float
    """Logarithm of the anisotropy less 1 of the fit from keypoints alone."""

    def score(self, weights: Mapping[str, float], bias: float) -> float:
        """The weighted sum: above 0, the pixels rather speak for a copy."""
        values = asdict(self)
        return bias + float(sum(weight * values[name] for name, weight in weights.items()))


def weigh(canvas: Canvas, fit: Alignment) -> Evidence | None:
    """The evidence on one canvas; None if hardly any patch supports."""
    tracks = canvas.tracks
    if canvas.correction is None or int(tracks.came_back.sum()) < MIN_SUPPORT:
        return None
    misses = tracks.misses(canvas.correction)
    supports = (misses < TRACK_REACH) & (likeness(canvas, tracks) > MIN_LIKENESS)
    if int(supports.sum()) < MIN_SUPPORT:
        return None
    together = supports & (density(tracks, supports) >= MIN_COMPANY)
    length, breadth = spread(tracks.starts[together], int(canvas.inside.sum()))
    return Evidence(
        support_log=float(np.log(supports.sum())),
        support_share=float(supports.sum() / tracks.came_back.sum()),
        drift=float(np.median(misses[supports])),
        bent_drift=bent_drift(canvas, misses[supports]),
        length=length,
        breadth=breadth,
        squash_log=squash_log(canvas.anisotropy),
        inliers_squash_log=squash_log(fit.anisotropy),
    )


def bent_drift(canvas: Canvas, misses: Values) -> float:
    """How much the median miss is over CLOSE, where the fit is no similarity; else 0."""
    if canvas.anisotropy < SIMILAR:
        return 0.0
    return max(0.0, float(np.median(misses)) - CLOSE)


def squash_log(anisotropy: float) -> float:
    """How far a fit is from a similarity, on a scale on which thousandths count."""
    return float(np.log(min(max(anisotropy - 1, 5e-4), 0.3)))


def likeness(canvas: Canvas, tracks: Tracks) -> Values:
    """(n,): the correlation of each patch with where it went."""
    known, found = (grey_of(one) for one in (canvas.known, canvas.found))
    return correlate(cut(known, tracks.starts), cut(found, tracks.ends))


def grey_of(pixels: Pixels) -> Grey:
    """(h, w), 0 to 255."""
    return np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), np.float32)


def cut(grey: Grey, middles: Points) -> Grey:
    """(n, LOOK²): the patch around each of the middles."""
    offsets = np.arange(LOOK, dtype=np.float32) - LOOK // 2
    down, across = (one.ravel() for one in np.meshgrid(offsets, offsets, indexing="ij"))
    found = cv2.remap(
        grey,
        middles[:, :1] + across,
        middles[:, 1:] + down,
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(found, np.float32)


def correlate(left: Grey, right: Grey) -> Values:
    """(n,): normalised cross-correlation of the rows, -1 to 1."""
    left = left - left.mean(axis=1, keepdims=True)
    right = right - right.mean(axis=1, keepdims=True)
    scale = np.sqrt((left**2).sum(axis=1) * (right**2).sum(axis=1) + 1e-3)
    return np.asarray((left * right).sum(axis=1) / scale, float)


def density(tracks: Tracks, supports: npt.NDArray[np.bool_]) -> Values:
    """(n,): which share of each patch's textured neighbours supports."""
    columns, rows = (tracks.starts / STEP).astype(int).T
    grid = np.zeros((2, rows.max() + 1, columns.max() + 1), np.float32)
    grid[0, rows, columns] = 1
    grid[1, rows, columns] = supports
    window = (NEIGHBOURS, NEIGHBOURS)
    textured, supporting = (
        cv2.boxFilter(one, -1, window, normalize=False, borderType=cv2.BORDER_CONSTANT)
        for one in grid
    )
    others = np.maximum(textured - 1, 1)[rows, columns]
    return np.asarray((supporting[rows, columns] - supports) / others, float)


def spread(points: Points, area: int) -> tuple[float, float]:
    """How far the points lie apart, along and across, over the square root of `area` pixels; 0 for
    hardly any points.
    """
    if len(points) < MIN_SUPPORT // 2:
        return 0.0, 0.0
    away = points - points.mean(axis=0)
    along, across = np.linalg.svd(away, compute_uv=False) / np.sqrt(len(points) * max(1, area))
    return float(along), float(across)
