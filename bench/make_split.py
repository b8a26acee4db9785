"""Writes src/staydown/engine/data/split.tsv from the folder of third-party pictures.

    .venv/bin/python bench/make_split.py ../shared/material

`learned` are the folders whose pictures are all under CC0 or Pixabay's first licence; everything of
copies, forgery and negatives is for reporting; of all other sources, half by a digest of the
source is for calibration, half for reporting. A source has one part. No names are written.
"""

import hashlib
import sys
from pathlib import Path

from staydown.cli.bench.photographs import list_candidates, read_photograph, usable
from staydown.cli.bench.sources import Source, group_by_source
from staydown.cli.bench.split import Part, Row, write_rows

FOLDERS = ("photos", "people", "copies", "forgery", "negatives")
LEARNED = ("people/interfaces-cc0", "photos/boofcv-pixabay")
REPORT_ONLY = ("copies", "forgery", "negatives")
SALT = "staydown split 1"
TARGET = Path(__file__).parents[1] / "src" / "staydown" / "engine" / "data" / "split.tsv"
HEAD = """\
# Which third-party pictures were learned from, calibrated on, or kept for reporting.
# Made by bench/make_split.py.
"""


def choose_part(source: Source, material: Path) -> Part:
    """Raises ValueError for a source of which one file was to be learned from and another not."""
    places = {str(one.path.relative_to(material)) for one in source.photographs}
    is_learned = {place.startswith(LEARNED) for place in places}
    if is_learned == {True, False}:
        raise ValueError(f"a source lies in folders of different licences: {sorted(places)}")
    if is_learned == {True}:
        return Part.LEARNED
    if any(place.startswith(REPORT_ONLY) for place in places):
        return Part.REPORT
    drawn = hashlib.sha256(f"{SALT}:{source.id}".encode()).digest()[0]
    return Part.CALIBRATION if drawn % 2 else Part.REPORT


def is_mask(path: Path) -> bool:
    """Whether a file of the forgeries shows where they were altered, and is no photograph."""
    return "mask" in path.stem or path.parent.name == "mask"


def main(material: Path) -> None:
    """Group all pictures by source, give each a part, write the manifest."""
    paths = [p for p in list_candidates([material / one for one in FOLDERS]) if not is_mask(p)]
    sources = group_by_source(usable(map(read_photograph, paths), min_side=1))
    parts = {source.id: choose_part(source, material) for source in sources}
    rows = [
        Row(digest=one.digest, source=source.id, part=parts[source.id])
        for source in sources
        for one in source.photographs
    ]
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(HEAD + write_rows(rows) + "\n", encoding="utf-8")
    for part in Part:
        files = sum(row.part is part for row in rows)
        print(f"{part}: {sum(found is part for found in parts.values())} sources, {files} files")


if __name__ == "__main__":
    main(Path(sys.argv[1]).resolve())
