"""`staydown bench robustness`: what becomes of every file in some folders, and what each took.

Files are looked at as an upload is, in locked processes, each in a fresh one, so that the memory
named is that of this file (and of the program, about a hundred MiB).
"""

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final

from cyclopts import Parameter

from staydown.assembly.darkroom import LockedDarkroom, darkroom_running, refusal_of
from staydown.cli.files import list_files
from staydown.engine.darkroom import Task, read_seen, write_order
from staydown.engine.pictures import check_bytes
from staydown.errors import BadPicture
from staydown.sandbox.bounds import MEGABYTE, Bounds
from staydown.sandbox.client import ask
from staydown.sandbox.messages import Outcome, Reply

MOST_MS: Final = 2_000
MOST_MIB: Final = 512
"""What no file of the material may take."""
KIB: Final = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """What became of one file: `words` say what is in it, or why it was refused.

    `outcome` is DONE, REFUSED, or that its process ended. Wall time is what who asked waited.
    """

    path: Path
    outcome: Outcome
    words: str
    wall_ms: float
    cpu_ms: int
    peak_mib: float

    @property
    def is_within(self) -> bool:
        """Whether its process lived, and took no more than any file may."""
        lived = self.outcome in (Outcome.DONE, Outcome.REFUSED)
        return lived and self.wall_ms <= MOST_MS and self.peak_mib <= MOST_MIB

    def __str__(self) -> str:
        took = f"{self.wall_ms:7.0f} ms ({self.cpu_ms:5} cpu) {self.peak_mib:6.0f} MiB"
        return f"{self.outcome.name.lower():8} {took}  {self.path}: {self.words}"


def robustness(
    *files: Path, brief: Annotated[bool, Parameter(negative=(), help="The sums alone.")] = False
) -> int:
    """Look at every file in some folders, and say what became of it and what it took.

    Exit code 1 if the process that opened one of them ended, or took more than any file may.
    """
    found = []
    for one in look_at_each(list_files(files)):
        found.append(one)
        if not brief:
            print(one, flush=True)
    print_sums(found)
    return 0 if all(one.is_within for one in found) else 1


def look_at_each(paths: Sequence[Path]) -> Iterator[Opened]:
    """Each file in a fresh locked process, one after the other."""
    with darkroom_running(workers=1, works=1) as darkroom:
        for path in paths:
            yield look_at_one(path, darkroom)


def look_at_one(path: Path, darkroom: LockedDarkroom) -> Opened:
    """What becomes of one file as an upload."""
    data = path.read_bytes()
    began = time.perf_counter()
    try:
        check_bytes(data, darkroom.limits)
    except BadPicture as refusal:
        reply, words = Reply(outcome=Outcome.REFUSED), str(refusal)
    else:
        reply, words = _ask(data, darkroom)
    return Opened(
        path=path,
        outcome=reply.outcome,
        words=words,
        wall_ms=1000 * (time.perf_counter() - began),
        cpu_ms=reply.cpu_ms,
        peak_mib=reply.peak_kib * KIB / MEGABYTE,
    )


def _ask(data: bytes, darkroom: LockedDarkroom) -> tuple[Reply, str]:
    if darkroom.address is None:
        raise ValueError("a darkroom of no address")
    order = write_order(Task.LOOK_AT, darkroom.limits)
    answer = ask(darkroom.address, data, order, max_bytes=Bounds().answer_bytes)
    if answer.reply.outcome is not Outcome.DONE:
        return answer.reply, str(refusal_of(answer.reply))
    pictures = [seen.picture for seen in read_seen(answer.data)]
    (width, height), views = pictures[0].full_size, len(pictures)
    several = f", {views} views" if views > 1 else ""
    return answer.reply, f"{pictures[0].format} {width}×{height}{several}"


def print_sums(found: Sequence[Opened]) -> None:
    """How many were opened, how many refused for which reason, and what the dearest took."""
    outcomes = Counter(one.outcome.name.lower() for one in found)
    print(f"\n{len(found)} files: " + ", ".join(f"{n} {name}" for name, n in outcomes.items()))
    reasons = Counter(reason_of(one) for one in found if one.outcome is not Outcome.DONE)
    for reason, count in reasons.most_common():
        print(f"{count:6} {reason}")
    if found:
        slowest = max(found, key=lambda one: one.wall_ms)
        largest = max(found, key=lambda one: one.peak_mib)
        busiest = max(found, key=lambda one: one.cpu_ms)
        print(f"slowest: {slowest}\nbusiest: {busiest}\nlargest: {largest}")
    beyond = [one for one in found if not one.is_within]
    print(f"beyond {MOST_MS} ms or {MOST_MIB} MiB, or ended its process: {len(beyond)}")


def reason_of(one: Opened) -> str:
    """A refusal without what differs from file to file."""
    words = one.words.partition(": send a picture as")[0]
    return words.partition(" (")[0] if words.startswith("the picture is damaged") else words
