"""`staydown report`: what happened in a period, for the public and for regulators."""

import json
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from pathlib import Path

from staydown.assembly.starting import start
from staydown.audit.figures import Period, as_csv, as_json
from staydown.audit.transparency import count
from staydown.settings import read_settings


class Form(StrEnum):
    """How a report is written."""

    CSV = "csv"
    JSON = "json"


def report(*, since: date, until: date, form: Form = Form.CSV, data: Path | None = None) -> None:
    """Print how many notices there were, what became of them and how long it took: numbers only.

    Counted from the audit chain, once that is seen to be whole: whoever has an export of it can
    count the same.

    Parameters
    ----------
    since
        The first day, in UTC.
    until
        The last day, in UTC.
    form
        csv or json.
    data
        The data folder.
    """
    period = Period(since=_midnight(since), until=_midnight(until + timedelta(days=1)))
    house = start(read_settings(data=data))
    house.journal.verify()
    figures = count(house.journal.entries(), period)
    if form is Form.JSON:
        print(json.dumps(as_json(period, figures), indent=2))
    else:
        print(as_csv(period, figures), end="")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)
