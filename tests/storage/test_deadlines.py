"""Clocks in the database: from receipt to acknowledgement, across processes, in the order due."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import call_command

from staydown.audit.duties import ClockStopped, DeadlineNear
from staydown.casework.cases import State
from staydown.casework.copies import CopyMove
from staydown.casework.people import Notifier, Person
from staydown.casework.views import QueueLine
from staydown.clock import SetClock
from staydown.ids import CaseId
from staydown.jobs.draining import drain
from staydown.policy.clocks import step_of
from staydown.policy.packs import RegimeId
from staydown.settings import Settings
from staydown.storage.models import CaseRow, DeadlineRow, DecisionRow
from tests.casework.making import AGREED
from tests.shortcuts import file_quickly, hold_quickly
from tests.stories import PLATFORM

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
US, EU, UK, IN = map(RegimeId, ("us-take-it-down", "eu-dsa", "uk-osa", "in-it-rules"))


def bound(settings: Settings, clock: SetClock, *regimes: RegimeId) -> House:
    """The same house, once these laws bind its operator."""
    return reopen(replace(settings, regimes=regimes), clock)


@pytest.fixture
def law(house: House, settings: Settings, clock: SetClock) -> House:
    """A house that the United States and the Union bind, at noon."""
    clock.shows = NOON
    return bound(settings, clock, EU, US)


@pytest.fixture
def kim(law: House) -> Person:
    return new_reviewer(law)


def acknowledge_all(house: House) -> None:
    for command in house.commands.open(PLATFORM):
        house.commands.acknowledge(command.id, PLATFORM)


def stops(house: House) -> list[datetime]:
    return [e.at for e in house.journal.entries() if isinstance(e.fact, ClockStopped)]


def test_the_laws_of_the_day_are_kept_with_the_case(law: House) -> None:
    receipt = file_quickly(law)

    view = law.cases.for_platform(receipt.case, PLATFORM)
    assert [(one.regime, one.version, one.due_at) for one in view.deadlines] == [
        (US, "2026-05-19", NOON + timedelta(hours=48)),
        (EU, "2024-02-17", None),
    ]
    assert CaseRow.objects.get().packs == [[EU, "2024-02-17"], [US, "2026-05-19"]]


def test_a_case_keeps_them_whatever_the_operator_chooses_later(
    law: House, settings: Settings, clock: SetClock
) -> None:
    receipt = file_quickly(law)

    later = bound(settings, clock, IN)

    assert len(later.cases.for_platform(receipt.case, PLATFORM).deadlines) == 2
    newer = file_quickly(later)
    assert [one.regime for one in later.cases.for_platform(newer.case, PLATFORM).deadlines] == [IN]


def test_the_clock_runs_from_receipt_until_the_platform_says_that_all_is_done(
    law: House, kim: Person, clock: SetClock
) -> None:
    receipt, held = hold_quickly(law)
    assert held.copy
    wait(clock, hours=1)
    decide = {"findings": AGREED, "reason": "bricks", "by": kim}
    law.reviewing.decide_copy(receipt.case, held.copy, CopyMove.REMOVE, **decide)  # type: ignore[arg-type]  # see above
    assert stops(law) == []
    wait(clock, hours=1)
    law.reviewing.look_at_places(receipt.case, reason="nothing else is there", by=kim)
    assert stops(law) == []

    wait(clock, hours=1)
    acknowledge_all(law)

    assert stops(law) == [NOON + timedelta(hours=3)]
    stopped_at = law.cases.for_platform(receipt.case, PLATFORM).clock_stopped_at
    assert stopped_at == NOON + timedelta(hours=3)


def test_what_is_taken_down_where_the_notice_said_stops_the_clock_with_the_last_of_it(
    law: House, kim: Person, clock: SetClock
) -> None:
    receipt = file_quickly(law)
    law.reviewing.look_at_places(
        receipt.case, reason="it is there", by=kim, take_down=["post/1", "post/2"], findings=AGREED
    )
    first, second = law.commands.open(PLATFORM)

    law.commands.acknowledge(first.id, PLATFORM)
    assert stops(law) == []
    wait(clock, minutes=5)
    law.commands.acknowledge(second.id, PLATFORM)
    wait(clock, minutes=5)
    law.commands.acknowledge(second.id, PLATFORM)

    assert stops(law) == [NOON + timedelta(minutes=5)]
    [past] = law.cases.for_reviewer(receipt.case, kim).past
    assert (past.case_move, past.take_down, past.findings, past.reason) == (
        "look",
        ("post/1", "post/2"),
        AGREED,
        "it is there",
    )


def test_every_notice_waits_for_an_answer_where_a_law_asks_for_one(law: House, kim: Person) -> None:
    receipt = file_quickly(law)

    [line] = law.cases.queue(kim)
    assert (line.case, line.awaits_a_look, line.undecided) == (receipt.case, True, 0)
    law.reviewing.look_at_places(receipt.case, reason="nothing is there", by=kim)

    assert law.cases.queue(kim) == ()


def test_without_a_law_a_watched_notice_waits_for_nobody(house: House) -> None:
    file_quickly(house)

    assert house.cases.queue(new_reviewer(house)) == ()


def test_the_queue_is_in_the_order_of_what_is_due(
    law: House, kim: Person, settings: Settings, clock: SetClock
) -> None:
    unnumbered = file_quickly(bound(settings, clock, EU))
    long = file_quickly(law)
    clock.shows += timedelta(hours=20)
    short = file_quickly(bound(settings, clock, IN, EU))

    def order() -> list[CaseId]:
        return [line.case for line in law.cases.queue(kim)]

    assert order() == [short.case, long.case, unnumbered.case]
    clock.shows += timedelta(hours=25)
    late: QueueLine = law.cases.queue(kim)[0]
    assert (late.case, step_of(late.due, clock.now())) == (short.case, 100)


def test_each_step_is_in_the_chain_once_however_many_look(
    law: House, settings: Settings, clock: SetClock
) -> None:
    receipt = file_quickly(law)
    other = bound(settings, clock, EU, US)
    for hours in (23, 1, 12, 8, 4, 1, 24):
        clock.shows += timedelta(hours=hours)
        drain(law)
        drain(other)

    near = [entry.fact for entry in law.journal.entries() if isinstance(entry.fact, DeadlineNear)]
    assert near == [
        DeadlineNear(case=receipt.case, regime=US, percent=percent)
        for percent in ("50", "75", "90", "100")
    ]
    assert law.journal.verify().length > 0


def test_the_report_has_what_runs_what_is_over_and_what_was_late(
    law: House, kim: Person, settings: Settings, clock: SetClock
) -> None:
    late = file_quickly(law)
    clock.shows += timedelta(hours=49)
    law.reviewing.look_at_places(late.case, reason="nothing is there", by=kim)
    over = file_quickly(bound(settings, clock, IN))
    clock.shows += timedelta(hours=3)
    running, unnumbered = file_quickly(law), file_quickly(bound(settings, clock, EU))

    report = law.timekeeping.report()

    assert [one.case for one in report.running] == [over.case, running.case]
    assert [one.case for one in report.overdue] == [over.case]
    assert [case.id for case in report.unnumbered] == [unnumbered.case]
    assert [case.id for case in report.late] == [late.case]


def test_the_notifier_sees_the_deadline_and_no_sign_of_a_copy(law: House) -> None:
    (held, _), watched = hold_quickly(law), file_quickly(law)

    def sees(case: CaseId, secret: str) -> tuple[object, ...]:
        view = law.cases.for_notifier(Notifier(case=case, secret=secret))
        return view.due_at, view.answered_at, view.progress, view.locations

    assert sees(watched.case, watched.secret) == sees(held.case, held.secret)
    assert sees(held.case, held.secret)[0] == NOON + timedelta(hours=48)


@pytest.fixture
def before(house: House) -> Iterator[CaseId]:
    """A case that was declined before cases had clocks."""
    receipt = file_quickly(house)
    house.reviewing.decline_case(receipt.case, reason="no ground", by=new_reviewer(house))
    call_command("migrate", "storage", "0003", verbosity=0, interactive=False)
    yield receipt.case
    call_command("migrate", "storage", verbosity=0, interactive=False)


def test_a_case_from_before_goes_on_without_a_clock(
    house: House, before: CaseId, settings: Settings, clock: SetClock
) -> None:
    call_command("migrate", "storage", verbosity=0, interactive=False)

    [row] = DecisionRow.objects.all()
    assert (row.case_move, row.take_down) == ("decline", [])
    assert DeadlineRow.objects.count() == 0
    view = bound(settings, clock, UK).cases.for_platform(before, PLATFORM)
    assert (view.state, view.deadlines) == (State.DECLINED, ())
