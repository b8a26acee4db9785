"""Local features: SIFT keypoints spread over the picture, described by RootSIFT.

Sources: Lowe, "Distinctive image features from scale-invariant keypoints" (IJCV 2004); Arandjelović
and Zisserman, "Three things everyone should know to improve object retrieval" (CVPR 2012). A mirror
image costs nothing: it permutes the bins.

Features say which small patches look alike. That two pictures show the same photograph takes
geometry and pixels as well.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
import numpy.typing as npt

from staydown.engine.pictures import Pixels

WORKING_SIDE = 448
"""Longest side in pixels at which keypoints are looked for."""
CELLS = 8
"""Keypoints are spread over this many by this many cells."""
REGISTERED_POINTS = 1500
UPLOAD_POINTS = 2500
MOST_POINTS = 4000
"""A picture of pure noise has more; they cost time and prove nothing."""
BINS = 128

type Points = npt.NDArray[np.float32]
"""(n, 2): x, y in pixels of the whole upright picture."""
type Floats = npt.NDArray[np.float32]
type Descriptors = npt.NDArray[np.uint8]
"""(n, 128): RootSIFT, each component times 255 (components lie in 0..1)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Features:
    """n keypoints of one picture: `points` (n, 2), `sizes` (n,) in pixels, `angles` (n,) in
    radians, `descriptors`.
    """

    points: Points
    sizes: Floats
    angles: Floats
    descriptors: Descriptors

    def __len__(self) -> int:
        return len(self.points)

    def only(self, rows: npt.NDArray[np.bool_] | npt.NDArray[np.intp]) -> "Features":
        """The features in `rows` alone."""
        return Features(
            points=self.points[rows],
            sizes=self.sizes[rows],
            angles=self.angles[rows],
            descriptors=self.descriptors[rows],
        )

    def moved(self, right: float, down: float) -> "Features":
        """The features of a part, in coordinates of the picture that it was cut from."""
        return replace(self, points=self.points + np.array([right, down], np.float32))

    def mirrored(self, width: int) -> "Features":
        """What would have been found in the mirror image of a picture `width` pixels wide."""
        points = self.points.copy()
        points[:, 0] = width - 1 - points[:, 0]
        return Features(
            points=points,
            sizes=self.sizes,
            angles=np.asarray(np.pi - self.angles, dtype=np.float32),
            descriptors=self.descriptors[:, MIRROR_BINS],
        )


def mirror_bins() -> npt.NDArray[np.intp]:
    """Where each of the 4×4×8 bins comes from in a mirror image: row → 3-row, orientation →
    -orientation.
    """
    bins = np.arange(BINS).reshape(4, 4, 8)
    return np.asarray(bins[::-1][:, :, (-np.arange(8)) % 8].ravel(), dtype=np.intp)


MIRROR_BINS = mirror_bins()


def describe(pixels: Pixels, limit: int) -> Features:
    """At most `limit` features of (h, w, 3) `pixels`, most telling first, in its coordinates."""
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    height, width = grey.shape
    factor = min(1.0, WORKING_SIDE / max(height, width))
    if factor < 1.0:
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        grey = cv2.resize(grey, size, interpolation=cv2.INTER_AREA)
    sift = cv2.SIFT.create(nfeatures=MOST_POINTS, contrastThreshold=0.004, edgeThreshold=12)
    found, raw = sift.detectAndCompute(grey, None)
    if raw is None or not found:
        return no_features()
    points = np.asarray(cv2.KeyPoint.convert(found), float)
    others = np.array([(one.size, one.angle, one.response) for one in found], np.float32)
    rows = spread(points / grey.shape[::-1], others[:, 2], limit)
    stretch = np.array([width / grey.shape[1], height / grey.shape[0]])
    return Features(
        points=np.asarray((points[rows] + 0.5) * stretch - 0.5, dtype=np.float32),
        sizes=others[rows, 0] * np.float32(stretch.mean()),
        angles=np.deg2rad(others[rows, 1]),
        descriptors=root(np.asarray(raw[rows], dtype=np.float32)),
    )


def no_features() -> Features:
    """Nothing was found."""
    return Features(
        points=np.zeros((0, 2), np.float32),
        sizes=np.zeros(0, np.float32),
        angles=np.zeros(0, np.float32),
        descriptors=np.zeros((0, BINS), np.uint8),
    )


def spread(points: npt.NDArray[np.float64], strengths: Floats, limit: int) -> npt.NDArray[np.intp]:
    """Rows of the strongest of each cell in turn, so that a busy corner does not take every place;
    (n, 2) `points` lie in a picture of side 1.
    """
    columns, lines = (points * CELLS).astype(int).T
    cells = lines * CELLS + columns
    order = np.lexsort((points[:, 0], points[:, 1], -strengths, cells))
    starts = np.flatnonzero(np.diff(cells[order], prepend=-1))
    lengths = np.diff(np.append(starts, len(order)))
    ranks = np.arange(len(order)) - np.repeat(starts, lengths)
    return order[np.lexsort((-strengths[order], ranks))][:limit]


def root(raw: Floats) -> Descriptors:
    """RootSIFT: L1-normalised, square-rooted; in 0..1, stored as 0..255."""
    scale = np.float32(255 * 255) / np.maximum(raw.sum(axis=1, keepdims=True), np.float32(1e-6))
    return np.asarray(np.rint(np.sqrt(raw * scale)), dtype=np.uint8)
