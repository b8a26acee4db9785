"""Compares one found picture with one registered photograph, and says what may be said.

The way of a comparison: the same file or pixels → local features aligned → both laid on one canvas
→ what was kept and altered → a verdict. PDQ never makes a verdict here unless nothing but its hash
is known of the photograph.
"""

from dataclasses import dataclass, replace

import numpy as np

from staydown.engine.alignment import Alignment, align, align_from
from staydown.engine.alteration import Alteration, find_alterations
from staydown.engine.calibration import Calibration, calibration
from staydown.engine.canvas import Canvas, lay_out
from staydown.engine.delivery import deliver, overlap_shares, support_share, to_registered
from staydown.engine.evidence import Evidence, weigh
from staydown.engine.fingerprints import Fingerprint
from staydown.engine.fits import anisotropy_of
from staydown.engine.pdq import DihedralHashes
from staydown.engine.subjects import Known, Proxy, Seen, stretch_like
from staydown.engine.verdict import AREA_VALUES, Area, Comparison, Verdict, WhyNot
from staydown.engine.votes import RoughFit

MIN_SIDE = 32
MIN_FEATURES = 8
SAME_ASPECT = 1.03
"""Aspects that differ by less are one, but for rounding."""


def compare(
    known: Known, seen: Seen, rules: Calibration | None = None, *, rough: RoughFit | None = None
) -> Comparison:
    """What may be said about `seen` and `known`; from a `rough` fit on, where a search has one."""
    rules = rules or calibration()
    distance = hash_distance(known.fingerprint, seen.fingerprint)
    if same_pixels(known.fingerprint, seen.fingerprint):
        return identical(seen, distance)
    why = why_not_comparable(seen.fingerprint)
    if why is not None:
        return Comparison(verdict=Verdict.CANNOT_TELL, why=why, pdq_distance_bits=distance)
    if known.proxy is None:
        return compare_hashes(distance, rules)
    return compare_pixels(known, known.proxy, seen, distance, rules, rough)


def needs_full() -> Comparison:
    """Depth `quick` found nothing, which means nothing."""
    return Comparison(verdict=Verdict.NEEDS_FULL)


def same_pixels(known: Fingerprint, seen: Fingerprint) -> bool:
    """Whether it is the same file or the same pixels."""
    return known.file_digest == seen.file_digest or known.pixel_digest == seen.pixel_digest


def hash_distance(known: Fingerprint, seen: Fingerprint) -> int | None:
    """The least PDQ distance however turned, in bits; None if one of them has no hash."""
    match known.pdq, seen.pdq:
        case DihedralHashes() as left, DihedralHashes() as right:
            return right.distance_bits(left)
    return None


def why_not_comparable(seen: Fingerprint) -> WhyNot | None:
    """The reason why nothing can be said about a picture, if there is one."""
    if min(seen.size) < MIN_SIDE:
        return WhyNot.TOO_SMALL
    if len(seen.features) < MIN_FEATURES:
        return (
            WhyNot.TOO_FLAT if not isinstance(seen.pdq, DihedralHashes) else WhyNot.TOO_FEW_FEATURES
        )
    return WhyNot.ONLY_TEXT if seen.is_only_text else None


def identical(seen: Seen, distance: int | None) -> Comparison:
    """The verdict on the same pixels: nothing is altered, and chance plays no part (a SHA-256
    collision would).
    """
    kept = np.full((seen.picture.height, seen.picture.width), AREA_VALUES[Area.KEPT], np.uint8)
    return Comparison(
        verdict=Verdict.IDENTICAL,
        inliers=len(seen.fingerprint.features),
        anisotropy=1.0,
        transform=((1.0, 0.0, 0.0), (0.0, 1.0, 0.0)),
        explains_found=True,
        altered_fraction=0.0,
        pdq_distance_bits=distance,
        false_positive_rate=0.0,
        areas=kept,
    )


def compare_hashes(distance: int | None, rules: Calibration | None = None) -> Comparison:
    """The verdict where nothing but a hash is known."""
    rules = rules or calibration()
    if distance is None or distance > rules.match_within_bits:
        return Comparison(verdict=Verdict.NONE, pdq_distance_bits=distance)
    return Comparison(
        verdict=Verdict.HASH_MATCH,
        pdq_distance_bits=distance,
        false_positive_rate=rules.hash_false_positive_rate,
    )


def compare_pixels(
    known: Known,
    proxy: Proxy,
    seen: Seen,
    distance: int | None,
    rules: Calibration,
    rough: RoughFit | None,
) -> Comparison:
    """The verdict by geometry and by what the pixels under it show."""
    if may_be_squashed(known, seen, distance, rules):
        squashed, opened = stretch_like(known, proxy.open(), seen.fingerprint)
        first = examine(squashed, Proxy.of(opened), seen, rules, None)
        if first is not None and first.verdict.is_copy:
            return report(first, squashed, seen, distance, rules)
    found = examine(known, proxy, seen, rules, rough)
    if found is None:
        return Comparison(verdict=Verdict.NONE, pdq_distance_bits=distance)
    return report(found, known, seen, distance, rules)


def may_be_squashed(known: Known, seen: Seen, distance: int | None, rules: Calibration) -> bool:
    """Whether it may be the whole photograph in another aspect: PDQ sees through that, keypoints do
    not.
    """
    if distance is None or distance > rules.match_within_bits or known.focus is not None:
        return False
    aspects = [one.width / one.height for one in (known.fingerprint, seen.fingerprint)]
    return max(aspects) / min(aspects) > SAME_ASPECT


@dataclass(frozen=True, slots=True, kw_only=True)
class Examination:
    """One attempt to lay a photograph on a found picture, and what came of it.

    `changes` is None where the pixels do not speak for a copy: then nothing is said about what was
    altered.
    """

    fit: Alignment
    canvas: Canvas
    score: float
    changes: Alteration | None
    verdict: Verdict


def examine(
    known: Known, proxy: Proxy, seen: Seen, rules: Calibration, rough: RoughFit | None
) -> Examination | None:
    """None if nothing fits at all."""
    fit = fit_of(known, proxy, seen, rough)
    if fit is None or fit.inliers < rules.min_inliers:
        return None
    canvas = lay_out(proxy.open().pixels, seen.picture.pixels, fit.matrix)
    evidence = None if canvas is None else weigh(canvas, fit)
    if canvas is None or evidence is None:
        return None
    score = evidence.score(rules.weights, rules.bias)
    if score < rules.min_score:
        verdict = judge_scene(evidence, rules)
        return Examination(fit=fit, canvas=canvas, score=score, changes=None, verdict=verdict)
    changes = find_alterations(canvas)
    verdict = judge(canvas, changes, known, seen, rules)
    return Examination(fit=fit, canvas=canvas, score=score, changes=changes, verdict=verdict)


def fit_of(known: Known, proxy: Proxy, seen: Seen, rough: RoughFit | None) -> Alignment | None:
    """The fit by keypoints, looked for near `rough` if there is one."""
    features, others = known.fingerprint.features, seen.fingerprint.features
    known_size, found_size = proxy.size, seen.fingerprint.size
    if rough is None:
        return align(features, others, known_size=known_size, found_size=found_size)
    return align_from(rough, features, others, known_size=known_size, found_size=found_size)


def report(
    found: Examination, known: Known, seen: Seen, distance: int | None, rules: Calibration
) -> Comparison:
    """An examination in the words of a comparison."""
    said = Comparison(
        verdict=found.verdict,
        score=found.score,
        inliers=found.fit.inliers,
        is_mirrored=found.fit.is_mirrored,
        pdq_distance_bits=distance,
    )
    if found.verdict is Verdict.NONE:
        return replace(said, inliers=0, is_mirrored=False)
    transform = to_registered(found.canvas, known)
    said = replace(said, transform=transform, anisotropy=anisotropy_of(np.array(transform)))
    if found.changes is None or not found.verdict.is_copy:
        return said
    shares = overlap_shares(found.canvas, found.changes.areas, known, seen)
    return replace(
        said,
        explains_found=shares[1] >= rules.min_overlap_share,
        altered_fraction=found.changes.altered_fraction,
        false_positive_rate=rules.copy_false_positive_rate,
        areas=deliver(found.changes.areas, found.canvas, seen.picture),
    )


def judge(
    canvas: Canvas, changes: Alteration, known: Known, seen: Seen, rules: Calibration
) -> Verdict:
    """The kind of copy that a proven one is; none where not the altered part is shown."""
    if support_share(known, canvas, changes.proven) < rules.min_support_share:
        return Verdict.NONE
    if changes.altered_fraction >= rules.min_altered_fraction:
        return Verdict.DERIVED
    is_whole = min(overlap_shares(canvas, changes.areas, known, seen)) >= rules.min_overlap_share
    return Verdict.NEAR_COPY if is_whole and changes.covered_fraction == 0 else Verdict.PARTIAL_COPY


def judge_scene(evidence: Evidence, rules: Calibration) -> Verdict:
    """`same_session`, `same_place` or `none`: context for a reviewer, never a reason to hold."""
    if np.exp(evidence.support_log) < rules.min_support_same_place:
        return Verdict.NONE
    is_session = evidence.support_share >= rules.min_share_same_session
    return Verdict.SAME_SESSION if is_session else Verdict.SAME_PLACE
