"""Compares one found picture with one registered photograph, and says what may be said.

The way of a comparison: the same file or pixels → local features aligned → both laid on one canvas
→ what was kept and altered → a verdict. PDQ never makes a verdict here unless nothing but its hash
is known of the photograph.
"""

from dataclasses import dataclass, replace

import numpy as np

from staydown.engine.alignment import Alignment, align
from staydown.engine.alteration import Alteration, find_alterations
from staydown.engine.calibration import Calibration, calibration
from staydown.engine.canvas import Canvas, lay_out
from staydown.engine.delivery import deliver, overlap_shares, support_share, to_registered
from staydown.engine.fingerprints import Fingerprint
from staydown.engine.fits import anisotropy_of
from staydown.engine.pdq import DihedralHashes
from staydown.engine.pictures import Picture
from staydown.engine.subjects import Known, Seen, stretch_like
from staydown.engine.verdict import AREA_VALUES, Area, Comparison, Verdict, WhyNot

MIN_SIDE = 32
MIN_FEATURES = 8


def compare(known: Known, seen: Seen, rules: Calibration | None = None) -> Comparison:
    """What may be said about `seen` and `known`."""
    rules = rules or calibration()
    distance = hash_distance(known.fingerprint, seen.fingerprint)
    if same_pixels(known.fingerprint, seen.fingerprint):
        return identical(known, seen, distance)
    why = why_not_comparable(seen.fingerprint)
    if why is not None:
        return Comparison(verdict=Verdict.CANNOT_TELL, why=why, pdq_distance_bits=distance)
    if known.proxy is None:
        return compare_hashes(distance, rules)
    return compare_pixels(known, known.proxy, seen, distance, rules)


def compare_quickly(known: Known, seen: Seen, rules: Calibration | None = None) -> Comparison:
    """What digests and PDQ alone say: `identical`, `hash_match` or `needs_full`."""
    rules = rules or calibration()
    distance = hash_distance(known.fingerprint, seen.fingerprint)
    if same_pixels(known.fingerprint, seen.fingerprint):
        return identical(known, seen, distance)
    verdict = compare_hashes(distance, rules)
    return (
        verdict
        if verdict.verdict is Verdict.HASH_MATCH
        else replace(verdict, verdict=Verdict.NEEDS_FULL)
    )


def same_pixels(known: Fingerprint, seen: Fingerprint) -> bool:
    """Whether it is the same file or the same pixels."""
    return known.file_digest == seen.file_digest or known.pixel_digest == seen.pixel_digest


def hash_distance(known: Fingerprint, seen: Fingerprint) -> int | None:
    """The least PDQ distance however turned, in bits; None if one of them has no hash."""
    match known.pdq, seen.pdq:
        case DihedralHashes() as left, DihedralHashes() as right:
            return left.distance_bits(right)
    return None


def why_not_comparable(seen: Fingerprint) -> WhyNot | None:
    """The reason why nothing can be said about a picture, if there is one."""
    if min(seen.size) < MIN_SIDE:
        return WhyNot.TOO_SMALL
    if len(seen.features) < MIN_FEATURES:
        return (
            WhyNot.TOO_FLAT if not isinstance(seen.pdq, DihedralHashes) else WhyNot.TOO_FEW_FEATURES
        )
    return None


def identical(known: Known, seen: Seen, distance: int | None) -> Comparison:
    """The verdict on the same pixels: nothing is altered, and chance plays no part (a SHA-256
    collision would).
    """
    kept = np.full((seen.picture.height, seen.picture.width), AREA_VALUES[Area.KEPT], np.uint8)
    return Comparison(
        verdict=Verdict.IDENTICAL,
        inliers=min(len(known.fingerprint.features), len(seen.fingerprint.features)),
        anisotropy=1.0,
        transform=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
        explains_found=True,
        altered_fraction=0.0,
        pdq_distance_bits=distance,
        false_positive_rate=0.0,
        areas=kept,
    )


def compare_hashes(distance: int | None, rules: Calibration) -> Comparison:
    """The verdict where nothing but a hash is known."""
    if distance is None or distance > rules.match_within_bits:
        return Comparison(verdict=Verdict.NONE, pdq_distance_bits=distance)
    return Comparison(
        verdict=Verdict.HASH_MATCH,
        pdq_distance_bits=distance,
        false_positive_rate=rules.hash_false_positive_rate,
    )


def compare_pixels(
    known: Known, proxy: Picture, seen: Seen, distance: int | None, rules: Calibration
) -> Comparison:
    """The verdict by geometry and by what the pixels under it show."""
    first = examine(known, proxy, seen, rules)
    if first is not None and first.verdict.is_copy:
        return report(first, known, seen, distance, rules)
    if distance is not None and distance <= rules.match_within_bits and known.focus is None:
        squashed = stretch_like(
            known, proxy, seen.fingerprint
        )  # PDQ sees through a change of aspect, keypoints do not
        second = examine(squashed, squashed.proxy or proxy, seen, rules)
        if second is not None and second.verdict.is_copy:
            return report(second, squashed, seen, distance, rules)
    if first is None or first.verdict is Verdict.NONE:
        return Comparison(verdict=Verdict.NONE, pdq_distance_bits=distance)
    return report(first, known, seen, distance, rules)


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One attempt to lay a photograph on a found picture, and what came of it."""

    fit: Alignment
    canvas: Canvas
    changes: Alteration
    verdict: Verdict


def examine(known: Known, proxy: Picture, seen: Seen, rules: Calibration) -> Examination | None:
    """None if nothing fits at all."""
    fit = align(
        known.fingerprint.features,
        seen.fingerprint.features,
        known_size=(proxy.width, proxy.height),
        found_size=seen.fingerprint.size,
    )
    if fit is None:
        return None
    canvas = lay_out(proxy.pixels, seen.picture.pixels, fit.matrix)
    if canvas is None:
        return None
    changes = find_alterations(canvas)
    verdict = judge(fit, canvas, changes, known, seen, rules)
    return Examination(fit=fit, canvas=canvas, changes=changes, verdict=verdict)


def report(
    found: Examination, known: Known, seen: Seen, distance: int | None, rules: Calibration
) -> Comparison:
    """An examination in the words of a comparison."""
    is_copy = found.verdict.is_copy
    transform = to_registered(found.canvas, known)
    shares = overlap_shares(found.canvas, found.changes.areas, known, seen)
    return Comparison(
        verdict=found.verdict,
        inliers=found.fit.inliers,
        anisotropy=anisotropy_of(np.array(transform)),
        transform=transform,
        is_mirrored=found.fit.is_mirrored,
        explains_found=is_copy and shares[1] >= rules.min_overlap_share,
        altered_fraction=found.changes.altered_fraction if is_copy else None,
        pdq_distance_bits=distance,
        false_positive_rate=rules.copy_false_positive_rate if is_copy else None,
        areas=deliver(found.changes.areas, found.canvas, seen.picture) if is_copy else None,
    )


def judge(
    fit: Alignment,
    canvas: Canvas,
    changes: Alteration,
    known: Known,
    seen: Seen,
    rules: Calibration,
) -> Verdict:
    """The kind of copy, if it is proven to be one; otherwise whether it is the same scene."""
    if not is_proven(fit, canvas, changes, rules):
        return judge_scene(fit, canvas, rules)
    if support_share(known, canvas, changes.proven) < rules.min_support_share:
        return Verdict.NONE
    if changes.altered_fraction >= rules.min_altered_fraction:
        return Verdict.DERIVED
    is_whole = min(overlap_shares(canvas, changes.areas, known, seen)) >= rules.min_overlap_share
    return Verdict.NEAR_COPY if is_whole and changes.covered_fraction == 0 else Verdict.PARTIAL_COPY


def is_proven(fit: Alignment, canvas: Canvas, changes: Alteration, rules: Calibration) -> bool:
    """Whether geometry and pixels prove that part of the found picture is the photograph."""
    proven = int(changes.proven.sum())
    if proven < rules.min_proven_pixels or canvas.tracked == 0:
        return False
    kept_share = proven / int(canvas.inside.sum())
    wander, spread = canvas.wander_at(changes.proven), canvas.spread_at(changes.proven)
    return any(
        fit.inliers >= rule.min_inliers
        and canvas.tracks >= rule.min_tracks
        and canvas.tracks >= rule.min_tracked_share * canvas.tracked
        and canvas.drift <= rule.max_drift
        and wander <= rule.max_wander
        and spread >= rule.min_spread
        and canvas.anisotropy <= rule.max_anisotropy
        and kept_share >= rule.min_kept_share
        for rule in rules.fits
    )


def judge_scene(fit: Alignment, canvas: Canvas, rules: Calibration) -> Verdict:
    """`same_session`, `same_place` or `none`: context for a reviewer, never a reason to hold."""
    has_points = fit.inliers >= rules.min_inliers_same_place and canvas.tracks > 0
    if not has_points and canvas.tracks < rules.min_tracks_same_place:
        return Verdict.NONE
    is_session = canvas.tracks / canvas.tracked >= rules.min_tracked_share_same_session
    return Verdict.SAME_SESSION if is_session else Verdict.SAME_PLACE
