"""What a peer of the benchmark says, and in which form; each runs in an environment of its own.

    python ask_NAME.py REGISTERED QUERIES

Both are lists of picture files, one a line. On standard output come JSON lines: first one with
`peer`, `version` and its `methods` (name, what a score is, from which score on the peer as it ships
calls it a copy, bytes an entry); then one for each query and method, with a score for each
registered picture in their order (the higher, the more alike; null: nothing is said) and the
processor milliseconds that the query took.
"""

import json
import os
import sys
import time
from collections.abc import Callable, Sequence
from importlib.metadata import version
from pathlib import Path

os.environ.setdefault("OMP_NUM_THREADS", "1")  # noqa: TID251 -- costs are of one thread

import numpy as np

type Bits = np.ndarray
"""(turns, bytes): packed hashes of one picture."""


def read_list(path: str) -> list[str]:
    """The files named in a list."""
    return Path(path).read_text(encoding="utf-8").splitlines()


def tell(line: dict[str, object]) -> None:
    """One line of JSON."""
    print(json.dumps(line), flush=True)


def introduce(peer: str, *methods: dict[str, object]) -> None:
    """The first line."""
    tell({"peer": peer, "version": version(peer), "methods": list(methods)})


def answer_by_bits(
    name: str, registered: Sequence[str], queries: Sequence[str], hash_file: Callable[[str], Bits]
) -> None:
    """Score each pair by minus the least number of differing bits over the query's turns."""
    known = np.stack([hash_file(path)[0] for path in registered])
    for number, path in enumerate(queries):
        started = time.process_time()
        turns = hash_file(path)
        apart = np.bitwise_count(known[:, None, :] ^ turns[None]).sum(axis=2).min(axis=1)
        spent = (time.process_time() - started) * 1000
        scores = [-int(one) for one in apart]
        tell({"method": name, "query": number, "cpu_ms": round(spent, 2), "scores": scores})


def arguments() -> tuple[list[str], list[str]]:
    """Registered pictures and queries."""
    return read_list(sys.argv[1]), read_list(sys.argv[2])
