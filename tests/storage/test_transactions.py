"""What is written together is written together, and two who write at once wait for each other."""

from tests.timed import House, new_reviewer, reopen  # isort: skip -- sets Django up

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from threading import Barrier

import pytest
from django.db import DatabaseError, connection

from staydown.casework.commands import CommandKind
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.filing import Receipt
from staydown.casework.people import Person
from staydown.casework.screening import Screened
from staydown.clock import SetClock
from staydown.errors import NotAllowed, StaydownError
from staydown.ids import CaseId, CopyId, FormToken, new_secret
from staydown.storage.models import AuditRow, CaseRow, CommandRow, CopyRow, SealedRow
from tests.casework.making import AGREED
from tests.records import records_of
from tests.shortcuts import FORM, file_quickly, hold_quickly, screen_quickly


def remove(house: House, held: Screened, by: Person) -> None:
    assert held.case
    assert held.copy
    house.reviewing.decide_copy(
        held.case, held.copy, CopyMove.REMOVE, findings=AGREED, reason="bricks", by=by
    )


def at_once(*deeds: Callable[[], object]) -> list[object]:
    """What came of each deed, all begun in the same moment in threads of their own."""
    ready = Barrier(len(deeds))

    def begin(deed: Callable[[], object]) -> object:
        ready.wait()
        try:
            return deed()
        except StaydownError as error:
            return type(error)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(begin, deeds))


@pytest.fixture
def no_outbox(house: House) -> Iterator[None]:
    """The last table that a decision is written to is away: the database refuses in the middle."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE storage_effectrow RENAME TO storage_away")
        yield
        cursor.execute("ALTER TABLE storage_away RENAME TO storage_effectrow")


def rows() -> tuple[int, ...]:
    kinds = (AuditRow, CommandRow, SealedRow)
    return tuple(kind.objects.count() for kind in kinds)


def test_a_decision_that_cannot_be_written_whole_is_not_written(
    house: House, request: pytest.FixtureRequest
) -> None:
    _, held = hold_quickly(house)
    reviewer, before = new_reviewer(house), rows()
    request.getfixturevalue("no_outbox")

    with pytest.raises(DatabaseError):
        remove(house, held, reviewer)

    assert rows()[1:] == before[1:]
    assert [row.state for row in CopyRow.objects.all()] == [CopyState.HELD]
    assert house.journal.verify().length == rows()[0]


def test_of_two_reviewers_who_decide_at_once_one_decides(house: House) -> None:
    _, held = hold_quickly(house)
    kim, bob = new_reviewer(house), new_reviewer(house, "bob")

    came = at_once(lambda: remove(house, held, kim), lambda: remove(house, held, bob))

    assert sorted(map(str, came)) == sorted(map(str, (None, NotAllowed)))
    assert CommandRow.objects.count() == 1
    assert house.journal.verify().length > 0


def test_the_same_upload_twice_at_once_is_one_copy(house: House) -> None:
    file_quickly(house)

    came = at_once(*[lambda: screen_quickly(house)] * 4)

    assert len(set(came)) == 1
    assert CopyRow.objects.count() == 1


def test_the_same_form_many_times_at_once_is_one_notice_with_one_receipt(house: House) -> None:
    token = FormToken(new_secret())

    came = at_once(*[lambda: house.filing.file(FORM, [], token=token)] * 4)

    assert [(row.id, row.opened_at) for row in CaseRow.objects.all()] == [
        (one.case, one.received_at) for one in set(came) if isinstance(one, Receipt)
    ]
    assert len(set(came)) == 1


def test_the_cap_holds_however_many_arrive_at_once(house: House, clock: SetClock) -> None:
    file_quickly(house)
    capped = reopen(replace(house.settings, hold_cap=2), clock)

    def upload(number: int) -> Callable[[], object]:
        return lambda: screen_quickly(capped, f"post/{number}").action

    came = at_once(*(upload(number) for number in range(5)))

    assert sorted(map(str, came)) == ["hold", "hold", "publish", "publish", "publish"]


def test_what_two_cases_let_go_at_once_is_shown_again_once(house: House) -> None:
    """Each looks whether the other still stops it, and one of them is the later one."""
    file_quickly(house), file_quickly(house)
    screen_quickly(house)
    kim, bob = new_reviewer(house), new_reviewer(house, "bob")
    first, second = CopyRow.objects.order_by("number")

    def release(row: CopyRow, by: Person) -> None:
        case, copy = CaseId(row.case_id), CopyId(row.copy)
        house.reviewing.decide_copy(
            case, copy, CopyMove.RELEASE, findings=AGREED, reason="a joke", by=by
        )

    came = at_once(lambda: release(first, kim), lambda: release(second, bob))

    assert came == [None, None]
    assert [row.kind for row in CommandRow.objects.all()] == [CommandKind.RESTORE]


def test_the_chain_has_no_gap_however_many_append_at_once(house: House) -> None:
    at_once(*(partial(new_reviewer, house, f"kim {number}") for number in range(8)))

    assert house.journal.verify().length == 8


def test_another_process_finds_a_new_entry_and_loses_a_forgotten_one_at_once(
    house: House, clock: SetClock
) -> None:
    elsewhere = reopen(house.settings, clock)
    assert records_of(elsewhere.bank) == ()

    file_quickly(house)
    [record] = records_of(elsewhere.bank)
    house.bank.forget(record.entry.id)

    assert records_of(elsewhere.bank) == ()


def test_every_commit_reaches_the_disk() -> None:
    """SQLite: WAL with synchronous FULL (2), free pages overwritten. PostgreSQL: its default."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            pragmas = ("journal_mode", "synchronous", "secure_delete", "busy_timeout")
            said = {name: cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in pragmas}
            assert said == {
                "journal_mode": "wal",
                "synchronous": 2,
                "secure_delete": 1,
                "busy_timeout": 30_000,
            }
        else:
            cursor.execute("SHOW synchronous_commit")
            assert cursor.fetchone() == ("on",)
