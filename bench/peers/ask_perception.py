"""Thorn's `perception`: some of its hashes, and its matching of local descriptors as it ships.

Its hashes come without a threshold of their own. Its descriptors are found, shortlisted and
validated by its own code at its defaults; a score is the number of inliers of a validated pair.
"""

import time
from collections.abc import Iterator, Sequence
from functools import partial

import cv2
import numpy as np
from answering import answer_by_bits, arguments, introduce, tell
from perception import hashers
from perception import local_descriptor_deduplication as local

HASHES = {
    "perception PHash": hashers.PHash(),
    "perception BlockMean": hashers.BlockMean(),
    "perception MarrHildreth": hashers.MarrHildreth(),
    "perception Wavelet": hashers.WaveletHash(),
}
LOCAL = "perception local descriptors"
BATCH = 200
ROW_BYTES = 128 * 4 + 2 * 4
"""A SIFT descriptor and its place, as the library holds them."""


def hash_file(hasher: hashers.ImageHasher, path: str) -> np.ndarray:
    """(1, bytes) packed bits; all zero where the library gives no hash."""
    bits = hasher.compute(path, hash_format="vector")
    if bits is None:
        bits = np.zeros(hasher.hash_length)
    return np.packbits(np.asarray(bits, bool))[None]


def batches(queries: Sequence[str]) -> Iterator[tuple[int, Sequence[str]]]:
    """Pieces of the queries, each with the number of its first."""
    for start in range(0, len(queries), BATCH):
        yield start, queries[start : start + BATCH]


def answer_by_descriptors(registered: Sequence[str], queries: Sequence[str]) -> None:
    """Inliers of the pairs that the library keeps; a query's time is its share of a batch's."""
    known = local.build_reference_df(registered)
    places = {path: place for place, path in enumerate(registered)}
    for start, batch in batches(queries):
        began = time.process_time()
        found = local.build_reference_df(batch)
        rows: dict[str, list[float | None]] = {path: [None] * len(registered) for path in batch}
        if found["descriptors"].notna().any():
            for query, entry, facts in local.deduplicate_dfs(
                known, query_df=found, max_workers=1, use_gpu=False, verbose=True
            ):
                rows[query][places[entry]] = float(facts["inliers"])
        spent = round((time.process_time() - began) * 1000 / len(batch), 2)
        for number, path in enumerate(batch, start):
            tell({"method": LOCAL, "query": number, "cpu_ms": spent, "scores": rows[path]})


cv2.setNumThreads(1)
introduce(
    "perception",
    *(
        {
            "name": name,
            "score": f"minus bits of {hasher.hash_length}",
            "match_at": None,
            "entry_bytes": -(-hasher.hash_length // 8),
        }
        for name, hasher in HASHES.items()
    ),
    {
        "name": LOCAL,
        "score": "inliers of a validated pair",
        "match_at": 1,
        "entry_bytes": local.DEFAULT_MAX_FEATURES * ROW_BYTES,
    },
)
for name, hasher in HASHES.items():
    answer_by_bits(name, *arguments(), partial(hash_file, hasher))
answer_by_descriptors(*arguments())
