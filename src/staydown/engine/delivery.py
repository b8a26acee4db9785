"""Between the frames of a comparison: the registered photograph, its proxy, the canvas, and the
found picture.
"""

import cv2
import numpy as np

from staydown.engine.canvas import Canvas
from staydown.engine.fits import Matrix, compose, invert
from staydown.engine.pictures import Picture
from staydown.engine.subjects import Known, Seen
from staydown.engine.tracking import Mask
from staydown.engine.verdict import AREA_VALUES, Area, AreaMap, Transform


def deliver(areas: AreaMap, canvas: Canvas, found: Picture) -> AreaMap:
    """The areas of the canvas at the size of the found picture; what lies outside the canvas is
    outside the photograph.
    """
    return np.asarray(
        cv2.warpAffine(
            areas,
            canvas.to_found,
            (found.width, found.height),
            flags=cv2.INTER_NEAREST,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=AREA_VALUES[Area.OUTSIDE],
        ),
        dtype=np.uint8,
    )


def plain_map(areas: AreaMap | None, found: Picture) -> AreaMap:
    """The map as it is given away: 0 to 3, where what is not surely kept counts as kept; all 0 for
    a picture that is no copy.
    """
    if areas is None:
        return np.zeros((found.height, found.width), np.uint8)
    is_unsure = areas == AREA_VALUES[Area.UNSURE]
    return np.where(is_unsure, AREA_VALUES[Area.KEPT], areas).astype(np.uint8)


def to_registered(canvas: Canvas, known: Known) -> Transform:
    """The refined fit from pixels of the photograph as it was registered (not of its proxy) to
    found pixels.
    """
    (a, b, c), (d, e, f) = compose(canvas.known_to_found, from_registered(known)).tolist()
    return (a, b, c), (d, e, f)


def from_registered(known: Known) -> Matrix:
    """(2, 3): pixels of the photograph as it was registered → pixels of its proxy."""
    proxy, whole = known.proxy, known.fingerprint
    across = proxy.width / whole.width if proxy else 1.0
    down = proxy.height / whole.height if proxy else 1.0
    return np.array([[across, 0, (across - 1) / 2], [0, down, (down - 1) / 2]])


def overlap_shares(canvas: Canvas, areas: AreaMap, known: Known, seen: Seen) -> tuple[float, float]:
    """Which shares of the photograph and of the found picture the overlap is, 0 to 1 each."""
    overlap = float((areas != AREA_VALUES[Area.OUTSIDE]).sum())
    scale = abs(np.linalg.det(invert(canvas.to_found)[:, :2]))
    found = seen.picture.width * seen.picture.height * scale
    if known.proxy is None:
        return 0.0, min(1.0, overlap / found)
    stretch = abs(np.linalg.det(canvas.known_to_found[:, :2])) * scale
    whole = known.proxy.width * known.proxy.height * stretch
    return min(1.0, overlap / whole), min(1.0, overlap / found)


def support_share(known: Known, canvas: Canvas, proven: Mask) -> float:
    """Which share of the region that a match must be supported in is proven, 0 to 1; 1 if the whole
    picture counts.
    """
    if known.focus is None:
        return 1.0
    wanted = (known.focus == AREA_VALUES[Area.ALTERED]).astype(np.uint8)
    to_canvas = compose(invert(canvas.to_found), canvas.known_to_found)
    size = (canvas.inside.shape[1], canvas.inside.shape[0])
    laid = (
        cv2.warpAffine(wanted, to_canvas, size, flags=cv2.INTER_NEAREST).astype(bool)
        & canvas.inside
    )
    return float((laid & proven).sum()) / max(1, int(laid.sum()))
