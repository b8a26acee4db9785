"""The notice form as a page shows it: what was typed, and what to say about what is missing.

What a notice must hold is decided by `casework.notices`; here are only the words for it.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.translation import gettext
from django.utils.translation import gettext_noop as marked

from staydown.casework.links import places_in
from staydown.casework.notices import NoticeForm
from staydown.errors import FieldProblem
from staydown.help_pages.languages import say_problem
from staydown.ids import FormToken


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer that may be chosen."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with a few answers, the one chosen so far, and what is wrong with that, if any."""

    name: str
    legend: str
    answers: tuple[Answer, ...]
    chosen: str
    error: str
    hint: str = ""


class Typed(Protocol):
    """The part of Django's QueryDict that is read here."""

    def get(self, key: str, default: str) -> str | list[object] | None: ...


AGE = (
    ("no", marked("No, 18 or older")),
    ("yes", marked("Yes, under 18")),
    ("unsure", marked("I am not sure")),
)
CAPACITY = (
    ("self", marked("Me")),
    ("authorised", marked("Somebody who asked me to do this for them")),
    ("guardian", marked("Somebody I am the legal guardian of")),
)
KIND = (
    ("forgery", marked("Made or changed with software")),
    ("authentic", marked("A real picture, shared without a yes")),
    ("unsure", marked("I am not sure")),
)
KEEPING = (
    ("yes", marked("Yes, keep a small copy and look for changed ones")),
    ("no", marked("No, do not keep it")),
)
WRITING = (
    ("anytime", marked("Yes")),
    ("if_needed", marked("Only if you have to")),
    ("never", marked("No, never write to me")),
)
QUESTIONS = {
    "contact_wish": (marked("Is it safe to write to you there?"), WRITING),
    "was_minor": (marked("Was the person under 18 when the picture was taken?"), AGE),
    "capacity": (marked("Who is in the picture?"), CAPACITY),
    "kind": (marked("What kind of picture is it?"), KIND),
    "keeps_photo": (marked("May we keep a small copy of the normal photo?"), KEEPING),
}
HINTS = {
    "contact_wish": marked(
        "We never say what it is about in the subject. If somebody else reads your "
        "messages, choose no."
    ),
    "keeps_photo": marked(
        "Only with it can we find changed copies. We lock it away, and the full photo too until "
        "your case is decided. A person who decides may see it beside a changed one. Take your "
        "report back, and we destroy both. If you say no, we keep only a kind of fingerprint of "
        "the photo. Then we cannot find changed copies: a person can only look at the places you "
        "name above."
    ),
}

WHEN_EMPTY = {
    "was_minor": marked("Choose whether the person was under 18"),
    "capacity": marked("Choose who is in the picture"),
    "kind": marked("Choose what kind of picture it is"),
    "basis": marked("Say why you may do this for somebody else"),
    "statement": marked("Say what happened, in a few words"),
    "signature": marked("Type your name"),
    "keeps_photo": marked("Choose whether we may keep a small copy of the photo"),
    "is_in_good_faith": marked("Tick the box if what you told us is true"),
}
LABELS = {
    "basis": marked("Why you may do this"),
    "locations": marked("Where you saw it"),
    "statement": marked("What happened"),
    "contact": marked("How we can reach you"),
    "signature": marked("Your name"),
}
TOKEN = re.compile(r"[a-z2-7]{32}")
IN_ORDER = (
    "was_minor",
    "capacity",
    "basis",
    "kind",
    "locations",
    "originals",
    "keeps_photo",
    "fingerprints",
    "statement",
    "contact",
    "contact_wish",
    "signature",
    "is_in_good_faith",
)
"""The fields from the top of the page to its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownForm:
    """All that the template of the form needs.

    `errors` is in the order of the page; `token` is sent along, so that one form is one notice.
    """

    token: FormToken = field(repr=False)
    typed: NoticeForm
    errors: dict[str, str]

    @property
    def was_minor(self) -> Question:
        return self._question("was_minor", self.typed.was_minor)

    @property
    def capacity(self) -> Question:
        return self._question("capacity", self.typed.capacity)

    @property
    def kind(self) -> Question:
        return self._question("kind", self.typed.kind)

    @property
    def keeps_photo(self) -> Question:
        return self._question("keeps_photo", self.typed.keeps_photo)

    @property
    def contact_wish(self) -> Question:
        return self._question("contact_wish", self.typed.contact_wish or "anytime")

    @property
    def locations(self) -> str:
        """The places, one on each line, as they were understood."""
        return "\n".join(self.typed.locations)

    def _question(self, name: str, chosen: str) -> Question:
        legend, answers = QUESTIONS[name]
        return Question(
            name=name,
            legend=gettext(legend),
            answers=tuple(Answer(value=value, label=gettext(label)) for value, label in answers),
            chosen=chosen,
            error=self.errors.get(name, ""),
            hint=gettext(HINTS[name]) if name in HINTS else "",
        )


def read_token(posted: Typed) -> FormToken | None:
    """Which form was sent, or None if that cannot be told: then each sending is a notice."""
    given = posted.get("form", "")
    return FormToken(given) if isinstance(given, str) and TOKEN.fullmatch(given) else None


def read_form(posted: Typed) -> NoticeForm:
    """What was typed, as text; a field that is absent is empty."""

    def text(name: str) -> str:
        given = posted.get(name, "")
        return given.replace("\r\n", "\n") if isinstance(given, str) else ""

    return NoticeForm(
        was_minor=text("was_minor"),
        kind=text("kind"),
        capacity=text("capacity"),
        basis=text("basis"),
        statement=text("statement"),
        locations=places_in(text("locations")),
        keeps_photo=text("keeps_photo"),
        fingerprints=tuple(text("fingerprints").split()),
        contact=text("contact"),
        contact_wish=text("contact_wish"),
        signature=text("signature"),
        is_in_good_faith=text("is_in_good_faith"),
    )


def show_again(token: FormToken, typed: NoticeForm, problems: Iterable[FieldProblem]) -> ShownForm:
    """The form with what was typed and, for every problem, words that say how to mend it."""
    found = {problem.field: _words(typed, problem) for problem in reversed(tuple(problems))}
    errors = {name: found[name] for name in IN_ORDER if name in found}
    return ShownForm(token=token, typed=typed, errors=errors)


def _words(typed: NoticeForm, problem: FieldProblem) -> str:
    if problem.field in _filled_in(typed):
        return f"{gettext(LABELS[problem.field])}: {say_problem(problem)}"
    if problem.field in WHEN_EMPTY:
        return gettext(WHEN_EMPTY[problem.field])
    return say_problem(problem)


def _filled_in(typed: NoticeForm) -> frozenset[str]:
    """The text fields that hold something: there the problem is what was typed."""
    texts = {
        "basis": typed.basis,
        "locations": "".join(typed.locations),
        "statement": typed.statement,
        "contact": typed.contact,
        "signature": typed.signature,
    }
    return frozenset(name for name, text in texts.items() if text.strip())
