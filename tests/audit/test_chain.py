"""The chain sees every rewriting of history, and names the first break."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from staydown.audit.chain import GENESIS, Entry, Head, Intact, append, verify
from staydown.audit.entries import CaseOpened, CaseWithdrawn
from staydown.errors import SealBroken
from staydown.ids import ActorId, CaseId

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
KIM, BOB = ActorId("reviewer_kim"), ActorId("reviewer_bob")


def chain(length: int) -> list[Entry]:
    entries: list[Entry] = []
    head = Head()
    for number in range(1, length + 1):
        fact = CaseOpened(case=CaseId(f"case_{number}"))
        entries.append(append(head, fact, by=KIM, at=NOON))
        head = Head(length=number, digest=entries[-1].digest)
    return entries


def test_a_chain_that_nobody_touched_is_intact() -> None:
    entries = chain(3)

    assert verify(entries) == Intact(length=3, head=entries[2].digest)


def test_an_empty_chain_is_intact() -> None:
    assert verify([]) == Intact(length=0, head=GENESIS)


ATTACKS: dict[str, tuple[Callable[[list[Entry]], list[Entry]], str]] = {
    "change a fact": (
        lambda e: [e[0], replace(e[1], fact=CaseOpened(case=CaseId("case_9"))), e[2]],
        "audit entry 2 was changed after it was written",
    ),
    "change the kind of a fact": (
        lambda e: [e[0], replace(e[1], fact=CaseWithdrawn(case=CaseId("case_2"))), e[2]],
        "audit entry 2 was changed after it was written",
    ),
    "backdate": (
        lambda e: [replace(e[0], at=datetime(2025, 1, 1, tzinfo=UTC)), *e[1:]],
        "audit entry 1 was changed after it was written",
    ),
    "blame someone else": (
        lambda e: [*e[:2], replace(e[2], by=BOB)],
        "audit entry 3 was changed after it was written",
    ),
    "change a fact and its digest": (
        lambda e: [append(Head(), CaseOpened(case=CaseId("case_9")), by=KIM, at=NOON), *e[1:]],
        "audit entry 2 does not follow entry 1",
    ),
    "drop the first": (lambda e: e[1:], "audit entry 1 is missing: found 2"),
    "drop the middle": (lambda e: [e[0], e[2]], "audit entry 2 is missing: found 3"),
    "drop the middle and renumber": (
        lambda e: [e[0], replace(e[2], number=2)],
        "audit entry 2 does not follow entry 1",
    ),
    "swap two": (lambda e: [e[1], e[0], e[2]], "audit entry 1 is missing: found 2"),
    "repeat one": (lambda e: [e[0], e[0], e[1], e[2]], "audit entry 2 is missing: found 1"),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_rewriting_history_is_seen_and_named(attack: str) -> None:
    rewrite, named = ATTACKS[attack]

    with pytest.raises(SealBroken) as refusal:
        verify(rewrite(chain(3)))

    assert str(refusal.value) == named


def test_cutting_off_the_end_is_not_seen_without_a_checkpoint() -> None:
    """A known limit, kept here so that nobody claims otherwise."""
    assert verify(chain(3)[:2]).length == 2
