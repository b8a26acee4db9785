"""A lead sees clocks and counts, in words and in bars that are as long as they say."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.test import Client

from staydown.casework.cases import Case, State
from staydown.casework.copies import CopyState
from staydown.casework.overseeing import count_taken, tally
from staydown.casework.people import Role
from staydown.desk_pages.charts import WIDTH, draw_bars
from staydown.engine.verdict import Verdict
from tests.casework.making import case
from tests.casework.test_deadlines import JUNE, clocked
from tests.installation import new_person, signed_in
from tests.shortcuts import hold_quickly
from tests.timed import House

DUE_IN = timedelta(hours=48)


def answered(after: timedelta) -> Case:
    return replace(clocked(State.SETTLED), clock_stopped_at=JUNE + after)


def test_answers_are_counted_by_how_much_of_their_time_they_took() -> None:
    first = clocked(State.SETTLED).governing
    assert first is not None
    assert first.due_at is not None
    whole = first.due_at - first.began_at
    took = [0.0, 0.25, 0.26, 0.5, 0.75, 0.9, 1.0, 1.01]

    counted = count_taken([answered(part * whole) for part in took] + [case()])

    assert counted == (2, 2, 1, 1, 1, 1)


def test_what_was_found_is_counted_by_verdict_most_first() -> None:
    found = {
        (Verdict.NEAR_COPY, CopyState.RELEASED): 1,
        (Verdict.DERIVED, CopyState.REMOVED): 3,
        (Verdict.DERIVED, CopyState.HELD): 1,
        (Verdict.DERIVED, CopyState.BLOCKED): 2,
    }

    derived, near = tally(found)

    assert (derived.verdict, derived.removed, derived.released, derived.undecided) == (
        Verdict.DERIVED,
        3,
        0,
        3,
    )
    assert (near.released, near.all) == (1, 1)


def test_the_longest_bar_is_as_wide_as_the_chart_and_pieces_leave_no_gap() -> None:
    long, short, none = draw_bars(
        [("a", (("x", 3), ("y", 4))), ("b", (("x", 1),)), ("c", (("x", 0),))]
    )

    assert (sum(part.length for part in long.parts), none.parts[0].length) == (WIDTH, 0)
    assert long.parts[1].begins == long.parts[0].length
    assert short.parts[0].length == round(WIDTH / 7)


def test_nothing_to_count_is_no_bar_and_no_fault() -> None:
    assert draw_bars([]) == ()
    assert [bar.parts[0].length for bar in draw_bars([("a", (("x", 0),))])] == [0]


@pytest.fixture
def lead(law: House) -> Client:
    new_person(law, "lea", Role.LEAD)
    return signed_in("lea")


def test_a_lead_reads_what_runs_what_was_late_and_what_was_found(law: House, lead: Client) -> None:
    receipt, held = hold_quickly(law)
    assert held.copy

    page = lead.get("/desk/clocks").content.decode()

    assert "1 clock runs now; none is past its time." in " ".join(page.split())
    assert f'href="/desk/cases/{receipt.case}"' in page
    assert "1 undecided" in page
    assert "No appeal was decided" in page
    assert page.count("<rect") == 1  # the one copy that waits; nothing was answered yet
    assert "style=" not in page
    assert "Clocks and figures" in lead.get("/desk/").content.decode()


def test_a_reviewer_is_not_offered_it(law: House, desk: Client) -> None:
    assert "Clocks and figures" not in desk.get("/desk/").content.decode()
    assert desk.get("/desk/clocks").status_code == 404
