"""The clocks of a case: what sets them going, what stops them, and who hears how far they ran."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from staydown.audit.duties import ClockStopped, DeadlineNear
from staydown.casework.cases import Case, State
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.deadlines import escalate, standing, start_clocks, stop_if_done
from staydown.casework.decisions import decide_copy, decline, look_at_places, withdraw
from staydown.casework.looking import Look, read_look
from staydown.errors import BadRequest, NotAllowed
from staydown.policy.library import Law
from staydown.policy.packs import RegimeId, Start
from tests.casework.making import (
    AGREED,
    CASE,
    NOON,
    REASON,
    Finding,
    case,
    choose,
    copy,
    dossier,
    doubting,
    occasion,
    orders,
)

US, EU, UK, IN = map(RegimeId, ("us-take-it-down", "eu-dsa", "uk-osa", "in-it-rules"))
JUNE = datetime(2026, 6, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def clocked(state: State = State.TO_REVIEW, *regimes: RegimeId, at: datetime = JUNE) -> Case:
    fresh = replace(case(state), opened_at=at)
    return start_clocks(fresh, Law(regimes=regimes or (UK, EU)), Start.NOTICE)


def test_a_case_begins_with_the_laws_of_its_day_earliest_due_first() -> None:
    begun = clocked(State.RECEIVED, EU, US, IN)

    assert [str(ref.regime) for ref in begun.packs] == [EU, US, IN]
    assert [(one.regime, one.due_at) for one in begun.deadlines] == [
        (IN, JUNE + 2 * HOUR),
        (US, JUNE + 48 * HOUR),
        (EU, None),
    ]
    assert begun.governing == begun.deadlines[0]


def test_a_law_that_did_not_bind_yet_sets_no_clock_going() -> None:
    assert clocked(State.RECEIVED, US, at=NOON).deadlines == ()
    assert not clocked(State.RECEIVED, US, at=NOON).clock_runs


ANSWERED = replace(clocked(State.SETTLED), looked_at=JUNE + HOUR)
STOPS = {
    "answered, and nothing asked of the platform": (ANSWERED, False, True),
    "answered, and the platform has not said that it did": (ANSWERED, True, False),
    "settled, and nobody looked at what the notice names": (clocked(State.SETTLED), False, False),
    "a copy waits": (replace(ANSWERED, state=State.TO_REVIEW), False, False),
    "nothing was done": (clocked(State.RECEIVED), False, False),
    "declined": (clocked(State.DECLINED), True, True),
    "withdrawn": (clocked(State.WITHDRAWN), True, True),
    "no law set one going": (case(State.DECLINED), False, False),
    "stopped before": (ANSWERED.stopped(JUNE), False, False),
}


@pytest.mark.parametrize("what", STOPS)
def test_when_the_clock_stops(what: str) -> None:
    before, is_asked, stops = STOPS[what]

    after, facts = stop_if_done(before, JUNE + 2 * HOUR, is_asked=is_asked)

    assert facts == ((ClockStopped(case=CASE),) if stops else ())
    assert after.clock_stopped_at == (JUNE + 2 * HOUR if stops else before.clock_stopped_at)


def test_every_step_is_heard_of_once_and_a_missed_one_last() -> None:
    now, heard, waiting = JUNE, [], clocked()
    while now <= JUNE + 60 * HOUR:
        if reached := escalate(waiting, now):
            waiting, near = reached
            heard.append((int((now - JUNE) / HOUR), near))
        now += HOUR

    assert heard == [
        (24, DeadlineNear(case=CASE, regime=UK, percent="50")),
        (36, DeadlineNear(case=CASE, regime=UK, percent="75")),
        (44, DeadlineNear(case=CASE, regime=UK, percent="90")),
        (49, DeadlineNear(case=CASE, regime=UK, percent="100")),
    ]


def test_whoever_looks_late_hears_of_the_last_step_only() -> None:
    reached = escalate(clocked(), JUNE + 47 * HOUR)

    assert reached is not None
    assert (reached[0].escalated, reached[1].percent) == (90, "90")


def test_what_was_done_is_heard_of_no_more() -> None:
    done = clocked().stopped(JUNE + HOUR)

    assert escalate(done, JUNE + 60 * HOUR) is None
    assert standing(done, JUNE + 60 * HOUR) is None


@pytest.mark.parametrize(("hours", "late"), [(48, False), (49, True)])
def test_the_very_moment_it_is_due_is_in_time(hours: int, late: bool) -> None:
    assert clocked().stopped(JUNE + hours * HOUR).was_missed is late


def test_where_no_law_gives_a_number_nothing_is_missed() -> None:
    unnumbered = clocked(State.TO_REVIEW, EU)

    assert standing(unnumbered, JUNE + 900 * HOUR) is None
    assert not unnumbered.stopped(JUNE + 900 * HOUR).was_missed


def test_the_last_decision_does_not_stop_it_while_the_platform_has_to_act() -> None:
    waiting = replace(dossier(), case=replace(clocked(), looked_at=JUNE))

    removed = decide_copy(waiting, choose(CopyMove.REMOVE), occasion())
    released = decide_copy(waiting, choose(CopyMove.RELEASE), occasion())

    assert removed.case.clock_runs
    assert released.case.clock_stopped_at == NOON
    assert ClockStopped(case=CASE) in released.follows.facts


def test_nothing_is_owed_once_it_was_declined_or_taken_back() -> None:
    waiting = replace(dossier(), case=clocked(), is_asked=True)

    assert decline(waiting, REASON, occasion()).case.clock_stopped_at == NOON
    assert withdraw(waiting, occasion()).case.clock_stopped_at == NOON


LOOKED = Look(reason=REASON)
TAKEN = Look(reason=REASON, take_down=("post/7", "post/8"), findings=AGREED)


def test_looking_and_finding_nothing_answers_the_notice() -> None:
    received = replace(dossier(state=State.RECEIVED), copies=(), case=clocked(State.RECEIVED))

    decision = look_at_places(received, LOOKED, occasion())

    assert (decision.case.state, decision.case.looked_at) == (State.SETTLED, NOON)
    assert decision.case.clock_stopped_at == NOON
    assert decision.case.confirmed_at is None
    assert orders(decision) == []


def test_what_was_found_there_is_taken_down_and_the_clock_waits_for_the_platform() -> None:
    received = replace(dossier(state=State.RECEIVED), copies=(), case=clocked(State.RECEIVED))

    decision = look_at_places(received, TAKEN, occasion())

    assert orders(decision) == [(CommandKind.REMOVE, "post/7"), (CommandKind.REMOVE, "post/8")]
    assert decision.case.confirmed_at == NOON
    assert decision.case.clock_runs


def test_looking_leaves_a_copy_that_waits_to_whoever_decides_it() -> None:
    decision = look_at_places(replace(dossier(), case=clocked()), LOOKED, occasion())

    assert (decision.case.state, decision.case.clock_runs) == (State.TO_REVIEW, True)
    assert decision.follows.copies == ()


@pytest.mark.parametrize("question", ["shows_this_person", "is_without_consent"])
def test_nothing_is_taken_down_against_ones_own_findings(question: str) -> None:
    against = replace(TAKEN, findings=doubting(**{question: Finding.NO}))

    with pytest.raises(NotAllowed, match="against your own findings"):
        look_at_places(dossier(), against, occasion())


@pytest.mark.parametrize("state", [State.DECLINED, State.WITHDRAWN])
def test_a_closed_case_is_not_looked_at(state: State) -> None:
    with pytest.raises(NotAllowed, match=f"^a case that is {state} cannot look$"):
        look_at_places(dossier(copy(CopyState.RELEASED), state=state), LOOKED, occasion())


def test_names_that_were_typed_are_read_once_each() -> None:
    read = read_look(REASON, [" post/1 ", "", "post/2", "post/1"], AGREED)

    assert read == Look(reason=REASON, take_down=("post/1", "post/2"), findings=AGREED)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        (["post\x00"], "take_down: at most 500 printable characters"),
        (["x" * 501], "take_down: at most 500 printable characters"),
        ([f"post/{number}" for number in range(51)], "take_down: at most 50 names at once"),
    ],
)
def test_names_that_no_platform_has_are_refused(names: list[str], said: str) -> None:
    with pytest.raises(BadRequest, match=f"^{said}$"):
        read_look(REASON, names, AGREED)


def test_to_take_something_down_all_three_questions_are_answered() -> None:
    with pytest.raises(BadRequest, match="^findings: "):
        read_look(REASON, ["post/1"], None)
