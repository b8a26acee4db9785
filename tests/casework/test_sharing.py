"""How much an unconfirmed entry may hold, what counts towards it, and what comes past it."""

import pytest

from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.actions import act_on
from staydown.casework.copies import CopyState, FoundCopy
from staydown.casework.outcomes import Circumstances, Outcome, Tally, Why
from staydown.casework.rules import Action
from staydown.engine.verdict import Verdict
from tests.casework.making import NOON, RULES, copy, entry, match

CAP, RECORDED = RULES.hold_cap, RULES.unheld_cap
ORIGINAL = entry(EntryRole.ORIGINAL)
DERIVED = match(Verdict.DERIVED, ORIGINAL)


def act(tally: Tally, before: tuple[FoundCopy, ...] = ()) -> Outcome:
    circumstances = Circumstances(at=NOON, tallies={ORIGINAL.id: tally}, before=before)
    return act_on([DERIVED], RULES, circumstances)[0]


@pytest.mark.parametrize(
    ("tally", "action"),
    [
        (Tally(pictures=0), Action.HOLD),
        (Tally(pictures=CAP - 1), Action.HOLD),
        (Tally(pictures=CAP), Action.PUBLISH),
        (Tally(pictures=CAP, of_this=1), Action.HOLD),
        (Tally(pictures=CAP, of_this=CAP - 1), Action.HOLD),
        (Tally(pictures=1, of_this=CAP), Action.PUBLISH),
    ],
)
def test_so_many_different_pictures_and_each_of_them_so_often(tally: Tally, action: Action) -> None:
    assert act(tally).action is action


def test_one_picture_posted_often_takes_the_room_of_one() -> None:
    """Else its maker would use the share up with it, and get the next picture by."""
    posted_often = Tally(pictures=1, of_this=0)

    assert act(posted_often).action is Action.HOLD


def test_what_comes_past_the_cap_publishes_and_is_recorded() -> None:
    outcome = act(Tally(pictures=CAP))

    assert (outcome.action, outcome.why, outcome.is_recorded) == (
        Action.PUBLISH,
        Why.CAP_REACHED,
        True,
    )


def test_the_same_upload_is_recorded_once() -> None:
    assert not act(Tally(pictures=CAP), (copy(CopyState.UNHELD),)).is_recorded


def test_what_was_let_by_is_held_once_there_is_room() -> None:
    outcome = act(Tally(pictures=CAP - 1), (copy(CopyState.UNHELD),))

    assert (outcome.action, outcome.held_until) == (Action.HOLD, NOON + RULES.hold_for)


@pytest.mark.parametrize("more", [0, 1, 1000])
def test_a_flood_is_not_recorded_without_end(more: int) -> None:
    assert act(Tally(pictures=CAP, unheld=RECORDED - 1)).is_recorded
    assert not act(Tally(pictures=CAP, unheld=RECORDED + more)).is_recorded


def test_a_confirmed_entry_has_no_cap() -> None:
    confirmed = match(Verdict.DERIVED, entry(EntryRole.ORIGINAL, EntryStatus.CONFIRMED))
    tallies = {confirmed.entry.id: Tally(pictures=1000, of_this=1000, unheld=1000)}

    [outcome] = act_on([confirmed], RULES, Circumstances(at=NOON, tallies=tallies))

    assert (outcome.action, outcome.held_until) == (Action.HOLD, None)
