"""`staydown deadlines` prints what runs and what was missed, for people and for machines."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from staydown.casework.cases import State
from staydown.casework.deadlines import standing, start_clocks
from staydown.casework.timekeeping import Report
from staydown.cli.deadlines import as_json, print_report
from staydown.policy.library import Law
from staydown.policy.packs import RegimeId, Start
from tests.casework.making import case

NOW = datetime(2026, 6, 3, 13, tzinfo=UTC)


def report() -> Report:
    """One that is over, one without a number, and one that was answered too late."""
    uk, eu = Law(regimes=(RegimeId("uk-osa"),)), Law(regimes=(RegimeId("eu-dsa"),))
    opened = replace(case(State.RECEIVED), opened_at=NOW - timedelta(hours=49))
    over = start_clocks(opened, uk, Start.NOTICE)
    stands = standing(over, NOW)
    assert stands
    return Report(
        at=NOW,
        running=(stands,),
        unnumbered=(start_clocks(opened, eu, Start.NOTICE),),
        late=(over.stopped(NOW),),
    )


def test_people_get_a_table_and_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    print_report(report())

    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["2026-06-03", "12:00", "missed", "uk-osa", "case_1"] in lines
    assert ["no", "number", "–", "eu-dsa", "case_1"] in lines
    assert lines[-1] == ("late: case_1, due 2026-06-03 12:00, done 2026-06-03 13:00 UTC".split())


def test_machines_get_one_object() -> None:
    told = as_json(report())

    assert told["running"] == [
        {
            "case": "case_1",
            "regime": "uk-osa",
            "version": "2026-11-01",
            "due_at": "2026-06-03T12:00:00+00:00",
            "step": 100,
            "is_missed": True,
        }
    ]
    assert told["without_number"] == [{"case": "case_1", "regimes": ["eu-dsa"]}]
    assert [sorted(one) for one in told["late"]] == [  # type: ignore[attr-defined]  # a list
        ["case", "done_at", "due_at", "regime"]
    ]
