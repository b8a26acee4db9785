"""What waits for a reviewer, read from few columns: the queue stays quick among many cases.

Whether a case waits is asked in one question for each of the reasons there are, each of which an
index answers (`Meta.indexes` of the rows); nothing is sealed that is read here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import (
    BooleanField,
    Count,
    Exists,
    ExpressionWrapper,
    Min,
    OuterRef,
    Q,
    QuerySet,
)

from staydown.bank.entries import EntryStatus
from staydown.casework.cases import CLOSED, State
from staydown.casework.copies import LET_GO, UNDECIDED
from staydown.casework.notices import Sender
from staydown.casework.views import QueueLine
from staydown.ids import CaseId
from staydown.policy.clocks import Owed
from staydown.policy.strictness import governing
from staydown.storage.models import CaseRow, CopyRow, DeadlineRow, EntryRow
from staydown.storage.rows import owed_of

COLUMNS: Final = ("id", "state", "opened_at", "sender")
DUTY: Final = ("regime", "version", "duty", "began_at", "due_at", "words")
TO_REVIEW: Final = (State.TO_REVIEW, State.REOPENED)
UNANSWERED: Final = Q(
    clock_stopped_at=None, looked_at=None, state__in=(State.RECEIVED, State.SETTLED)
)

type Columns = tuple[str, str, datetime, str, bool, bool]
"""COLUMNS, whether somebody looked at what the notice names, and whether the clock has stopped."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Undecided:
    """How many copies of a case nobody decided, and how many of these are visible."""

    count: int = 0
    visible: int = 0
    first_hold_ends: datetime | None = None


NONE_UNDECIDED: Final = _Undecided()


def waiting_cases() -> list[QueueLine]:
    """Cases to review, those that only a person can look at, and those a law wants answered."""
    quarantined = frozenset(_quarantined())
    rows = {row[0]: row for part in _parts() for row in part}
    owed, undecided = _running(), _undecided()
    return [
        _line(
            row,
            owed.get(row[0], ()),
            undecided.get(row[0], NONE_UNDECIDED),
            is_quarantined=row[0] in quarantined,
        )
        for row in rows.values()
    ]


def _parts() -> Iterable[Iterable[Columns]]:
    cases = CaseRow.objects.all()
    own = OuterRef("pk")
    yield _columns(cases.filter(state__in=TO_REVIEW))
    yield _columns(cases.filter(UNANSWERED).filter(Exists(DeadlineRow.objects.filter(case=own))))
    yield _columns(cases.filter(state=State.RECEIVED, has_no_original=True))
    yield _columns(cases.filter(pk__in=_quarantined()))


def _columns(cases: QuerySet[CaseRow]) -> Iterable[Columns]:
    return cases.values_list(*COLUMNS, _is_set("looked_at"), _is_set("clock_stopped_at"))


def _is_set(column: str) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(Q((f"{column}__isnull", False)), output_field=BooleanField())


def _quarantined() -> QuerySet[EntryRow, str | None]:
    """Cases with an entry that holds nothing until somebody confirms it."""
    rows = EntryRow.objects.filter(status=EntryStatus.QUARANTINED, is_forgotten=False)
    return rows.exclude(case=None).values_list("case_id", flat=True)


def _running() -> Mapping[str, tuple[Owed, ...]]:
    """The duties of cases whose clock runs, in the order in which they were written."""
    found: dict[str, list[Owed]] = defaultdict(list)
    running = CaseRow.objects.filter(clock_stopped_at=None).values("pk")
    rows = DeadlineRow.objects.filter(case__in=running).order_by("pk")
    for case, *duty in rows.values_list("case_id", *DUTY):
        found[case].append(owed_of(*duty))
    return {case: tuple(owed) for case, owed in found.items()}


def _undecided() -> Mapping[str, _Undecided]:
    is_let_go = Q(state__in=LET_GO)
    undecided = CopyRow.objects.filter(state__in=UNDECIDED).values_list("case_id")
    counted = undecided.annotate(
        count=Count("number"),
        visible=Count("number", filter=is_let_go),
        ends=Min("held_until"),
    )
    return {
        case: _Undecided(count=count, visible=visible, first_hold_ends=ends)
        for case, count, visible, ends in counted
    }


def _line(
    row: Columns, owed: tuple[Owed, ...], found: _Undecided, *, is_quarantined: bool
) -> QueueLine:
    case, state, opened_at, sender, is_looked_at, is_stopped = row
    running = () if is_stopped else owed
    return QueueLine(
        case=CaseId(case),
        state=State(state),
        opened_at=opened_at,
        undecided=found.count,
        visible=found.visible,
        first_hold_ends=found.first_hold_ends,
        awaits_a_look=bool(running) and not is_looked_at and state not in CLOSED,
        is_quarantined=is_quarantined,
        goes_first=Sender(sender) is not Sender.PERSON,
        due=governing(running),
    )
