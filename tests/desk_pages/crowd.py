"""A hundred thousand cases, written straight into the tables: what the desk looks like in its third
year. Nothing is sealed for them: what a page opens of a case was filed as anybody files it.
"""

from tests.timed import House  # isort: skip -- sets Django up

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import batched

from django.db import connection
from django.db.models import Model

from staydown.bank.entries import EntryRole, EntrySource, EntryStatus
from staydown.casework.cases import State
from staydown.casework.copies import CopyState
from staydown.storage.models import CaseRow, CopyRow, DeadlineRow, EntryRow

BATCH = 2_000
SHARES = {  # of a hundred cases
    State.TO_REVIEW: 1,
    State.SETTLED: 49,
    State.RECEIVED: 40,
    State.DECLINED: 5,
    State.WITHDRAWN: 5,
}
COPY_STATES = {State.TO_REVIEW: CopyState.HELD, State.SETTLED: CopyState.REMOVED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """One case, and when it was opened."""

    number: int
    state: State
    opened_at: datetime

    @property
    def id(self) -> str:
        return f"case_crowd{self.number:07}"

    @property
    def is_answered(self) -> bool:
        return self.state not in {State.TO_REVIEW, State.RECEIVED} or self.number % 40 > 0


def crowd(house: House, count: int, *, first: int = 0) -> list[Made]:
    """So many cases, in the shares above, opened over three years, numbered from `first` on."""
    states = [state for state, share in SHARES.items() for _ in range(share)]
    now = house.clock.now()
    made = [
        Made(
            number=first + number,
            state=states[number % len(states)],
            opened_at=now - timedelta(hours=26_000 * (count - number) / count),
        )
        for number in range(count)
    ]
    write(made)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # as databases do by themselves in three years
    return made


def write(made: Sequence[Made]) -> None:
    """Each with an entry, a deadline, and a copy if one was found."""
    keep(CaseRow(**case_of(one)) for one in made)
    keep(entry_of(one) for one in made)
    keep(deadline_of(one) for one in made)
    keep(copy_of(one, each) for one in made if one.state in COPY_STATES for each in range(2))


def keep(rows: Iterator[Model]) -> None:
    for some in batched(rows, BATCH):
        type(some[0])._default_manager.bulk_create(some)


def case_of(one: Made) -> dict[str, object]:
    return {
        "id": one.id,
        "notice": f"notice_crowd{one.number}",
        "notifier": "notifier_crowd",
        "state": one.state,
        "opened_at": one.opened_at,
        "keeps_photo": True,
        "confirmed_at": one.opened_at if one.state is State.SETTLED else None,
        "secret": "0" * 64,
        "has_no_original": False,
        "packs": [["uk-osa", "2026-11-01"]],
        "looked_at": one.opened_at if one.is_answered else None,
        "clock_stopped_at": one.opened_at if one.is_answered else None,
    }


def entry_of(one: Made) -> EntryRow:
    return EntryRow(
        id=f"entry_crowd{one.number}",
        role=EntryRole.ORIGINAL,
        source=EntrySource.NOTICE,
        status=EntryStatus.CONFIRMED if one.state is State.SETTLED else EntryStatus.UNREVIEWED,
        case_id=one.id,
        added_at=one.opened_at,
        added_by="notifier_crowd",
        is_forgotten=one.state in {State.DECLINED, State.WITHDRAWN},
    )


def deadline_of(one: Made) -> DeadlineRow:
    return DeadlineRow(
        case_id=one.id,
        regime="uk-osa",
        version="2026-11-01",
        duty="remove",
        words="48 hours",
        began_at=one.opened_at,
        due_at=one.opened_at + timedelta(hours=48),
    )


def copy_of(one: Made, each: int) -> CopyRow:
    return CopyRow(
        copy=f"copy_crowd{one.number}_{each}",
        case_id=one.id,
        content_ref=f"post/{one.number}/{each}",
        entry=f"entry_crowd{one.number}",
        verdict="derived",
        inliers=200,
        is_mirrored=False,
        state=COPY_STATES[one.state],
        found_at=one.opened_at,
        held_until=one.opened_at + timedelta(hours=72),
        picture=f"copy_crowd{one.number}_{each}",
        pixels="0" * 64,
    )
