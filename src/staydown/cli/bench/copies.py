"""`staydown bench copies`: how well copies are found among strangers, ours beside others'."""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from cyclopts.validators import Number

from staydown.cli.bench.planning import Wish
from staydown.cli.bench.report import Report, as_json
from staydown.cli.bench.running import Bench
from staydown.cli.bench.table import print_report
from staydown.cli.bench.working import hire
from staydown.errors import BadRequest

type Folders = tuple[Path, ...]


def flag(text: str) -> Parameter:
    """A switch that is off unless it is named."""
    return Parameter(negative=(), help=text)


def folders(text: str) -> Parameter:
    """Any number of folders after one name."""
    return Parameter(consume_multiple=True, negative=(), help=text)


@Parameter(name="*")
@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What may be said on the command line."""

    photos: Annotated[
        Folders,
        folders(
            "Folders of photographs. Which of them were learned from or calibrated on, the package "
            "knows, and leaves out."
        ),
    ]
    series: Annotated[
        Folders, folders("Folders of numbered frames: neighbours are negatives too.")
    ] = ()
    registered: Annotated[int, Parameter(help="How many photographs are registered.")] = 300
    seed: Annotated[
        int, Parameter(help="What chance follows from: the same seed gives the same figures.")
    ] = 1
    json: Annotated[Path | None, Parameter(help="Where to write all that was measured.")] = None
    long: Annotated[bool, flag("Every edit of every photograph, not a balanced choice.")] = False
    each: Annotated[
        int | None,
        Parameter(
            validator=Number(gte=1),
            help="How many edits of each of the four groups are made of each photograph.",
        ),
    ] = None
    no_peers: Annotated[bool, flag("Without the other projects.")] = False
    include_calibration: Annotated[
        bool, flag("Score photographs on which thresholds were chosen as well.")
    ] = False
    workers: Annotated[
        int | None,
        Parameter(validator=Number(gte=1), help="How many processes; by default one a core."),
    ] = None

    @property
    def wish(self) -> Wish:
        """What is to be planned."""
        return Wish(
            registered=self.registered,
            seed=self.seed,
            is_long=self.long,
            each=self.each,
            includes_calibration=self.include_calibration,
        )


def copies(options: Options) -> int:
    """Measure how well edited copies are found among strangers' photographs.

    Photographs are registered, edited in four groups, and looked up together with others that are
    not registered; other projects are asked the same. Takes up to half an hour on two cores.
    """
    if options.json is not None:
        write_report(options.json, "")  # half an hour is not to be lost to a slip of the pen
    report = measure(options)
    print_report(report)
    if options.json is not None:
        write_report(options.json, as_json(report))
    return 0


def measure(options: Options) -> Report:
    """Raises BadRequest if the folders do not do."""
    with (
        tempfile.TemporaryDirectory(prefix="staydown-bench-") as folder,
        hire(options.workers or os.cpu_count() or 1) as crew,
    ):
        bench = Bench(
            folder=Path(folder), crew=crew, wish=options.wish, has_peers=not options.no_peers
        )
        return bench.measure(options.photos, options.series)


def write_report(path: Path, text: str) -> None:
    """Raises BadRequest if it cannot be written."""
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadRequest(f"{path}: {error.strerror or 'cannot be written'}") from error
