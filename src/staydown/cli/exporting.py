"""`staydown export dsa`: records for the DSA Transparency Database, one JSON object a line.

They hold no name, link or number of a case. Handing them in is the operator's task.
"""

import json
import sys
from datetime import UTC, date, datetime
from pathlib import Path

from staydown.assembly.starting import start
from staydown.errors import BadRequest
from staydown.settings import read_settings


def export_dsa(*, since: str, data: Path | None = None) -> None:
    """Print a record of each removal that was decided since a day.

    Parameters
    ----------
    since
        The first day, such as 2026-05-01, in UTC.
    data
        The data folder.
    """
    try:
        day = date.fromisoformat(since)
    except ValueError as error:
        raise BadRequest("since: write a day such as 2026-05-01") from error
    first = datetime(day.year, day.month, day.day, tzinfo=UTC)
    for record in start(read_settings(data=data)).explaining.dsa_records(first):
        sys.stdout.write(json.dumps(record.as_json()) + "\n")
