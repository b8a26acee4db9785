"""Learns what the values of staydown.engine.evidence weigh, and proposes a threshold.

    python bench/learn/learn_score.py FOLDER... [--seed S] [--photographs N]

Photographs that data/split.tsv marks as `learned` or `calibration` are registered and edited as the
benchmark edits them; each upload is compared with its own photograph and with the strangers that a
search finds most like it. A logistic regression tells the two apart; no weight may have the sign
that would reward a worse fit. Prints what belongs into calibration.toml, with the recall of each
group at several thresholds, by five folds over sources.
"""

import argparse
import collections
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import astuple, dataclass, fields
from functools import lru_cache, partial
from pathlib import Path

import cv2
import numpy as np
from scipy.optimize import minimize

from staydown.cli.bench.catalogue import CATALOGUE, make
from staydown.cli.bench.split import Part, split
from staydown.digests import sha256
from staydown.engine.alignment import align, align_from
from staydown.engine.canvas import lay_out
from staydown.engine.codes import encode
from staydown.engine.copy_index import CopyIndex
from staydown.engine.evidence import Evidence, weigh
from staydown.engine.fingerprints import fingerprint_upload
from staydown.engine.pictures import open_picture
from staydown.engine.sketches import CODES
from staydown.engine.subjects import Known, know
from staydown.errors import BadPicture

BY_HAND = {"support_log": 0.0, "bent_drift": -60.0}
"""Not learned: large pictures of one place have much support, and portraits do not show what a
moved camera bends.
"""
NAMES = tuple(one.name for one in fields(Evidence))
LEARNED = np.array([name not in BY_HAND for name in NAMES])
FIXED = np.array([BY_HAND.get(name, 0.0) for name in NAMES])
WORSE_IF_MORE = frozenset({"drift", "squash_log", "inliers_squash_log"})
STRANGERS = 4
FOLDS = 5
GENTLENESS = 1.0
"""Of the penalty on large weights, in the units of one standard deviation."""
STRANGERS_COUNT = 4.0
"""How many times a stranger counts: a false alarm is worse than a miss."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Photo:
    """A photograph on a path, and its source."""

    path: Path
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """One upload and one registered photograph; `evidence` is None where nothing fitted."""

    edit: str
    source: str
    other: str
    evidence: tuple[float, ...] | None

    @property
    def is_copy(self) -> bool:
        """Whether the upload was made from that photograph."""
        return self.source == self.other


def main() -> None:
    """Look, learn, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--photographs", type=int, default=10_000)
    parser.add_argument("--keep", type=Path, help="keep the trials, to learn from again")
    options = parser.parse_args()
    photos = tuple(list_photos(options.folders))
    chosen = np.random.default_rng(options.seed).permutation(len(photos))[: options.photographs]
    with ProcessPoolExecutor(2) as pool:
        look = partial(try_photo, photos, options.seed)
        trials = [one for many in pool.map(look, sorted(chosen.tolist())) for one in many]
    if options.keep:
        np.save(options.keep, np.array([astuple(one) for one in trials], object))
    tell(trials)


def list_photos(folders: list[Path]) -> Iterator[Photo]:
    """One photograph of every source that may be learned from or calibrated on."""
    rows = split()
    taken: set[str] = set()
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        row = rows.get(sha256(path.read_bytes()))
        if row and row.part in (Part.LEARNED, Part.CALIBRATION) and row.source not in taken:
            taken.add(row.source)
            yield Photo(path=path, source=row.source)


@lru_cache(maxsize=1)
def registered(photos: tuple[Photo, ...]) -> tuple[CopyIndex, dict[str, Known]]:
    """All of them, as they would be registered."""
    cv2.setNumThreads(1)
    known = {}
    for photo in photos:
        try:
            known[photo.source] = know(open_picture(photo.path.read_bytes()))
        except BadPicture:
            continue
    index = CopyIndex()
    index.add({key: encode(one.fingerprint.features, CODES) for key, one in known.items()})
    return index, known


def try_photo(photos: tuple[Photo, ...], seed: int, number: int) -> list[Trial]:
    """What uploads made from one photograph say, about it and about strangers."""
    index, known = registered(photos)
    photo = photos[number]
    if photo.source not in known:
        return []
    data = photo.path.read_bytes()
    pixels, digest = open_picture(data).pixels, sha256(data)
    draw = np.random.default_rng([seed, number])
    names = sorted(CATALOGUE)
    hidden = [name for name in names if name.startswith("d_")]
    chosen = [*draw.permutation(names)[:4], *draw.permutation(hidden)[:3]]
    found = []
    for name in chosen:
        upload = open_picture(make(CATALOGUE[name], pixels, digest, seed).data)
        seen = fingerprint_upload(upload)
        listed = {one.key: one.rough for one in index.shortlist(seen.features, seen.size)}
        others = [key for key in listed if key != photo.source][:STRANGERS]
        for key in (photo.source, *others):
            proxy = known[key].proxy
            if proxy is None:
                continue
            features = known[key].fingerprint.features
            sizes = {"known_size": proxy.size, "found_size": seen.size}
            fit = (
                align_from(listed[key], features, seen.features, **sizes)
                if key in listed
                else align(features, seen.features, **sizes)
            )
            canvas = (
                None if fit is None else lay_out(proxy.open().pixels, upload.pixels, fit.matrix)
            )
            evidence = None if canvas is None or fit is None else weigh(canvas, fit)
            found.append(
                Trial(
                    edit=str(name),
                    source=photo.source,
                    other=key,
                    evidence=None if evidence is None else astuple(evidence),
                )
            )
    return found


def tell(trials: list[Trial]) -> None:
    """Print weights, thresholds and recall."""
    told = [one for one in trials if one.evidence is not None]
    values = np.array([one.evidence for one in told], float)
    is_copy = np.array([one.is_copy for one in told])
    folds = np.array([int(one.source[:8], 16) % FOLDS for one in told])
    scores = np.zeros(len(told))
    for fold in range(FOLDS):
        weights, bias = learn(values[folds != fold], is_copy[folds != fold])
        scores[folds == fold] = values[folds == fold] @ weights + bias
    asked = collections.Counter(one.edit for one in trials if one.is_copy)
    strangers = sum(not one.is_copy for one in trials)
    top = np.sort(scores[~is_copy])[::-1]
    print(f"{strangers} strangers, {len(top)} with any evidence; highest:", top[:12].round(2))
    for threshold in (*top[[0, 1, 3, 7]], 0.0):
        met = collections.Counter(
            one.edit
            for one, score in zip(told, scores, strict=True)
            if one.is_copy and score > threshold
        )
        print(f"over {threshold:.2f}:", by_group(met, asked))
    weights, bias = learn(values, is_copy)
    print(f"[score]\nbias = {bias:.3f}\n\n[score.weights]")
    for name, weight in zip(NAMES, weights, strict=True):
        print(f"{name} = {weight:.3f}")


def by_group(met: "collections.Counter[str]", asked: "collections.Counter[str]") -> str:
    """Recall by group, and of the edits that fare worst."""
    groups = {name: name[0] for name in asked} | {
        name: name[:4] for name in asked if name.startswith("d_")
    }
    total = collections.Counter({group: 0 for group in set(groups.values())})
    found = total.copy()
    for name, count in asked.items():
        total[groups[name]] += count
        found[groups[name]] += met[name]
    worst = sorted(asked, key=lambda name: met[name] / asked[name])[:6]
    return (
        " ".join(f"{group} {found[group] / total[group]:.3f}" for group in sorted(total))
        + " | worst "
        + " ".join(f"{name} {met[name]}/{asked[name]}" for name in worst)
    )


def learn(values: np.ndarray, is_copy: np.ndarray) -> tuple[np.ndarray, float]:
    """Weights and bias of a logistic regression whose weights have the sign that they must have,
    and the weights BY_HAND.
    """
    values, names = values[:, LEARNED], np.array(NAMES)[LEARNED]
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-9
    signs = np.array([-1.0 if name in WORSE_IF_MORE else 1.0 for name in names])
    scaled = (values - middle) / spread * signs
    targets = np.where(is_copy, 1.0, -1.0)
    counts = np.where(is_copy, 1.0, STRANGERS_COUNT)

    def loss(point: np.ndarray) -> tuple[float, np.ndarray]:
        margins = targets * (scaled @ point[:-1] + point[-1])
        lost = counts * np.logaddexp(0, -margins)
        slopes = -counts * targets / (1 + np.exp(np.clip(margins, -30, 30)))
        penalty = GENTLENESS * (point[:-1] ** 2).sum() / 2
        gradient = np.append(slopes @ scaled + GENTLENESS * point[:-1], slopes.sum())
        return float(lost.sum() + penalty), gradient

    bounds = [(0, None)] * len(names) + [(None, None)]
    found = minimize(loss, np.zeros(len(names) + 1), jac=True, bounds=bounds, method="L-BFGS-B").x
    learned = found[:-1] * signs / spread
    weights = FIXED.copy()
    weights[LEARNED] = learned
    return weights, float(found[-1] - learned @ middle)


if __name__ == "__main__":
    main()
