"""`python -m tests.serving.attacking ADDRESS KEY SENDERS [FOLDER]`: one client, as fast as it can.

Posts hostile files one after the other on each of its connections, those in the folder or a few of
its own, until it is told to stop (SIGTERM), and then prints how often it was answered with what.
"""

import json
import signal
import struct
import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from threading import Event, Thread

import httpx

SIDE = 6_000
"""36 million pixels in some 40 kB: within the limits, and a second and more of decoding."""


def heavy_png(side: int = SIDE) -> bytes:
    """A small file that is a large picture."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        sum_ = struct.pack(">I", zlib.crc32(kind + body))
        return struct.pack(">I", len(body)) + kind + body + sum_

    header = struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
    rows = zlib.compressobj(9)
    line = b"\0" + bytes(3 * side)
    body = b"".join(rows.compress(line) for _ in range(side)) + rows.flush()
    head = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    return head + chunk(b"IDAT", body) + chunk(b"IEND", b"")


def few() -> list[bytes]:
    """One that is costly, and some that are broken."""
    heavy = heavy_png()
    return [
        heavy,
        heavy[: len(heavy) // 2],
        b"\xff\xd8\xff" + bytes(200_000),
        b"GIF89a" + b"\xff" * 99,
    ]


def send_until(
    stopped: Event, address: str, key: str, files: Sequence[bytes], start: int
) -> Counter[str]:
    """What it was answered with, by status."""
    said: Counter[str] = Counter()
    headers = {"Authorization": f"Bearer {key}", "Content-Type": "application/octet-stream"}
    with httpx.Client(headers=headers, timeout=60) as client:
        for number in count(start):
            if stopped.is_set():
                return said
            where = f"{address}/v1/screen?content_ref=hostile/{number}"
            try:
                said[str(client.post(where, content=files[number % len(files)]).status_code)] += 1
            except httpx.TransportError:
                said["hung up"] += 1
    return said


def main(address: str, key: str, senders: int, folder: Path | None) -> None:
    """Until told to stop."""
    stopped = Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    files = (
        [path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()]
        if folder
        else few()
    )
    said: list[Counter[str]] = []
    threads = [
        Thread(
            target=lambda start=one: said.append(
                send_until(stopped, address, key, files, start * 97)
            )
        )
        for one in range(senders)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(json.dumps(sum(said, Counter())))


if __name__ == "__main__":
    given = sys.argv[4:]
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), Path(given[0]) if given else None)
