"""One journey for each law: from the notice to the answers to both sides, by that law's clock.

The deadlines are those that were worked out by hand in the packs' situations: here the whole house
has to come to them, over the database.
"""

from tests.timed import House, new_reviewer, reopen  # isort: skip -- sets Django up

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

import pytest

from staydown.casework.appeals import AppealMove, AppealState
from staydown.casework.cases import State
from staydown.casework.commands import Command, CommandKind
from staydown.casework.filing import Receipt
from staydown.casework.grounds import Refusal
from staydown.casework.notices import NoticeForm
from staydown.casework.people import Notifier, Person
from staydown.casework.wording import word_statement
from staydown.clock import SetClock
from staydown.policy.packs import Element, RegimeId, Start
from staydown.policy.situations import NO_NUMBER, Situation, shipped_situations
from staydown.settings import Settings
from tests.casework.making import AGREED
from tests.shortcuts import FORM
from tests.stories import PLATFORM, STATEMENT

SITUATIONS = shipped_situations()
CONTACT = "kim@mail.example"
ORDER = replace(FORM, capacity="authority", basis="order 7", contact=CONTACT, is_from_platform=True)


def bound(settings: Settings, clock: SetClock, *regimes: RegimeId) -> House:
    return reopen(replace(settings, regimes=regimes), clock)


def form_for(start: Start) -> NoticeForm:
    return ORDER if start is Start.ORDER else FORM


def file(house: House, form: NoticeForm) -> Receipt:
    receipt = house.filing.file(form, [])
    assert isinstance(receipt, Receipt)
    return receipt


@pytest.mark.parametrize("situation", SITUATIONS, ids=lambda one: f"{one.file}: {one.name}")
def test_the_deadline_of_a_notice_is_the_one_that_was_worked_out(
    house: House, settings: Settings, clock: SetClock, situation: Situation
) -> None:
    clock.shows = situation.began_at.astimezone(UTC)
    law = bound(settings, clock, *situation.regimes)

    receipt = file(law, form_for(situation.start))

    by_hand = situation.governing
    assert receipt.due_at == (by_hand if isinstance(by_hand, datetime) else None)
    owed = law.cases.for_platform(receipt.case, PLATFORM).deadlines
    expected = {
        regime: None if due == NO_NUMBER else due
        for regime, due in situation.expected
        if isinstance(due, datetime) or due == NO_NUMBER
    }
    assert {one.regime: one.due_at for one in owed} == expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Journey:
    """A law, what sets its clock going and when, when it is over, what it misses in a notice."""

    regime: str
    start: Start
    received: str
    due: str | None
    missing: tuple[Element, ...]

    @property
    def due_at(self) -> datetime | None:
        return datetime.fromisoformat(self.due) if self.due else None


def journey(
    regime: str, start: Start, received: str, due: str | None, *missing: Element
) -> Journey:
    return Journey(regime=regime, start=start, received=received, due=due, missing=missing)


NOTICE, BY_ORDER, CONTACT_MISSING = Start.NOTICE, Start.ORDER, Element.CONTACT
JOURNEYS = {
    "United States, while clocks go back": journey(
        "us-take-it-down",
        NOTICE,
        "2026-10-31T20:00:00-04:00",
        "2026-11-02T19:00:00-05:00",
        CONTACT_MISSING,
    ),
    "United Kingdom, over a leap day": journey(
        "uk-osa", NOTICE, "2028-02-28T12:00:00+00:00", "2028-03-01T12:00:00+00:00", CONTACT_MISSING
    ),
    "Union, without a number": journey(
        "eu-dsa", NOTICE, "2026-08-30T10:00:00+02:00", None, CONTACT_MISSING
    ),
    "Union, by order": journey("eu-2024-1385", BY_ORDER, "2027-06-14T00:00:00+02:00", None),
    "Singapore, in its first second": journey(
        "sg-osraa", NOTICE, "2026-06-29T00:00:00+08:00", None
    ),
    "Australia, while clocks go forward": journey(
        "au-osa", BY_ORDER, "2026-10-03T18:00:00+10:00", "2026-10-04T19:00:00+11:00"
    ),
    "India, over midnight": journey(
        "in-it-rules", NOTICE, "2026-11-25T23:30:00+05:30", "2026-11-26T01:30:00+05:30"
    ),
    "Korea": journey("kr-tba", NOTICE, "2026-11-25T09:00:00+09:00", None),
}


def holder(receipt: Receipt) -> Notifier:
    return Notifier(case=receipt.case, secret=receipt.secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class Travelling:
    """A house that one law binds, its clock, and the two reviewers who work in it."""

    house: House
    clock: SetClock
    way: Journey
    kim: Person
    bob: Person


@pytest.fixture(params=JOURNEYS)
def travelling(
    request: pytest.FixtureRequest, house: House, settings: Settings, clock: SetClock
) -> Travelling:
    """Each law in turn, at the moment when a notice comes."""
    way = JOURNEYS[request.param]
    clock.shows = datetime.fromisoformat(way.received).astimezone(UTC)
    law = bound(settings, clock, RegimeId(way.regime))
    kim, bob = new_reviewer(law), new_reviewer(law, "bob")
    return Travelling(house=law, clock=clock, way=way, kim=kim, bob=bob)


@pytest.mark.parametrize("late", [timedelta(), timedelta(microseconds=1)], ids=["in time", "late"])
def test_from_the_notice_to_the_answers_to_both_sides(
    travelling: Travelling, late: timedelta
) -> None:
    receipt = receive(travelling)
    command = take_down(travelling, receipt, late)
    answer_the_notifier(travelling, receipt)
    answer_the_poster(travelling, command)
    travelling.house.journal.verify()


def receive(on: Travelling) -> Receipt:
    """A receipt at once, with the time that the law leaves and what it misses; a look is due."""
    receipt = file(on.house, form_for(on.way.start))

    assert receipt.received_at == datetime.fromisoformat(on.way.received)
    assert receipt.due_at == on.way.due_at
    assert receipt.missing == on.way.missing
    [waiting] = on.house.cases.queue(on.kim)
    assert (waiting.case, waiting.awaits_a_look) == (receipt.case, True)
    return receipt


def take_down(on: Travelling, receipt: Receipt, late: timedelta) -> Command:
    """A reviewer looks and decides; the platform does it at the last moment, or just after."""
    on.house.reviewing.look_at_places(
        receipt.case, reason="It is there.", by=on.kim, take_down=["post/3"], findings=AGREED
    )
    [command] = on.house.commands.open(PLATFORM)
    assert (command.kind, command.content_ref) == (CommandKind.REMOVE, "post/3")
    last = on.way.due_at or receipt.received_at + timedelta(hours=48)
    on.clock.shows = last.astimezone(UTC) + late

    on.house.commands.acknowledge(command.id, PLATFORM)

    view = on.house.cases.for_platform(receipt.case, PLATFORM)
    assert (view.state, view.clock_stopped_at) == (State.SETTLED, on.clock.shows)
    was_late = receipt.case in [one.id for one in on.house.timekeeping.report().late]
    assert was_late is bool(on.way.due_at and late)
    return command


def answer_the_notifier(on: Travelling, receipt: Receipt) -> None:
    """They are told, and never where."""
    answer = on.house.explaining.for_notifier(holder(receipt))

    assert answer.sentences[-1] == "What should not be there was taken down on this site."
    assert "post/3" not in str(answer)


def answer_the_poster(on: Travelling, command: Command) -> None:
    """They are told why, and never by whom; their appeal goes to somebody else."""
    link = on.house.explaining.link_of(command.id)
    told = on.house.explaining.for_poster(command.id, link)
    text = str(word_statement(told.statement, told.appeal_until))
    assert told.statement.laws[0] in text
    assert STATEMENT not in text

    on.house.appealing.appeal_as_poster(command.id, link, "I had their word.")
    [appeal] = on.house.appealing.waiting(on.bob)
    on.house.appealing.decide(appeal.appeal.id, AppealMove.REVERSE, reason="They had.", by=on.bob)

    again = on.house.explaining.for_poster(command.id, link)
    assert again.appeal
    assert again.appeal.state is AppealState.REVERSED
    assert on.house.commands.open(PLATFORM)[-1].kind is CommandKind.RESTORE


def test_a_refusal_is_explained_stops_the_clock_and_may_be_appealed(
    travelling: Travelling,
) -> None:
    law, clock = travelling.house, travelling.clock
    receipt = file(law, form_for(travelling.way.start))
    clock.shows += timedelta(hours=1)

    law.reviewing.decline_case(
        receipt.case, reason="mine", by=travelling.kim, refusal=Refusal.ANOTHER_PERSON
    )

    view = law.cases.for_platform(receipt.case, PLATFORM)
    assert (view.state, view.clock_stopped_at) == (State.DECLINED, clock.shows)
    answer = law.explaining.for_notifier(holder(receipt))
    assert answer.sentences[1] == "The person who decided found that it shows somebody else."
    law.appealing.appeal_as_notifier(holder(receipt), "It is me.")
    [appeal] = law.appealing.waiting(travelling.bob)
    law.appealing.decide(
        appeal.appeal.id, AppealMove.REVERSE, reason="It is them.", by=travelling.bob
    )
    assert law.cases.for_platform(receipt.case, PLATFORM).state is State.REOPENED


def test_every_law_of_the_shop_has_its_journey() -> None:
    assert {way.regime for way in JOURNEYS.values()} == {
        regime for one in SITUATIONS for regime in one.regimes
    }
