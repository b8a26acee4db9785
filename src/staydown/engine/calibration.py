"""Thresholds and measured error rates, read once from calibration.toml, which ships with the
package.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """See calibration.toml for what each value means and where it was measured."""

    weights: Mapping[str, float]
    """What each value of engine.evidence weighs in the score."""
    bias: float
    min_score: float
    min_inliers: int
    """Keypoints that have to fit before pixels are asked at all."""
    min_overlap_share: float
    min_altered_fraction: float
    match_within_bits: int
    min_support_share: float
    min_support_same_place: int
    min_share_same_session: float
    copy_false_positive_rate: float
    hash_false_positive_rate: float


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The values that ship with this version."""
    text = files("staydown.engine").joinpath("calibration.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    score, rates = data["score"], data["error_rates"]
    return Calibration(
        weights=MappingProxyType(score["weights"]),
        bias=score["bias"],
        min_score=score["min_score"],
        min_inliers=score["min_inliers"],
        copy_false_positive_rate=rates["copy_false_positive_rate"],
        hash_false_positive_rate=rates["hash_false_positive_rate"],
        **data["verdicts"],
    )
