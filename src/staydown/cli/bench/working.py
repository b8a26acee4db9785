"""Does many independent tasks with a process for each core, and shows how far it is.

Each process works on one thread, so that processor time means the same everywhere. With one worker
everything happens in this process. The answers come in the order of the tasks.
"""

import multiprocessing
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

import cv2
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from threadpoolctl import threadpool_limits

CHUNK = 4
"""Tasks that a process takes at a time: the edits of one photograph follow each other."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Crew:
    """Who works: a pool of processes, or this process alone. Made by `hire`."""

    pool: ProcessPoolExecutor | None

    def do[Task, Answer](
        self, what: str, tasks: Sequence[Task], answer: Callable[[Task], Answer]
    ) -> list[Answer]:
        """`answer` of each task; `what` is said to whoever watches."""
        if self.pool is None:
            return list(watch(map(answer, tasks), what, len(tasks)))
        return list(watch(self.pool.map(answer, tasks, chunksize=CHUNK), what, len(tasks)))


@contextmanager
def hire(workers: int) -> Iterator[Crew]:
    """So many processes, which end with the context."""
    use_one_thread()
    if workers == 1:
        yield Crew(pool=None)
        return
    spawning = multiprocessing.get_context("spawn")  # this process may have threads
    with ProcessPoolExecutor(
        max_workers=workers, mp_context=spawning, initializer=use_one_thread
    ) as pool:
        yield Crew(pool=pool)


def use_one_thread() -> None:
    """In this process, from now on."""
    cv2.setNumThreads(1)
    threadpool_limits(1)


def say(line: str) -> None:
    """To whoever watches, on standard error."""
    print(line, file=sys.stderr, flush=True)


def watch[Answer](answers: Iterator[Answer], what: str, total: int) -> Iterator[Answer]:
    """The answers, with a bar on standard error; a line for each half where nobody watches."""
    if not sys.stderr.isatty():
        yield from tell_halves(answers, what, total)
        return
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=Console(stderr=True)) as bars:
        bar = bars.add_task(what, total=total)
        for answer in answers:
            yield answer
            bars.advance(bar)


def tell_halves[Answer](answers: Iterator[Answer], what: str, total: int) -> Iterator[Answer]:
    """The answers, with a line for each half of them."""
    for count, answer in enumerate(answers, 1):
        yield answer
        if count % max(1, total // 2) == 0:
            say(f"{what}: {count} of {total}")
