"""Who acts next, for every way in which a case may stand."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from staydown.casework.appeals import Appeal, AppealState
from staydown.casework.explaining import AnswerView
from staydown.casework.views import NotifierView, Progress
from staydown.help_pages import standing
from staydown.help_pages.standing import acts_next
from staydown.ids import ActorId, AppealId, CaseId
from staydown.policy.packs import Side

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
WATCHED = NotifierView(
    id=CaseId("case_a"),
    opened_at=NOON,
    progress=Progress.WATCHING,
    is_watched=True,
    locations=(),
)
UNTOLD = AnswerView()
APPEAL = Appeal(
    id=AppealId("appeal_a"),
    case=WATCHED.id,
    side=Side.NOTIFIER,
    command=None,
    against=ActorId("person_kim"),
    state=AppealState.OPEN,
    filed_at=NOON,
)
APPEALED = AnswerView(appeal=APPEAL)
DECIDED = AnswerView(may_appeal=True)

SAID = [
    (WATCHED, UNTOLD, standing.IF_FOUND),
    (replace(WATCHED, due_at=NOON), UNTOLD, standing.PERSON),
    (replace(WATCHED, due_at=NOON, answered_at=NOON), UNTOLD, standing.IF_FOUND),
    (replace(WATCHED, is_watched=False), UNTOLD, standing.PERSON),
    (replace(WATCHED, progress=Progress.ACTED, due_at=NOON), UNTOLD, standing.IF_FOUND),
    (replace(WATCHED, progress=Progress.ACTED), DECIDED, standing.THEY),
    (replace(WATCHED, progress=Progress.DECLINED), DECIDED, standing.THEY),
    (replace(WATCHED, progress=Progress.DECLINED), APPEALED, standing.OTHERS),
    (
        replace(WATCHED, progress=Progress.DECLINED),
        AnswerView(appeal=replace(APPEAL, state=AppealState.UPHELD)),
        standing.NOBODY,
    ),
    (replace(WATCHED, progress=Progress.SENT_ELSEWHERE), UNTOLD, standing.PERSON),
    (replace(WATCHED, progress=Progress.WITHDRAWN), DECIDED, standing.NOBODY),
]


@pytest.mark.parametrize(("view", "answer", "said"), SAID)
def test_who_acts_next_is_said(view: NotifierView, answer: AnswerView, said: str) -> None:
    assert acts_next(view, answer) == said
