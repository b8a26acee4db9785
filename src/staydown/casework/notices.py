"""What a person tells us, and the one place where it is read from what they typed.

The fields are the union of what the laws ask for (LAW part 2), and nothing else is asked. A notice
is what somebody said and signed; that it is true is for a reviewer to judge.
"""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from staydown.errors import BadNotice, FieldProblem
from staydown.ids import CaseId, NoticeId

MAX_STATEMENT = 5_000
MAX_LINE = 500
MAX_LOCATION = 2_000
MAX_LOCATIONS = 50
MAX_ORIGINALS = 10


class Kind(StrEnum):
    """What the picture complained of is, as far as the notifier knows."""

    AUTHENTIC = "authentic"
    FORGERY = "forgery"
    UNSURE = "unsure"


class Capacity(StrEnum):
    """For whom the notifier speaks (47 USC 223a(a)(1)(B); UK OSA s.10(3A))."""

    SELF = "self"
    AUTHORISED = "authorised"
    GUARDIAN = "guardian"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeForm:
    """What was typed, unread: every field as text, empty where nothing was given.

    `was_minor` is `no`, `yes` or `unsure` to "Was the person under 18 when the picture was taken?";
    `is_in_good_faith` is `yes` once the declaration was ticked; `basis` says on what ground
    somebody else may speak; `contact` may stay empty; `keeps_photo` is `yes` or `no` to whether a
    small sealed copy of the originals may be kept.
    """

    was_minor: str = ""
    kind: str = ""
    capacity: str = ""
    basis: str = ""
    statement: str = field(default="", repr=False)
    locations: tuple[str, ...] = field(default=(), repr=False)
    keeps_photo: str = ""
    contact: str = field(default="", repr=False)
    signature: str = field(default="", repr=False)
    is_in_good_faith: str = ""

    @property
    def belongs_elsewhere(self) -> bool:
        """Whether a child may be shown: then nothing is compared or kept here (LAW part 5).

        Asked before all else.
        """
        return self.was_minor in {"yes", "unsure"}

    @property
    def may_keep_photo(self) -> bool:
        """Whether the notifier lets us keep a small sealed copy of the originals.

        Without it only fingerprints are kept, and no doctored copy can be found.
        """
        return self.keeps_photo == "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """A notice that was read. All of its text is sealed at rest; `repr` shows none of it.

    What may be kept of its originals is in the case, since it must be known without opening this.
    """

    id: NoticeId
    case: CaseId
    kind: Kind
    capacity: Capacity
    basis: str = field(repr=False)
    statement: str = field(repr=False)
    locations: tuple[str, ...] = field(repr=False)
    contact: str = field(repr=False)
    signature: str = field(repr=False)
    signed_at: datetime

    @property
    def has_contact(self) -> bool:
        """Whether there is an address. Without one it is taken, but not claimed as statutory."""
        return bool(self.contact)


def parse_notice(form: NoticeForm, *, id: NoticeId, case: CaseId, at: datetime) -> Notice:
    """The notice in `form`, signed `at`.

    Raises BadNotice naming every field that is wrong, at once.
    """
    problems = check_form(form)
    if problems:
        raise BadNotice(*problems)
    return Notice(
        id=id,
        case=case,
        kind=Kind(form.kind),
        capacity=Capacity(form.capacity),
        basis=form.basis.strip(),
        statement=form.statement.strip(),
        locations=_named(form.locations),
        contact=form.contact.strip(),
        signature=form.signature.strip(),
        signed_at=at,
    )


def check_form(form: NoticeForm) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with `form`, in the order of the form; empty if it can be read."""
    return (
        *_choice("was_minor", form.was_minor, ("no",)),
        *_choice("kind", form.kind, tuple(Kind)),
        *_choice("capacity", form.capacity, tuple(Capacity)),
        *_basis(form),
        *_text("statement", form.statement, MAX_STATEMENT),
        *_locations(form.locations),
        *_choice("keeps_photo", form.keeps_photo, ("yes", "no")),
        *_text("contact", form.contact, MAX_LINE, is_required=False),
        *_text("signature", form.signature, MAX_LINE),
        *_choice("is_in_good_faith", form.is_in_good_faith, ("yes",)),
    )


def _named(locations: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stripped for location in locations if (stripped := location.strip()))


def _choice(name: str, given: str, choices: tuple[str, ...]) -> tuple[FieldProblem, ...]:
    if given in choices:
        return ()
    what = "please answer this" if not given else f"must be one of: {', '.join(choices)}"
    return (FieldProblem(field=name, what=what),)


def _text(
    name: str, given: str, longest: int, *, is_required: bool = True
) -> tuple[FieldProblem, ...]:
    if is_required and not given.strip():
        return (FieldProblem(field=name, what="please fill this in"),)
    if len(given) > longest:
        return (FieldProblem(field=name, what=f"at most {longest} characters"),)
    if any(ord(letter) < 32 and letter not in "\t\n\r" for letter in given):
        return (FieldProblem(field=name, what="contains characters that cannot be shown"),)
    return ()


def _basis(form: NoticeForm) -> tuple[FieldProblem, ...]:
    """Somebody who speaks for another says on what ground (47 USC 223a(a)(1)(B))."""
    speaks_for_another = form.capacity in {Capacity.AUTHORISED, Capacity.GUARDIAN}
    return _text("basis", form.basis, MAX_LINE, is_required=speaks_for_another)


def _locations(locations: tuple[str, ...]) -> tuple[FieldProblem, ...]:
    if len(_named(locations)) > MAX_LOCATIONS:
        return (FieldProblem(field="locations", what=f"at most {MAX_LOCATIONS} places at once"),)
    checked = (_text("locations", one, MAX_LOCATION, is_required=False) for one in locations)
    return next((problems for problems in checked if problems), ())
