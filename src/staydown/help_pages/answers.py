"""The answer to a notice as a letter to keep, in the language of the page."""

from datetime import datetime

from django.utils.translation import gettext

from staydown.casework.explaining import AnswerView
from staydown.documents.letters import Letter, Section
from staydown.help_pages.languages import current_language
from staydown.help_pages.times import told_moment


def write_answer(answer: AnswerView, *, case: str, dated: datetime) -> Letter:
    """What was decided, and until when an appeal is taken, if one may still be made."""
    sentences = [gettext(sentence) for sentence in answer.sentences]
    number = f"{gettext('Case number')}: {case}"
    decided = Section(heading=gettext("What was decided"), blocks=(*sentences, number))
    return Letter(
        title=gettext("What we decided about your notice"),
        sections=(decided, *_redress(answer)),
        dated=dated,
        language=current_language().code,
    )


def in_plain_text(letter: Letter) -> str:
    """The same as plain text, UTF-8, lines ended by LF."""
    parts = (f"{one.heading}\n{'\n'.join(map(str, one.blocks))}" for one in letter.sections)
    return "\n\n".join((letter.title, *parts)) + "\n"


def _redress(answer: AnswerView) -> tuple[Section, ...]:
    if not answer.may_appeal or answer.appeal_until is None:
        return ()
    appeal = gettext(
        "You can say, until {moment}, why you think this is wrong: where you look up your case. "
        "It costs nothing. Somebody who did not decide before looks at it."
    )
    court = gettext(
        "You can also go to a court, or to the authority that the law of your country names."
    )
    blocks = (appeal.format(moment=told_moment(answer.appeal_until)), court)
    return (Section(heading=gettext("What you can do"), blocks=blocks),)
