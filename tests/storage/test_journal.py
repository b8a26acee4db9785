"""The stored chain: appended without gaps, and every touch of its rows is named."""

from tests.timed import MORNING, House  # isort: skip -- sets Django up

from collections.abc import Callable

import pytest
from django.db import connection

from staydown.audit.entries import CaseOpened
from staydown.errors import SealBroken
from staydown.ids import ActorId, CaseId
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import AuditHeadRow, AuditRow
from staydown.storage.transactions import atomically

KIM = ActorId("reviewer_kim")


@pytest.fixture
def journal(house: House) -> DatabaseJournal:
    """Three entries long."""
    journal = DatabaseJournal()
    with atomically():
        for number in range(1, 4):
            journal.append(CaseOpened(case=CaseId(f"case_{number}")), by=KIM, at=MORNING)
    return journal


def change(number: int, **columns: str) -> Callable[[], object]:
    return lambda: AuditRow.objects.filter(number=number).update(**columns)


def flip_a_byte(number: int, column: str) -> Callable[[], object]:
    def flip() -> None:
        row = AuditRow.objects.get(number=number)
        text = str(getattr(row, column))
        middle = len(text) // 2
        flipped = text[:middle] + chr(ord(text[middle]) ^ 1) + text[middle + 1 :]
        AuditRow.objects.filter(number=number).update(**{column: flipped})

    return flip


def drop_the_end() -> None:
    AuditRow.objects.filter(number=3).delete()


def shorten_the_head() -> None:
    AuditHeadRow.objects.update(length=2)


TOUCHES: dict[str, tuple[Callable[[], object], str]] = {
    "one byte of a fact": (flip_a_byte(2, "fact"), "audit entry 2 "),
    "one byte of a digest": (flip_a_byte(2, "digest"), "audit entry 2 "),
    "one byte of a time": (flip_a_byte(2, "at"), "audit entry 2 "),
    "one byte of who did it": (flip_a_byte(2, "by"), "audit entry 2 "),
    "one byte of the link to the entry before": (flip_a_byte(2, "previous"), "audit entry 2 "),
    "a fact that is no JSON": (change(2, fact="{"), "audit entry 2 "),
    "a fact that is no object": (change(2, fact="[]"), "audit entry 2 "),
    "a time that is none": (change(2, at="yesterday"), "audit entry 2 "),
    "the end, cut off": (drop_the_end, "audit entry 3 is missing"),
    "the head, set back": (shorten_the_head, "audit entry 3 is missing"),
}


def test_a_chain_that_nobody_touched_is_intact(journal: DatabaseJournal) -> None:
    assert journal.verify().length == 3


@pytest.mark.parametrize("touch", TOUCHES)
def test_every_touch_is_named(journal: DatabaseJournal, touch: str) -> None:
    make, named = TOUCHES[touch]
    make()

    with pytest.raises(SealBroken) as refusal:
        journal.verify()

    assert str(refusal.value).startswith(named)


def test_bytes_that_are_no_text_are_named_too(journal: DatabaseJournal) -> None:
    if connection.vendor != "sqlite":
        return  # PostgreSQL takes no such bytes
    with connection.cursor() as cursor:
        cursor.execute("UPDATE storage_auditrow SET fact = CAST(x'ff7b' AS TEXT) WHERE number = 2")

    with pytest.raises(SealBroken, match="^audit entry"):
        journal.verify()


def test_a_transaction_that_fails_leaves_no_entry(journal: DatabaseJournal) -> None:
    with pytest.raises(ZeroDivisionError), atomically():
        journal.append(CaseOpened(case=CaseId("case_4")), by=KIM, at=MORNING)
        raise ZeroDivisionError

    assert journal.verify().length == 3
