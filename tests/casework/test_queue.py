"""In which order cases wait for a reviewer."""

from datetime import datetime, timedelta

from staydown.casework.cases import State
from staydown.casework.viewing import urgency
from staydown.casework.views import QueueLine
from staydown.ids import CaseId
from tests.casework.making import NOON


def line(name: str, *, visible: int = 0, ends: datetime | None = None, age: int = 0) -> QueueLine:
    return QueueLine(
        case=CaseId(name),
        state=State.TO_REVIEW,
        opened_at=NOON - timedelta(hours=age),
        undecided=2,
        visible=visible,
        first_hold_ends=ends,
    )


def test_what_is_visible_comes_first_and_then_what_is_shown_again_soonest() -> None:
    lines = [
        line("until decided, new"),
        line("until decided, old", age=9),
        line("ends later", ends=NOON + timedelta(hours=9)),
        line("ends soon", ends=NOON + timedelta(hours=1)),
        line("visible", visible=1, ends=NOON + timedelta(days=1)),
    ]

    assert [one.case for one in sorted(lines, key=lambda line: urgency(line, NOON))] == [
        "visible",
        "ends soon",
        "ends later",
        "until decided, old",
        "until decided, new",
    ]
