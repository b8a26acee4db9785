"""How a case stands and who acts next, as its notifier may know it.

Never whether anything was found.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as marked

from staydown.casework.appeals import AppealState
from staydown.casework.explaining import AnswerView
from staydown.casework.views import NotifierView, Progress


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """What stands at the top of the page of a case."""

    heading: str
    words: str


WATCHED: Final = Stand(
    heading=marked("We are watching"),
    words=marked(
        "We are looking out for changed copies of your photo. If one turns up, it is held back, "
        "and a person looks at it."
    ),
)
NOT_WATCHED: Final = Stand(
    heading=marked("We have it"),
    words=marked(
        "A person looks at the places you named. Without a copy of the normal photo we cannot find "
        "changed copies elsewhere on this site."
    ),
)
STANDS: Final[Mapping[Progress, Stand]] = MappingProxyType(
    {
        Progress.ACTED: Stand(
            heading=marked("Copies were taken down"),
            words=marked(
                "A person looked, and changed copies of your photo were taken down on this site. "
                "We keep looking out for more."
            ),
        ),
        Progress.DECLINED: Stand(
            heading=marked("We could not act on this"),
            words=marked(
                "A person read what you told us, and did not find a reason to take pictures down. "
                "We stopped looking, and we no longer keep your photo."
            ),
        ),
        Progress.SENT_ELSEWHERE: Stand(
            heading=marked("This is for others to look at"),
            words=marked(
                "Somebody under 18 may be shown. Then we do not look at pictures, and we no longer "
                "keep yours. A person at this site tells the people whose job this is."
            ),
        ),
        Progress.WITHDRAWN: Stand(
            heading=marked("You took this back"),
            words=marked("We stopped looking, and what we kept for it is destroyed."),
        ),
    }
)
NOBODY: Final = marked("Nobody. It is over.")
OTHERS: Final = marked("Somebody at this site who did not decide before.")
THEY: Final = marked("You, if you think that the answer is wrong. You need not.")
IF_FOUND: Final = marked("A person at this site, if a changed copy turns up.")
PERSON: Final = marked("A person at this site. You need not do anything.")


def stand_of(view: NotifierView) -> Stand:
    """A heading and a sentence or two, in the language of the page."""
    found = STANDS.get(view.progress, WATCHED if view.is_watched else NOT_WATCHED)
    return Stand(heading=gettext(found.heading), words=gettext(found.words))


def acts_next(view: NotifierView, answer: AnswerView) -> str:
    """A sentence in the language of the page, the same whether or not a copy is held."""
    return gettext(_acts_next(view, answer))


def _acts_next(view: NotifierView, answer: AnswerView) -> str:
    if view.progress is Progress.WITHDRAWN:
        return NOBODY
    if answer.appeal and answer.appeal.state is AppealState.OPEN:
        return OTHERS
    if answer.may_appeal:
        return THEY
    if view.progress is Progress.SENT_ELSEWHERE:
        return PERSON
    if view.progress is Progress.DECLINED:
        return NOBODY
    is_waited_for = view.progress is Progress.WATCHING and view.due_at and not view.answered_at
    return IF_FOUND if view.is_watched and not is_waited_for else PERSON
