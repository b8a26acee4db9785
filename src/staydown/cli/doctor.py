"""`staydown doctor`: is this installation sound? Looks at it, changes nothing, and says how to mend
what is not.
"""

import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table
from rich.text import Text

from staydown.assembly.observations import Condition, Observation, is_sound, unsound
from staydown.assembly.soundness import examine
from staydown.errors import Misconfigured
from staydown.settings import read_settings

UNSOUND = 1
COLOURS = {Condition.OK: "green", Condition.NOT_OK: "red", Condition.NOTE: "yellow"}


def doctor(
    *,
    data: Path | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """Say whether this installation is sound, and how to mend what is not. Changes nothing.

    The exit code is 0 if nothing is to be mended, else 1.

    Parameters
    ----------
    data
        The data folder.
    json_
        One JSON object instead of a table.
    """
    seen = look_over(data)
    if json_:
        print(json.dumps(as_json(seen)))
    else:
        print_observations(seen)
    return 0 if is_sound(seen) else UNSOUND


def look_over(data: Path | None) -> list[Observation]:
    """All that is seen; where the settings cannot be read, that alone."""
    try:
        return list(examine(read_settings(data=data)))
    except Misconfigured as error:
        return [unsound("settings", str(error), "see docs/operating.md, Settings")]


def print_observations(seen: Sequence[Observation]) -> None:
    """A table, what is to be mended below its finding, and one sentence."""
    table = Table(box=None, pad_edge=False, show_header=False)
    for _ in range(3):
        table.add_column(overflow="fold")  # a path is of no use without its end
    for one in seen:
        table.add_row(Text(one.condition, style=COLOURS[one.condition]), one.about, Text(one.seen))
        if one.mend:
            table.add_row("", "", Text(f"→ {one.mend}", style="dim"))
    console = Console(highlight=False)
    console.print(table)
    wrong = sum(one.condition is Condition.NOT_OK for one in seen)
    console.print(f"\n{wrong} to mend." if wrong else "\nThis installation is sound.")


def as_json(seen: Sequence[Observation]) -> dict[str, object]:
    """The same for machines."""
    return {"is_sound": is_sound(seen), "checks": [asdict(one) for one in seen]}
