"""A notice without ground, and one taken back: what is released, and which keys are destroyed."""

from dataclasses import replace

import pytest

from staydown.audit.entries import CaseDeclined, CaseWithdrawn
from staydown.bank.entries import EntryRole, EntryStatus
from staydown.casework.cases import State
from staydown.casework.changes import ForgetEntry, ForgetNotice, ForgetOriginals, ForgetPicture
from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyState
from staydown.casework.decisions import decline, withdraw
from staydown.errors import NotAllowed
from staydown.ids import CopyId
from tests.casework.making import (
    CASE,
    COPY,
    ORIGINAL,
    REASON,
    REMOVED,
    case,
    copy,
    dossier,
    entry,
    occasion,
    orders,
    others,
    states,
)

EVERYTHING = dossier(
    copy(CopyState.HELD),
    copy(CopyState.BLOCKED, id=CopyId("copy_blocked")),
    copy(CopyState.EXPIRED, id=CopyId("copy_expired")),
    copy(CopyState.REMOVED, id=CopyId("copy_removed"), remembered_as=REMOVED),
    copy(CopyState.RELEASED, id=CopyId("copy_released")),
)


def test_declining_releases_all_that_was_stopped() -> None:
    decision = decline(EVERYTHING, REASON, occasion())

    assert decision.case.state is State.DECLINED
    assert set(states(decision).values()) == {CopyState.RELEASED}
    assert orders(decision) == [
        (CommandKind.RESTORE, "post/copy_1"),
        (CommandKind.RESTORE, "post/copy_blocked"),
        (CommandKind.RESTORE, "post/copy_removed"),
    ]
    assert CaseDeclined(case=CASE, reason=REASON.commitment) in decision.follows.facts


def test_one_person_does_not_undo_what_two_decided() -> None:
    confirmed = entry(EntryRole.REMOVED, EntryStatus.CONFIRMED, id=REMOVED)
    settled = replace(EVERYTHING, entries=(*EVERYTHING.entries, confirmed))

    with pytest.raises(NotAllowed, match="release that copy instead"):
        decline(settled, REASON, occasion())


def test_declining_watches_for_nothing_and_keeps_the_words_for_a_complaint() -> None:
    decision = decline(EVERYTHING, REASON, occasion())

    assert others(decision) >= {ForgetEntry(entry=ORIGINAL), ForgetOriginals(case=CASE)}
    assert not any(isinstance(change, ForgetNotice) for change in decision.follows.changes)


def test_withdrawing_destroys_every_key_that_was_kept() -> None:
    decision = withdraw(EVERYTHING, occasion())

    assert decision.case.state is State.WITHDRAWN
    assert others(decision) == {
        ForgetEntry(entry=ORIGINAL),
        ForgetOriginals(case=CASE),
        ForgetNotice(notice=case().notice),
        ForgetPicture(copy=COPY),
        ForgetPicture(copy=CopyId("copy_blocked")),
        ForgetPicture(copy=CopyId("copy_expired")),
        ForgetPicture(copy=CopyId("copy_removed")),
    }
    assert CaseWithdrawn(case=CASE) in decision.follows.facts


def test_withdrawing_leaves_what_a_reviewer_removed_as_it_is() -> None:
    decision = withdraw(EVERYTHING, occasion())

    assert CopyId("copy_removed") not in states(decision)
    assert orders(decision) == [
        (CommandKind.RESTORE, "post/copy_1"),
        (CommandKind.RESTORE, "post/copy_blocked"),
    ]


def test_what_was_withdrawn_can_neither_be_declined_nor_withdrawn() -> None:
    gone = dossier(state=State.WITHDRAWN)

    with pytest.raises(NotAllowed):
        withdraw(gone, occasion())
    with pytest.raises(NotAllowed):
        decline(gone, REASON, occasion())
