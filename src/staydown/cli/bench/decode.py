"""`staydown bench decode`: what opening a picture costs, beside the libraries alone, and what the
locked processes add to it.

Processor time of one thread, means over rounds. The photograph is one of the demo's, enlarged to so
many pixels and saved as a JPEG of quality 90.
"""

import io
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Annotated, Final

import cv2
import numpy as np
import simplejpeg
from cyclopts import Parameter
from cyclopts.validators import Number
from PIL import Image
from rich.console import Console
from rich.table import Table

from staydown.assembly.darkroom import LockedDarkroom, darkroom_running
from staydown.cli.story.photographs import photograph
from staydown.engine.darkroom import Task, read_opened, write_order
from staydown.engine.pictures import Pixels, encode_jpeg, open_picture
from staydown.engine.subjects import look_at
from staydown.sandbox.bounds import Bounds
from staydown.sandbox.client import ask

MEGAPIXELS: Final = (1, 12)
SMALL: Final = 0.01
QUALITY: Final = 90


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one way of opening costs, in milliseconds of the processor, by size."""

    what: str
    cpu_ms: tuple[float, ...]


def decode(*, rounds: Annotated[int, Parameter(validator=Number(gte=3))] = 20) -> int:
    """Measure what opening a picture costs, and what the locked processes add.

    Parameters
    ----------
    rounds
        How often each is done.
    """
    cv2.setNumThreads(1)
    files = [enlarged(megapixels) for megapixels in MEGAPIXELS]
    rows = [
        Row(what=what, cpu_ms=tuple(spent_ms(partial(way, data), rounds) for data in files))
        for what, way in WAYS.items()
    ]
    with darkroom_running(workers=1) as darkroom:
        locked = Row(
            what="staydown, in a locked process",
            cpu_ms=tuple(locked_ms(data, darkroom, rounds) for data in files),
        )
        small = enlarged(SMALL)
        alone = spent_ms(partial(open_picture, small), 10 * rounds)
        added = locked_ms(small, darkroom, 10 * rounds) - alone
    print_rows([*rows, locked])
    print(f"The locked process adds {added:.1f} ms to a small picture (goal: at most 3 ms).")
    return 0


def with_pillow(data: bytes) -> None:
    """To an array of colours."""
    with Image.open(io.BytesIO(data)) as image:
        np.asarray(image.convert("RGB"))


WAYS: Final[dict[str, Callable[[bytes], object]]] = {
    "Pillow alone": with_pillow,
    "simplejpeg alone": lambda data: simplejpeg.decode_jpeg(data, colorspace="RGB"),
    "staydown: opened, with its digests": open_picture,
    "staydown: opened and looked at": lambda data: look_at(open_picture(data)),
}


def enlarged(megapixels: float) -> bytes:
    """The photograph at that size, as a file."""
    pixels: Pixels = photograph("temple").pixels
    factor = (megapixels * 1e6 / (pixels.shape[0] * pixels.shape[1])) ** 0.5
    size = (round(pixels.shape[1] * factor), round(pixels.shape[0] * factor))
    large = cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC)
    return encode_jpeg(np.asarray(large, np.uint8), QUALITY)


def spent_ms(work: Callable[[], object], rounds: int) -> float:
    """Processor milliseconds of this process for each round, the first left out."""
    work()
    began = time.process_time()
    for _ in range(rounds):
        work()
    return 1000 * (time.process_time() - began) / rounds


def locked_ms(data: bytes, darkroom: LockedDarkroom, rounds: int) -> float:
    """The same, of this process and of the one that is locked in, by its own word."""
    theirs = 0

    def open_there() -> None:
        nonlocal theirs
        if darkroom.address is None:
            raise ValueError("a darkroom of no address")
        order = write_order(Task.OPEN, darkroom.limits)
        answer = ask(darkroom.address, data, order, max_bytes=Bounds().answer_bytes)
        read_opened(answer.data)
        theirs += answer.reply.cpu_ms

    ours = spent_ms(open_there, rounds)
    return ours + theirs / (rounds + 1)


def print_rows(rows: list[Row]) -> None:
    """A table for people."""
    table = Table("processor ms", *(f"{size} MP" for size in MEGAPIXELS))
    for row in rows:
        table.add_row(row.what, *(f"{ms:.1f}" for ms in row.cpu_ms))
    Console().print(table)
