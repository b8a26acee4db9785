"""`staydown deadlines`: which clocks run, which are over, and which cases were answered too late.

Case numbers, laws and times: nothing of what a case is about.
"""

import json
from datetime import datetime
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from staydown.assembly.starting import start
from staydown.casework.cases import Case
from staydown.casework.deadlines import Standing
from staydown.casework.timekeeping import Report
from staydown.settings import read_settings

MISSED = 1


def deadlines(
    *,
    data: Path | None = None,
    json_: Annotated[bool, Parameter(name="--json", negative=())] = False,
) -> int:
    """List the deadlines that run, and those that were missed. Exit code 1 if one is over now.

    Parameters
    ----------
    data
        The data folder.
    json_
        One JSON object instead of a table.
    """
    report = start(read_settings(data=data)).timekeeping.report()
    if json_:
        print(json.dumps(as_json(report)))
    else:
        print_report(report)
    return MISSED if report.overdue else 0


def print_report(report: Report) -> None:
    """Running ones by when they are due, then those without a number, then the late ones."""
    table = Table(box=None, pad_edge=False)
    for column in ("due (UTC)", "of its time", "law", "case"):
        table.add_column(column, overflow="fold")
    for one in report.running:
        over = "missed" if one.is_missed else f"past {one.step} %" if one.step else "under 50 %"
        table.add_row(_time(one.first.due_at), over, one.first.regime, one.case)
    for case in report.unnumbered:
        table.add_row("no number", "–", case.deadlines[0].regime, case.id)
    console = Console(highlight=False)
    if table.rows:
        console.print(table)
    console.print(
        f"{len(report.running) + len(report.unnumbered)} clocks run, {len(report.overdue)} of them "
        f"past their time. {len(report.late)} cases were answered too late."
    )
    for case in report.late:
        due = case.governing.due_at if case.governing else None
        done = _time(case.clock_stopped_at)
        console.print(f"late: {case.id}, due {_time(due)}, done {done} UTC", soft_wrap=True)


def as_json(report: Report) -> dict[str, object]:
    """The same for machines."""
    return {
        "at": report.at.isoformat(),
        "running": [_running(one) for one in report.running],
        "without_number": [_unnumbered(case) for case in report.unnumbered],
        "late": [_late(case) for case in report.late],
    }


def _running(one: Standing) -> dict[str, object]:
    return {
        "case": one.case,
        "regime": one.first.regime,
        "version": one.first.version,
        "due_at": one.first.due_at.isoformat() if one.first.due_at else None,
        "step": one.step,
        "is_missed": one.is_missed,
    }


def _unnumbered(case: Case) -> dict[str, object]:
    return {"case": case.id, "regimes": [owed.regime for owed in case.deadlines]}


def _late(case: Case) -> dict[str, object]:
    first, done = case.governing, case.clock_stopped_at
    return {
        "case": case.id,
        "regime": first.regime if first else None,
        "due_at": first.due_at.isoformat() if first and first.due_at else None,
        "done_at": done.isoformat() if done else None,
    }


def _time(at: datetime | None) -> str:
    return f"{at:%Y-%m-%d %H:%M}" if at else "–"
