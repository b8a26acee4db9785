"""Fuzzes the door through which every picture comes in, guided by coverage of what is Python in it.

    tools/bootstrap peer atheris
    PYTHONPATH=build/peers/atheris/lib/python3.12/site-packages \
        nice -n 15 .venv/bin/python -m bench.fuzz.opening build/fuzz -max_total_time=600 \
        -timeout=10 -rss_limit_mb=1024 -max_len=20000

Whatever `open_views` raises but BadPicture, and whatever ends the process or takes long, is a find.
The decoders' C code is not instrumented: coverage guides through our code and Pillow's readers of
headers; the rest is mutation of real files, of PNG with right checksums.
"""

import sys
import zlib
from pathlib import Path

import atheris
import numpy as np

with atheris.instrument_imports(include=["PIL", "pi_heif", "staydown"]):
    import pillow_heif
    from PIL import Image

    from staydown.engine.pictures import Limits, open_views
    from staydown.engine.rehearsal import draw_noise
    from staydown.engine.samples import samples
    from staydown.errors import BadPicture

LIMITS = Limits(max_bytes=100_000, max_pixels=1_000_000)
PNG = b"\x89PNG\r\n\x1a\n"


def open_one(data: bytes) -> None:
    """One file through the door."""
    try:
        open_views(data, LIMITS)
    except BadPicture as refusal:
        if not 10 < len(str(refusal)) < 300:
            raise


def mutate(data: bytes, most: int, seed: int) -> bytes:
    """A real file a little changed; three of four PNGs get the right checksums again."""
    changed = bytes(atheris.Mutate(data, most))
    return repaired(changed)[:most] if seed % 4 and changed.startswith(PNG) else changed


def repaired(data: bytes) -> bytes:
    """A PNG whose chunks have the checksums that their bytes ask for."""
    parts, place = [PNG], len(PNG)
    while place + 12 <= len(data):
        length = int.from_bytes(data[place : place + 4], "big")
        body = data[place + 4 : place + 8 + length]
        parts += [data[place : place + 4], body, zlib.crc32(body).to_bytes(4, "big")]
        place += 12 + length
    return b"".join(parts) + data[place:]


def plant_seeds(folder: Path) -> None:
    """Small files of every kind, written by our own libraries, and by the tests' one for HEIC."""
    folder.mkdir(parents=True, exist_ok=True)
    pixels = np.ascontiguousarray(draw_noise()[:40, :56])
    for number, data in enumerate(samples(pixels)):
        (folder / f"seed-{number:02}").write_bytes(data)
    pillow_heif.from_pillow(Image.fromarray(pixels)).save(folder / "seed.heic", quality=30)


def main() -> None:
    """Fuzz until told to stop; libFuzzer reads the arguments."""
    plant_seeds(Path(sys.argv[1]))
    atheris.Setup(sys.argv, open_one, custom_mutator=mutate)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
