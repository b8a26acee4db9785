"""Learns the rotation and the code books of staydown.engine.codes, reproducibly.

    python bench/learn/learn_codes.py FOLDER... --out src/staydown/engine/data/codes.npz

Only pictures that data/split.tsv marks as `learned` are used (CC0 or public domain): they are left
out of all scoring. Prints the checksum that codes.py has to name.
"""

import argparse
import csv
import hashlib
from importlib.resources import files
from pathlib import Path

import numpy as np
from sklearn.cluster import KMeans

from staydown.engine.features import describe
from staydown.engine.pictures import open_picture
from staydown.errors import BadPicture

POINTS = 700
SAMPLE = 60_000
BOOK_SAMPLE = 40_000
ROUNDS = 60


def main() -> None:
    """Learn, write, and print the checksum."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--out", required=True, type=Path)
    options = parser.parse_args()
    randomness = np.random.default_rng(1)
    vectors = gather(options.folders)
    mean = vectors.mean(axis=0)
    centred = vectors - mean
    parts = principal_parts(centred)
    sample = centred[randomness.permutation(len(centred))[:SAMPLE]]
    rotation = parts @ learn_rotation(sample @ parts, randomness)
    ordered = np.concatenate([parts[:, 0::2], parts[:, 1::2]], axis=1)
    placed = sample[:BOOK_SAMPLE] @ ordered
    first, second = (
        KMeans(256, n_init=1, max_iter=40, random_state=0).fit(half).cluster_centers_
        for half in (placed[:, :64], placed[:, 64:])
    )
    arrays = {
        "mean": mean,
        "rotation": rotation,
        "parts": ordered,
        "first": first,
        "second": second,
    }
    with options.out.open("wb") as file:
        np.savez(file, allow_pickle=False, **{k: v.astype(np.float32) for k, v in arrays.items()})
    print(len(vectors), "descriptors;", hashlib.sha256(options.out.read_bytes()).hexdigest())


def gather(folders: list[Path]) -> np.ndarray:
    """(n, 128) descriptors, 0 to 1, of every picture marked as learned, in the order of digests."""
    lines = files("staydown.engine").joinpath("data", "split.tsv").read_text(encoding="utf-8")
    rows = csv.reader(
        (one for one in lines.splitlines() if not one.startswith("#")), delimiter="\t"
    )
    wanted = {row[0] for row in rows if row[2] == "learned"}
    found: dict[str, bytes] = {}
    for path in (path for folder in folders for path in folder.rglob("*") if path.is_file()):
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
        if digest in wanted:
            found[digest] = data
    print(len(found), "of", len(wanted), "pictures found")
    return np.concatenate([one for _, data in sorted(found.items()) for one in described(data)])


def described(data: bytes) -> list[np.ndarray]:
    """The descriptors of one picture; none if it cannot be read."""
    try:
        return [describe(open_picture(data).pixels, POINTS).descriptors.astype(np.float64) / 255]
    except BadPicture:
        return []


def principal_parts(centred: np.ndarray) -> np.ndarray:
    """(128, 128): the principal components as columns, strongest first, with a fixed sign."""
    _, vectors = np.linalg.eigh(centred.T @ centred)
    vectors = vectors[:, ::-1]
    return vectors * np.sign(vectors[np.abs(vectors).argmax(axis=0), np.arange(128)])


def learn_rotation(sample: np.ndarray, randomness: np.random.Generator) -> np.ndarray:
    """Iterative quantization: turn until the signs lose least (Gong and Lazebnik 2011, §3)."""
    rotation = np.linalg.qr(randomness.normal(size=(128, 128)))[0]
    for _ in range(ROUNDS):
        bits = np.sign(sample @ rotation)
        left, _, right = np.linalg.svd(bits.T @ sample)
        rotation = right.T @ left.T
    return rotation


if __name__ == "__main__":
    main()
