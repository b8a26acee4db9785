"""How well a map of alterations meets the truth.

The overlap of two areas is their intersection over their union (IoU), 0 to 1, in the found picture.
It is told for the mask under which something was replaced, and for those pixels of it that visibly
changed: a map cannot see that a white wall was replaced by a white one.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from staydown.cli.bench.edited import Edited, SoftMask
from staydown.engine.verdict import AREA_VALUES, Area, AreaMap

type Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class MapFigures:
    """`overlap_mask` and `overlap_changed` are None where nothing was replaced; `altered_share` is
    of the found picture, whatever the truth.
    """

    overlap_mask: float | None
    overlap_changed: float | None
    altered_share: float


def figures_of(areas: AreaMap, truth: Edited) -> MapFigures:
    """The map of a found picture against what was done to it."""
    altered = areas == AREA_VALUES[Area.ALTERED]
    return MapFigures(
        overlap_mask=overlap(altered, truth.altered),
        overlap_changed=overlap(altered, truth.changed),
        altered_share=float(altered.mean()),
    )


def overlap(altered: Mask, truth: SoftMask | None) -> float | None:
    """Intersection over union; None without a truth, or if no part of it is left."""
    if truth is None:
        return None
    wanted = truth > 0.5
    union = int((altered | wanted).sum())
    return float((altered & wanted).sum()) / union if wanted.any() else None
