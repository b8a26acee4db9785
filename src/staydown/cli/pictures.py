"""`staydown register`, `screen` and `compare`: the engine on files, with a bank in a folder and no
server.
"""

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.progress import track

from staydown.bank.entries import Entry, EntryRole, EntrySource, EntryStatus
from staydown.bank.folder import open_bank
from staydown.bank.search import search, search_quickly
from staydown.bank.shelf import Shelf
from staydown.cli.exhibits import words_of
from staydown.cli.files import list_files, read_each, read_picture, read_two, read_views
from staydown.cli.findings import Finding, finding_of, nothing_found, print_findings
from staydown.clock import SystemClock
from staydown.engine.comparison import compare as compare_pictures
from staydown.engine.delivery import plain_map
from staydown.engine.exhibit import draw_exhibit
from staydown.engine.full_size import enlarge_map, in_file
from staydown.engine.pictures import Picture, Pixels, encode_png
from staydown.engine.subjects import Known, Seen, know, look_at
from staydown.engine.verdict import AreaMap, Comparison, Verdict
from staydown.errors import BadRequest
from staydown.ids import ActorId, EntryId, new_id
from staydown.settings import key_path_for

HERE = ActorId("command-line")
OperatorRole = Literal["original", "removed", "listed"]
Depth = Literal["quick", "full"]
Bank = Annotated[Path, Parameter(help="The folder of the bank.")]
Key = Annotated[
    Path | None,
    Parameter(help="Its key; by default in your configuration folder, away from the bank."),
]


def register(*pictures: Path, bank: Bank, key: Key = None, role: OperatorRole = "original") -> int:
    """Register pictures in a folder bank, which is made if there is none. No server is needed.

    Parameters
    ----------
    pictures
        Files, or folders of files.
    role
        original: the innocent photo, of which altered copies are to be found. removed: a picture
        that stays down as it is. listed: somebody else's finding.
    """
    clock = SystemClock()
    files = list_files(pictures)
    shelf = open_bank(bank, clock, key_file=key or key_path_for(bank), is_new=True)
    bad = 0
    for path, picture in read_each(watched(files, "registering"), read_picture):
        if picture is None:
            bad += 1
            continue
        entry = Entry(
            id=EntryId(new_id("entry")),
            role=EntryRole(role),
            source=EntrySource.COMMAND_LINE,
            status=EntryStatus.CONFIRMED,
            added_at=clock.now(),
            added_by=HERE,
            name=path.name,
        )
        shelf.add(entry, know(picture))
        print(f"registered {path} as {entry.id}")
    return 2 if bad else 0


def screen(
    *pictures: Path, bank: Bank, key: Key = None, depth: Depth = "full", jsonl: bool = False
) -> int:
    """Look pictures up in a folder bank.

    Parameters
    ----------
    pictures
        Files, or folders of files.
    depth
        quick: digests and PDQ alone, which answers identical, hash_match or needs_full. full:
        everything.
    jsonl
        One JSON object a line instead of a table.
    """
    shelf = open_bank(bank, SystemClock(), key_file=key or key_path_for(bank)).shelf()
    files = list_files(pictures)
    findings: list[Finding] = []
    for path, views in read_each(watched(files, "screening"), read_views):
        if views is None:
            continue
        findings.append(look_up(path, views, shelf, depth))
        if jsonl:
            print(json.dumps(findings[-1].as_json()), flush=True)
    if not jsonl:
        print_findings(findings)
    return 2 if len(findings) < len(files) else 0


def look_up(path: Path, views: Sequence[Picture], shelf: Shelf, depth: Depth) -> Finding:
    """The strongest match of one file: of the view in which there is one."""
    is_quick = depth == "quick"
    started = time.process_time()
    found = [
        (match, seen.picture)
        for seen in (look_at(view, is_quick=is_quick) for view in views)
        for match in (search_quickly(shelf, seen) if is_quick else search(shelf, seen))
    ]
    cpu_ms = (time.process_time() - started) * 1000
    if not found:
        return nothing_found(str(path), cpu_ms, is_quick=is_quick)
    match, picture = strongest(found, lambda one: one[0].comparison)
    return finding_of(str(path), match.entry.name, in_file(match.comparison, picture), cpu_ms)


def compare(
    original: Path,
    found: Path,
    /,
    *,
    map_: Annotated[Path | None, Parameter(name="--map")] = None,
    overlay: Path | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Compare one found picture with one original, and say what may be said about them.

    Parameters
    ----------
    original
        The photograph as it was.
    found
        The picture that may be a copy of it.
    map_
        Where to write the alteration map: an 8-bit PNG the size of FOUND; 0 outside the original, 1
        kept, 2 altered, 3 covered by an overlay; all 0 if FOUND is no copy.
    overlay
        Where to write the proof, a PNG for a reviewer or a court: both pictures, matched points,
        what was kept, and the figures in words. Of FOUND only what is surely kept is drawn.
    json_
        One JSON object instead of a table.
    """
    pair = look_at_two(original, found)
    if map_ is not None:
        write_picture(map_, pair.map())
    if overlay is not None:
        write_picture(overlay, pair.draw())
    if json_:
        print(json.dumps(pair.finding.as_json()))
    else:
        print_findings([pair.finding])
    return 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """An original and the view of a found picture that tells most, and what the engine says of
    them: `comparison` in pixels as they were opened, `finding` in pixels of the files.
    """

    original: Picture
    known: Known
    seen: Seen
    comparison: Comparison
    finding: Finding

    def draw(self) -> Pixels:
        """The proof."""
        words = words_of(self.finding, self.original, self.seen.picture)
        return draw_exhibit(self.original, self.known, self.seen, self.comparison, words)

    def map(self) -> AreaMap:
        """The map as it is given away, as large as the found file."""
        return enlarge_map(plain_map(self.comparison.areas, self.seen.picture), self.seen.picture)


def look_at_two(original: Path, found: Path) -> Pair:
    """Both files opened and compared."""
    from_file, views = read_two(original, found)
    started = time.process_time()
    known = know(from_file)
    looked_at = [look_at(view) for view in views]
    compared = [(compare_pictures(known, seen), seen) for seen in looked_at]
    cpu_ms = (time.process_time() - started) * 1000
    comparison, seen = strongest(compared, lambda one: one[0])
    finding = finding_of(str(found), original.name, in_file(comparison, seen.picture), cpu_ms)
    return Pair(original=from_file, known=known, seen=seen, comparison=comparison, finding=finding)


def strongest[T](found: Sequence[T], comparison_of: Callable[[T], Comparison]) -> T:
    """What says most, of what was found in the views of one file; the first of those alike.

    `cannot_tell` says nothing where another view can be compared.
    """
    order = list(Verdict)
    return min(found, key=lambda one: order.index(comparison_of(one).verdict))


def write_picture(path: Path, pixels: Pixels) -> None:
    """As a PNG. Raises BadRequest if it cannot be written."""
    try:
        path.write_bytes(encode_png(pixels))
    except OSError as error:
        raise BadRequest(f"{path}: {error.strerror or 'cannot be written'}") from error


def watched(files: list[Path], what: str) -> Iterable[Path]:
    """The files, with a progress bar on standard error where somebody watches."""
    if not sys.stderr.isatty() or len(files) < 2:
        return files
    return track(files, description=what, transient=True)
