"""Thresholds and measured error rates, read once from calibration.toml, which ships with the
package.
"""

import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class FitRule:
    """One kind of fit that proves a copy: all bounds have to hold. Lengths in pixels of the working
    size.
    """

    max_drift: float
    max_wander: float
    min_inliers: int
    min_tracks: int
    min_tracked_share: float
    min_spread: float
    max_anisotropy: float
    min_kept_share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """See calibration.toml for what each value means and where it was measured."""

    min_proven_pixels: int
    fits: tuple[FitRule, ...]
    min_overlap_share: float
    min_altered_fraction: float
    match_within_bits: int
    min_support_share: float
    min_inliers_same_place: int
    min_tracks_same_place: int
    min_tracked_share_same_session: float
    copy_false_positive_rate: float
    hash_false_positive_rate: float


@lru_cache(maxsize=1)
def calibration() -> Calibration:
    """The values that ship with this version."""
    text = files("staydown.engine").joinpath("calibration.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    proof, rates = data["proof"], data["error_rates"]
    return Calibration(
        min_proven_pixels=proof["min_proven_pixels"],
        fits=tuple(FitRule(**fit) for fit in proof["fit"]),
        copy_false_positive_rate=rates["copy_false_positive_rate"],
        hash_false_positive_rate=rates["hash_false_positive_rate"],
        **data["verdicts"],
    )
