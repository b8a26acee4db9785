"""A stalker or impersonator wants to learn about somebody, or to end what they started.

They may know a case number, hold an innocent photograph of the person, and file as many notices as
they like.
"""

from tests.timed import House, new_reviewer  # isort: skip -- sets Django up

import pytest

from staydown.casework.copies import CopyMove
from staydown.casework.people import Notifier, Viewer
from staydown.casework.views import Progress
from staydown.errors import NotFound
from staydown.ids import CaseId
from staydown.jobs.draining import drain
from tests.casework.making import AGREED
from tests.records import records_of
from tests.shortcuts import file_quickly, hold_quickly, screen_quickly

GUESSES = {
    "nothing": "",
    "a secret of the right shape": "a" * 32,
    "half of the secret": "half",
    "the secret of a case of their own": "own",
}


@pytest.fixture
def intruder(house: House, request: pytest.FixtureRequest) -> Notifier:
    """Somebody with the case number and a guess."""
    receipt, _ = hold_quickly(house)
    own = file_quickly(house)
    guess = {"half": receipt.secret[:16], "own": own.secret}.get(request.param, request.param)
    return Notifier(case=receipt.case, secret=guess)


@pytest.mark.parametrize("intruder", GUESSES.values(), ids=GUESSES, indirect=True)
def test_a_case_number_alone_opens_and_ends_nothing(house: House, intruder: Notifier) -> None:
    with pytest.raises(NotFound, match="^no such case$"):
        house.cases.for_notifier(intruder)
    with pytest.raises(NotFound, match="^no such case$"):
        house.reviewing.withdraw(intruder.case, by=intruder)
    assert len(records_of(house.bank)) == 2


def test_a_case_that_does_not_exist_sounds_like_one_that_is_not_theirs(house: House) -> None:
    receipt, _ = hold_quickly(house)
    said = []
    for number in (receipt.case, CaseId("case_aaaaaaaaaaaaaaaaaaaaaaaa")):
        with pytest.raises(NotFound) as refusal:
            house.cases.for_notifier(Notifier(case=number, secret="a" * 32))
        said.append(str(refusal.value))

    assert said[0] == said[1]


def test_a_notice_does_not_tell_whether_a_copy_of_the_photograph_was_found(house: House) -> None:
    """Else anybody with a photograph of somebody could ask whether a doctored one goes round."""
    found, _ = hold_quickly(house)
    [waiting] = house.cases.queue(new_reviewer(house))
    assert waiting.case == found.case  # so there is something that could leak

    of_found = house.cases.for_notifier(Notifier(case=found.case, secret=found.secret))

    nothing_found = file_quickly(house)
    of_nothing = house.cases.for_notifier(
        Notifier(case=nothing_found.case, secret=nothing_found.secret)
    )
    assert of_found.progress is of_nothing.progress is Progress.WATCHING
    assert of_found.locations == of_nothing.locations


def test_nor_does_a_copy_that_a_reviewer_released(house: House) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy
    house.reviewing.decide_copy(
        receipt.case,
        held.copy,
        CopyMove.RELEASE,
        findings=AGREED,
        reason="no ground",
        by=new_reviewer(house),
    )

    view = house.cases.for_notifier(Notifier(case=receipt.case, secret=receipt.secret))

    assert view.progress is Progress.WATCHING


def test_once_a_reviewer_confirmed_the_notifier_learns_that_and_never_where_or_how_many(
    house: House,
) -> None:
    receipt, held = hold_quickly(house)
    assert held.copy
    screen_quickly(house, "board/secret-place/77")
    house.reviewing.decide_copy(
        receipt.case,
        held.copy,
        CopyMove.REMOVE,
        findings=AGREED,
        reason="bricks",
        by=new_reviewer(house),
    )
    drain(house)

    view = house.cases.for_notifier(Notifier(case=receipt.case, secret=receipt.secret))

    assert view.were_copies_removed
    leaks = ("post/8213/1", "secret-place", "derived", "removed_as", held.copy)
    assert [leak for leak in leaks if leak in repr(view)] == []


@pytest.mark.parametrize("way", ["queue", "to_confirm"])
def test_nobody_lists_cases_but_a_reviewer(house: House, way: str) -> None:
    receipt, _ = hold_quickly(house)
    notifier: Viewer = Notifier(case=receipt.case, secret=receipt.secret)

    with pytest.raises(NotFound):
        getattr(house.cases, way)(notifier)
