"""Screening over a real database: what is stopped is kept, what is published leaves no trace."""

from tests.timed import MORNING, House, new_reviewer, reopen  # isort: skip -- sets Django up

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from staydown.casework.copies import CopyMove
from staydown.casework.people import Platform, Scope
from staydown.casework.rules import Action
from staydown.casework.uploads import Upload
from staydown.clock import SetClock
from staydown.engine.verdict import Verdict
from staydown.errors import BadPicture, BadRequest, NotSignedIn
from staydown.ids import ActorId
from staydown.storage.models import AuditRow, CopyRow, SealedRow
from tests.casework.making import AGREED
from tests.photographs import doctored, original, plain_copy, unrelated
from tests.stories import PLATFORM, file_notice, hold_copy, screen


def test_a_doctored_copy_is_held_for_two_days(house: House) -> None:
    receipt, held = hold_copy(house)

    assert (held.action, held.verdict) == (Action.HOLD, Verdict.DERIVED)
    assert held.case == receipt.case
    assert held.held_until == MORNING + timedelta(hours=48)


@pytest.mark.parametrize("data", [original, plain_copy, unrelated])
def test_what_is_published_leaves_no_trace(house: House, data: Callable[[], bytes]) -> None:
    file_notice(house)
    before = AuditRow.objects.count(), SealedRow.objects.count()

    answer = screen(house, data())

    assert (answer.action, answer.case, answer.copy) == (Action.PUBLISH, None, None)
    assert (AuditRow.objects.count(), SealedRow.objects.count()) == before
    assert CopyRow.objects.count() == 0


def test_the_same_upload_again_is_the_same_copy(house: House) -> None:
    _, held = hold_copy(house)

    assert screen(house, doctored()) == held
    assert CopyRow.objects.count() == 1


def test_the_same_picture_under_another_reference_is_another_copy(house: House) -> None:
    _, held = hold_copy(house)

    assert screen(house, doctored(), "post/8214/1").copy != held.copy


def test_what_a_reviewer_released_is_published_when_it_comes_again(house: House) -> None:
    _, held = hold_copy(house)
    assert held.case
    assert held.copy
    house.reviewing.decide_copy(
        held.case,
        held.copy,
        CopyMove.RELEASE,
        findings=AGREED,
        reason="a joke of their own",
        by=new_reviewer(house),
    )

    assert screen(house, doctored()).action is Action.PUBLISH


def test_a_key_for_something_else_screens_nothing(house: House) -> None:
    other = Platform(id=ActorId("key_2"), scopes=frozenset(Scope) - {Scope.SCREEN})

    with pytest.raises(NotSignedIn):
        house.screening.screen(Upload(data=original(), content_ref="x"), by=other)


@pytest.mark.parametrize(
    ("content_ref", "account_ref"),
    [("", None), ("  ", None), ("x" * 501, None), ("a\nb", None), ("x", "y" * 501), ("x", "\0")],
)
def test_a_reference_that_cannot_be_kept_is_refused(
    house: House, content_ref: str, account_ref: str | None
) -> None:
    upload = Upload(data=original(), content_ref=content_ref, account_ref=account_ref)

    with pytest.raises(BadRequest, match="^(content|account)_ref: "):
        house.screening.screen(upload, by=PLATFORM)


@pytest.mark.parametrize("data", [b"", b"no picture", original()[:500]])
def test_what_is_no_picture_gets_an_error_and_no_verdict(house: House, data: bytes) -> None:
    with pytest.raises(BadPicture):
        screen(house, data)


def test_the_operators_limits_bound_what_is_opened(house: House, clock: SetClock) -> None:
    small = reopen(replace(house.settings, max_pixels=100), clock)

    with pytest.raises(BadPicture):
        screen(small, original())
