"""Who acts next in a case, as its notifier may know it: never whether anything was found."""

from staydown.casework.appeals import AppealState
from staydown.casework.explaining import AnswerView
from staydown.casework.views import NotifierView, Progress

NOBODY = "Nobody. It is over."
OTHERS = "Somebody at this site who did not decide before."
THEY = "You, if you think that the answer is wrong. You need not."
IF_FOUND = "A person at this site, if a changed copy turns up."
PERSON = "A person at this site. You need not do anything."


def acts_next(view: NotifierView, answer: AnswerView) -> str:
    """A sentence, the same whether or not a copy is held."""
    if view.progress is Progress.WITHDRAWN:
        return NOBODY
    if answer.appeal and answer.appeal.state is AppealState.OPEN:
        return OTHERS
    if answer.may_appeal:
        return THEY
    if view.progress is Progress.DECLINED:
        return NOBODY
    is_waited_for = view.progress is Progress.WATCHING and view.due_at and not view.answered_at
    return IF_FOUND if view.is_watched and not is_waited_for else PERSON
