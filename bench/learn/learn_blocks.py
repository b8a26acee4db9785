"""Learns the perceptrons of staydown.engine.opinion, reproducibly.

    python bench/learn/learn_blocks.py FOLDER... --out src/staydown/engine/data/blocks.npz

Only pictures that data/split.tsv marks as `learned` are used (CC0 or public domain): they are left
out of all scoring. Each is doctored many times (altering.py, hiding.py) and aligned as the engine
aligns, so that drift is real. The second perceptron hears opinions that the first, fitted on other
sources, has of a picture; the first is then fitted on all. Takes some 5 GB of memory. Prints the
checksum that opinion.py has to name.
"""

import argparse
import hashlib
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import cv2
import numpy as np
import numpy.typing as npt
from doctored import ALTERED, CHANGED, PRESENT, WRITTEN, Doctored
from hiding import doctor
from perceptron import Lessons, fit
from rich.progress import track

from staydown.cli.bench.split import Part, split
from staydown.digests import sha256
from staydown.engine.alignment import align
from staydown.engine.canvas import Canvas, lay_out
from staydown.engine.cells import Field, mean_over, pad, pool
from staydown.engine.fingerprints import fingerprint_upload
from staydown.engine.fits import as_homography, invert, put_points
from staydown.engine.inputs import OWN, first_inputs, own_inputs, second_inputs
from staydown.engine.measures import measure
from staydown.engine.opinion import Layers, think
from staydown.engine.pictures import Pixels, open_picture, picture_of
from staydown.engine.subjects import know

PER_SOURCE = 18
SIDE = 900
"""Longest side in pixels of what is doctored."""
MAX_MISS = 10.0
"""Pixels of the canvas by which an alignment may be wrong and still be learned from."""
FOLDS = 3
FIRST_HIDDEN, SECOND_HIDDEN = (48, 24), (64, 32)
CELLS_EACH = 800
FRAMED = 0.75
"""Share of the pictures of which the photo's frame is taken to be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One doctored picture: what its cells say, what they are, and how much each counts."""

    source: int
    inputs: npt.NDArray[np.float16]
    answers: npt.NDArray[np.int64]
    weights: npt.NDArray[np.float32]


def main() -> None:
    """Gather, learn, write, and print the checksum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    parser.add_argument("--processes", type=int, default=2)
    options = parser.parse_args()
    paths = one_each(options.folders)
    print(len(paths), "sources", flush=True)
    with ProcessPoolExecutor(options.processes) as pool_of:
        make = partial(samples_of, paths)
        made = track(pool_of.map(make, range(len(paths))), "doctoring", total=len(paths))
        samples = [one for some in made for one in some]
    print(len(samples), "pictures", flush=True)
    arrays = arrays_of(first=learn_first(samples), second=learn_second(samples))
    with options.out.open("wb") as file:
        np.savez(file, allow_pickle=False, **arrays)
    print(hashlib.sha256(options.out.read_bytes()).hexdigest())


def one_each(folders: list[Path]) -> list[Path]:
    """The largest picture of each source marked as learned, in the order of sources."""
    known, best = split(), dict[str, tuple[int, Path]]()
    for path in sorted(path for folder in folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        row = known.get(hashlib.sha256(data).hexdigest())
        if row is not None and row.part is Part.LEARNED:
            size = open_picture(data).pixels.size
            best[row.source] = max(best.get(row.source, (0, path)), (size, path))
    return [path for _, (_, path) in sorted(best.items())]


def open_small(path: Path) -> Pixels:
    """At most SIDE pixels long."""
    pixels = open_picture(path.read_bytes()).pixels
    factor = SIDE / max(pixels.shape)
    if factor >= 1:
        return pixels
    small = cv2.resize(pixels, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    return np.asarray(small, np.uint8)


def samples_of(paths: list[Path], source: int) -> list[Sample]:
    """Every sample made of one source."""
    cv2.setNumThreads(1)
    photo = open_small(paths[source])
    samples = []
    for number in range(PER_SOURCE):
        chance = np.random.default_rng([source, number, 1])
        drawn = chance.choice(len(paths), 2, replace=False)
        others = open_small(paths[int(drawn[0])]), open_small(paths[int(drawn[1])])
        work = doctor(photo, others, chance)
        canvas = canvas_of(photo, work)
        if canvas is not None:
            samples.append(sample_of(canvas, work, source, chance))
    return samples


def canvas_of(photo: Pixels, work: Doctored) -> Canvas | None:
    """The two laid on each other as the engine does; None if it does so wrongly."""
    known = know(picture_of(photo, "PNG", sha256(photo.tobytes())))
    seen = fingerprint_upload(picture_of(work.pixels, "PNG", sha256(work.pixels.tobytes())))
    if known.proxy is None:
        return None
    size = known.proxy.size
    fit_of = align(known.fingerprint.features, seen.features, known_size=size, found_size=seen.size)
    canvas = (
        None if fit_of is None else lay_out(known.proxy.open().pixels, work.pixels, fit_of.matrix)
    )
    return canvas if canvas is not None and miss_of(canvas, photo, work, size) < MAX_MISS else None


def miss_of(canvas: Canvas, photo: Pixels, work: Doctored, size: tuple[int, int]) -> float:
    """By how many pixels of the canvas the worst corner is off."""
    height, width = photo.shape[:2]
    corners = np.array([[0, 0], [width, 0], [0, height], [width, height]], dtype=float)
    scale = size[0] / width
    there = put_points(as_homography(canvas.known_to_found), corners * scale + (scale - 1) / 2)
    truth = put_points(as_homography(work.matrix), corners)
    per_pixel = np.sqrt(abs(np.linalg.det(invert(canvas.to_found)[:, :2])))
    return float(np.abs(there - truth).max() * per_pixel)


def sample_of(canvas: Canvas, work: Doctored, source: int, chance: np.random.Generator) -> Sample:
    """What the cells of a canvas say, and are."""
    height, width = canvas.inside.shape
    layers = work.layers_at(invert(canvas.to_found), (width, height))
    is_framed = chance.random() < FRAMED
    inside = canvas.inside & (layers[..., PRESENT] > 127) if is_framed else canvas.inside
    measures = measure(canvas, inside)
    inputs = first_inputs(measures, own_inputs(measures))
    answers, weights = truth_of(layers, measures.share)
    return Sample(source=source, inputs=inputs.astype(np.float16), answers=answers, weights=weights)


def truth_of(layers: Pixels, share: Field) -> tuple[npt.NDArray[np.int64], Field]:
    """Per cell: 0 kept, 1 altered, 2 covered; and how much it counts, nothing outside.

    An alteration that nobody can see counts little.
    """
    parts = pool(pad(layers.astype(np.float32))) / 255
    altered, changed = parts[..., ALTERED], mean_over(parts[..., CHANGED].copy(), 5)
    answers = np.where(altered > 0.5, 1, np.where(parts[..., WRITTEN] > 0.2, 2, 0))
    weights = ((parts[..., PRESENT] > 0.98) & (share > 0.98)).astype(np.float32)
    weights *= np.where(answers == 1, np.clip(changed * 5, 0.2, 1), 1)
    weights *= np.where((altered > 0.3) & (altered < 0.7), 0.6, 1)
    return answers, weights.astype(np.float32)


def learn_first(samples: list[Sample]) -> Layers:
    """From all samples."""
    return fit(choose(samples, straight), FIRST_HIDDEN, epochs=16, seed=3)


def learn_second(samples: list[Sample]) -> Layers:
    """Each sample as seen by a first perceptron that was fitted on other sources."""
    strangers = [
        fit(
            choose([one for one in samples if one.source % FOLDS != fold], straight),
            FIRST_HIDDEN,
            epochs=12,
            seed=fold,
        )
        for fold in range(FOLDS)
    ]

    def hear(sample: Sample) -> Field:
        inputs = straight(sample)
        first = think(inputs, strangers[sample.source % FOLDS])
        return second_inputs(first, np.ascontiguousarray(inputs[..., :OWN]))

    return fit(choose(samples, hear), SECOND_HIDDEN, epochs=20, seed=2)


def straight(sample: Sample) -> Field:
    """The inputs of the first perceptron."""
    return sample.inputs.astype(np.float32)


def choose(samples: list[Sample], inputs_of: Callable[[Sample], Field]) -> Lessons:
    """CELLS_EACH cells of each sample: half where something ends, half anywhere."""
    randomness, chosen = np.random.default_rng(1), []
    for sample in samples:
        counts = sample.weights.ravel() > 0
        kinds = sample.answers.astype(np.uint8)
        around = np.ones((7, 7), np.uint8)
        ends = (cv2.dilate(kinds, around) != cv2.erode(kinds, around)).ravel() & counts
        near = randomness.permutation(np.flatnonzero(ends))[: CELLS_EACH // 2]
        far = randomness.permutation(np.flatnonzero(counts))[: CELLS_EACH - len(near)]
        rows = np.concatenate([near, far])
        inputs = inputs_of(sample)
        chosen.append(
            Lessons(
                inputs=inputs.reshape(-1, inputs.shape[2])[rows],
                answers=sample.answers.ravel()[rows],
                weights=sample.weights.ravel()[rows],
            )
        )
    return Lessons(
        inputs=np.concatenate([one.inputs for one in chosen]),
        answers=np.concatenate([one.answers for one in chosen]),
        weights=np.concatenate([one.weights for one in chosen]),
    )


def arrays_of(**learned: Layers) -> dict[str, npt.NDArray[np.float32]]:
    """As opinion.py reads them."""
    return {
        f"{name}_{kind}_{at}": values[index]
        for name, layers in learned.items()
        for at, values in enumerate(layers)
        for index, kind in enumerate(("weights", "biases"))
    }


if __name__ == "__main__":
    main()
