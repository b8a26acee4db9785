"""Reasons and appeals in the database: a link of its own, one appeal a side, somebody else."""

from tests.timed import House, new_reviewer, reopen, wait  # isort: skip -- sets Django up

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from staydown.audit.duties import AppealDecided, AppealFiled
from staydown.casework.appeals import AppealMove, AppealState
from staydown.casework.cases import State
from staydown.casework.commands import Command, CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.filing import Receipt
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.people import Notifier, Person
from staydown.clock import SetClock
from staydown.errors import BadRequest, NotAllowed, NotFound
from staydown.ids import CommandId
from staydown.policy.packs import RegimeId
from staydown.settings import Settings
from staydown.storage.models import SealedRow
from tests.casework.making import AGREED
from tests.shortcuts import file_quickly, hold_quickly
from tests.stories import PLATFORM, STATEMENT

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
EU = RegimeId("eu-dsa")
WRONG = "It shows me, and I agreed."


@pytest.fixture
def law(house: House, settings: Settings, clock: SetClock) -> House:
    """A house that the Union binds, at noon."""
    clock.shows = NOON
    return reopen(replace(settings, regimes=(EU,)), clock)


@pytest.fixture
def kim(law: House) -> Person:
    return new_reviewer(law)


@pytest.fixture
def bob(law: House) -> Person:
    return new_reviewer(law, "bob")


def holder(receipt: Receipt) -> Notifier:
    return Notifier(case=receipt.case, secret=receipt.secret)


def taken_down(law: House, kim: Person) -> Command:
    """What a reviewer found at the place that a notice names, taken down."""
    receipt = file_quickly(law)
    law.reviewing.look_at_places(
        receipt.case, reason="there", by=kim, take_down=["post/3"], findings=AGREED
    )
    return law.commands.open(PLATFORM)[-1]


def removed_copy(law: House, kim: Person) -> Command:
    """A held copy, removed."""
    receipt, held = hold_quickly(law)
    assert held.copy
    law.reviewing.decide_copy(
        receipt.case,
        held.copy,
        CopyMove.REMOVE,
        findings=AGREED,
        reason="bricks",
        by=kim,
        ground=Ground.TERMS,
    )
    return law.commands.open(PLATFORM)[-1]


def test_the_link_opens_the_reasons_of_one_removal(law: House, kim: Person) -> None:
    command = removed_copy(law, kim)

    view = law.explaining.for_poster(command.id, law.explaining.link_of(command.id))

    assert (view.statement.content_ref, view.statement.ground) == ("post/8213/1", Ground.TERMS)
    assert view.statement.is_detected_automatically
    assert view.statement.is_altered
    assert view.appeal_until == datetime(2026, 12, 2, tzinfo=UTC)
    assert STATEMENT not in str(view)


@pytest.mark.parametrize("link", ["", "a" * 64, "\u00e4"])
def test_no_other_link_opens_anything(law: House, kim: Person, link: str) -> None:
    command = taken_down(law, kim)

    with pytest.raises(NotFound):
        law.explaining.for_poster(command.id, link)


def test_a_right_link_opens_nothing_but_a_removal(law: House, kim: Person, bob: Person) -> None:
    receipt, held = hold_quickly(law)
    assert held.copy
    law.reviewing.decide_copy(
        receipt.case, held.copy, CopyMove.RELEASE, findings=AGREED, reason="fine", by=kim
    )
    [restore] = law.commands.open(PLATFORM)

    for command in (restore.id, CommandId("command_nobody")):
        with pytest.raises(NotFound):
            law.explaining.for_poster(command, law.explaining.link_of(command))


def appeal_against(law: House, command: Command) -> None:
    law.appealing.appeal_as_poster(command.id, law.explaining.link_of(command.id), WRONG)


def test_a_poster_appeals_once_and_the_words_are_sealed(law: House, kim: Person) -> None:
    command = taken_down(law, kim)

    appeal_against(law, command)

    with pytest.raises(NotAllowed):
        appeal_against(law, command)
    [view] = law.appealing.waiting(kim)
    assert (view.words, view.is_own) == (WRONG, True)
    assert not any(WRONG.encode() in bytes(row.sealed) for row in SealedRow.objects.all())
    facts = [entry.fact for entry in law.journal.entries()]
    assert sum(isinstance(fact, AppealFiled) for fact in facts) == 1
    assert WRONG not in str(facts)


def test_without_words_or_too_late_there_is_no_appeal(
    law: House, kim: Person, clock: SetClock
) -> None:
    command = taken_down(law, kim)
    link = law.explaining.link_of(command.id)

    with pytest.raises(BadRequest):
        law.appealing.appeal_as_poster(command.id, link, "  ")
    clock.shows = datetime(2026, 12, 2, tzinfo=UTC)
    with pytest.raises(NotAllowed):
        law.appealing.appeal_as_poster(command.id, link, WRONG)


def test_at_the_last_moment_it_is_taken(law: House, kim: Person, clock: SetClock) -> None:
    command = taken_down(law, kim)
    clock.shows = datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC)

    appeal_against(law, command)


def test_whoever_decided_does_not_decide_the_appeal(law: House, kim: Person, bob: Person) -> None:
    appeal_against(law, taken_down(law, kim))
    [view] = law.appealing.waiting(bob)

    with pytest.raises(NotAllowed, match="somebody who did not decide before"):
        law.appealing.decide(view.appeal.id, AppealMove.UPHOLD, reason="no", by=kim)
    decided = law.appealing.decide(view.appeal.id, AppealMove.UPHOLD, reason="no", by=bob)

    assert (decided.state, decided.decided_by) == (AppealState.UPHELD, bob.id)
    assert law.appealing.waiting(bob) == ()
    with pytest.raises(NotAllowed):
        law.appealing.decide(view.appeal.id, AppealMove.REVERSE, reason="yes", by=bob)
    facts = [entry.fact for entry in law.journal.entries()]
    assert sum(isinstance(fact, AppealDecided) for fact in facts) == 1


def test_reversed_what_was_taken_down_is_shown_again(law: House, kim: Person, bob: Person) -> None:
    command = taken_down(law, kim)
    appeal_against(law, command)
    [view] = law.appealing.waiting(bob)

    law.appealing.decide(view.appeal.id, AppealMove.REVERSE, reason="they did agree", by=bob)

    kinds = [(one.kind, one.content_ref) for one in law.commands.open(PLATFORM)]
    assert kinds == [(CommandKind.REMOVE, "post/3"), (CommandKind.RESTORE, "post/3")]
    after = law.explaining.for_poster(command.id, law.explaining.link_of(command.id))
    assert after.statement.restored_at == NOON
    assert after.appeal
    assert after.appeal.state is AppealState.REVERSED


def test_reversed_a_removed_copy_is_released_and_not_remembered(
    law: House, kim: Person, bob: Person
) -> None:
    command = removed_copy(law, kim)
    appeal_against(law, command)
    [view] = law.appealing.waiting(bob)

    law.appealing.decide(view.appeal.id, AppealMove.REVERSE, reason="they did agree", by=bob)

    [copy] = law.cases.for_platform(command.case, PLATFORM).copies
    assert copy.state is CopyState.RELEASED
    assert law.commands.open(PLATFORM)[-1].kind is CommandKind.RESTORE


def test_a_notifier_is_told_why_and_appeals_once(law: House, kim: Person, bob: Person) -> None:
    receipt = file_quickly(law)
    assert law.explaining.for_notifier(holder(receipt)).sentences == ()
    law.reviewing.decline_case(receipt.case, reason="mine", by=kim, refusal=Refusal.CONSENT)

    answer = law.explaining.for_notifier(holder(receipt))
    assert "found that it is there with consent." in answer.sentences[1]
    assert "mine" not in str(answer)
    law.appealing.appeal_as_notifier(holder(receipt), "I never agreed.")
    with pytest.raises(NotAllowed):
        law.appealing.appeal_as_notifier(holder(receipt), "I never agreed.")

    [view] = law.appealing.waiting(bob)
    law.appealing.decide(view.appeal.id, AppealMove.REVERSE, reason="look again", by=bob)

    assert law.cases.for_platform(receipt.case, PLATFORM).state is State.REOPENED
    assert [line.case for line in law.cases.queue(bob)] == [receipt.case]
    law.reviewing.look_at_places(
        receipt.case, reason="there", by=bob, take_down=["post/3"], findings=AGREED
    )
    assert law.cases.for_platform(receipt.case, PLATFORM).state is State.SETTLED


def test_whoever_got_what_they_asked_for_has_nothing_to_appeal(law: House, kim: Person) -> None:
    receipt = file_quickly(law)
    law.reviewing.look_at_places(
        receipt.case, reason="there", by=kim, take_down=["post/3"], findings=AGREED
    )

    answer = law.explaining.for_notifier(holder(receipt))

    assert answer.sentences[-1] == "What should not be there was taken down on this site."
    assert not answer.may_appeal
    with pytest.raises(NotAllowed):
        law.appealing.appeal_as_notifier(holder(receipt), "more")


def test_a_held_copy_changes_nothing_in_the_answer(law: House, kim: Person) -> None:
    (held, _), other = hold_quickly(law), file_quickly(law)

    answers = [law.explaining.for_notifier(holder(one)) for one in (held, other)]

    assert answers[0] == answers[1]


def test_an_appeal_outlives_the_notice_without_its_words(
    law: House, kim: Person, bob: Person
) -> None:
    command = taken_down(law, kim)
    appeal_against(law, command)
    law.reviewing.withdraw(command.case, by=kim)

    [view] = law.appealing.waiting(bob)
    assert view.words is None
    law.appealing.decide(view.appeal.id, AppealMove.REVERSE, reason="they did agree", by=bob)

    assert law.commands.open(PLATFORM)[-1].kind is CommandKind.RESTORE


def test_records_for_the_database_are_of_cases_that_a_law_wants_them_of(
    law: House, kim: Person, settings: Settings, clock: SetClock
) -> None:
    taken_down(law, kim)
    elsewhere = reopen(replace(settings, regimes=()), clock)
    taken_down(elsewhere, kim)
    wait(clock, days=1)
    taken_down(law, kim)

    everything = list(law.explaining.dsa_records(NOON))
    later = list(law.explaining.dsa_records(clock.shows))

    assert (len(everything), len(later)) == (2, 1)
    assert len({record.puid for record in everything}) == 2
