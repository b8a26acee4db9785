"""What may be said about two pictures, as values. No law, no time, no database.

A verdict is a fact about pictures: whether anybody on them is identifiable, or agreed to anything,
is not in it.
"""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt


class Verdict(StrEnum):
    """The findings of DESIGN.md, strongest first."""

    IDENTICAL = "identical"  # the same file or the same pixels
    NEAR_COPY = "near_copy"  # the whole picture, and the map found nothing altered
    PARTIAL_COPY = "partial_copy"  # part of it, or under text; what is there is unaltered
    DERIVED = "derived"  # geometric proof, and a measured part of it is altered
    HASH_MATCH = "hash_match"  # close by PDQ to what is known by its fingerprint only
    SAME_SESSION = "same_session"  # a near-identical frame; who is on it is not assessed
    SAME_PLACE = "same_place"  # the same background, another photograph
    NONE = "none"  # nothing found at full depth
    CANNOT_TELL = "cannot_tell"  # decodable, but not comparable: see `why`
    NEEDS_FULL = "needs_full"  # depth `quick` found nothing, which means nothing

    @property
    def is_copy(self) -> bool:
        """Whether the picture shows the registered photograph, altered or not."""
        return self in COPIES


COPIES = frozenset({Verdict.IDENTICAL, Verdict.NEAR_COPY, Verdict.PARTIAL_COPY, Verdict.DERIVED})


class WhyNot(StrEnum):
    """Why nothing can be said."""

    TOO_SMALL = "too_small"
    TOO_FLAT = "too_flat"
    TOO_FEW_FEATURES = "too_few_features"
    ONLY_TEXT = "only_text"


class Area(StrEnum):
    """What a place of the found picture is, in the order of the map's values 0 to 4."""

    OUTSIDE = "outside"
    KEPT = "kept"
    ALTERED = "altered"
    COVERED = "covered"
    UNSURE = "unsure"  # kept as far as one can tell, but not surely enough to be shown


AREA_VALUES = {area: value for value, area in enumerate(Area)}

type AreaMap = npt.NDArray[np.uint8]
"""(height, width) of the found picture; 0 outside the original, 1 kept, 2 altered, 3 covered by an
overlay, 4 kept but not surely. `compare --map` writes 4 as 1.
"""

type Transform = tuple[tuple[float, float, float], tuple[float, float, float]]
"""2×3, original → found, pixels of the upright pictures."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What the engine says about one found picture and one registered photograph.

    `anisotropy` is the ratio of the greater to the lesser stretch of the fitted affine map (1.0: an
    exact similarity); `altered_fraction` is of the overlap, 0 to 1; `false_positive_rate` is per
    pair, as measured in calibration.toml. What could not be measured is None, never a number that
    stands for nothing.
    """

    verdict: Verdict
    score: float | None = None
    """How strongly the pixels speak for a copy (engine.evidence): at least `min_score` for one."""
    inliers: int = 0
    anisotropy: float | None = None
    transform: Transform | None = None
    is_mirrored: bool = False
    explains_found: bool = False
    """Whether the photograph accounts for the whole found picture, but for a rim: nothing beside
    it.
    """
    altered_fraction: float | None = None
    pdq_distance_bits: int | None = None
    false_positive_rate: float | None = None
    why: WhyNot | None = None
    areas: AreaMap | None = None
