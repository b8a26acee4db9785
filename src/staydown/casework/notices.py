"""What a person tells us, and the one place where it is read from what they typed.

The fields are the union of what the laws ask for (LAW part 2), and nothing else is asked. A notice
is what somebody said and signed; that it is true is for a reviewer to judge.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum

from staydown.engine.pdq import read_hash
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
    """For whom the notifier speaks (47 USC 223a(a)(1)(B); UK OSA s.10(3A)).

    The last two are taken from the platform only, which knows whom it has before it.
    """

    SELF = "self"
    AUTHORISED = "authorised"
    GUARDIAN = "guardian"
    TRUSTED_FLAGGER = "trusted_flagger"  # DSA Art. 22
    AUTHORITY = "authority"  # a court or a regulator, with an order


GROUNDED = frozenset(Capacity) - {Capacity.SELF}
"""Capacities that need a ground: whose word, which office, which order."""

PEOPLE = (Capacity.SELF, Capacity.AUTHORISED, Capacity.GUARDIAN)
"""In which capacity a person files."""


class Sender(StrEnum):
    """Who sent a notice: what starts a clock, and whether it goes first, depends on it."""

    PERSON = "person"
    TRUSTED_FLAGGER = "trusted_flagger"
    AUTHORITY = "authority"


class ContactWish(StrEnum):
    """Whether writing to the notifier is safe."""

    ANYTIME = "anytime"
    IF_NEEDED = "if_needed"
    NEVER = "never"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeForm:
    """What was typed, unread: every field as text, empty where nothing was given.

    `was_minor` is `no`, `yes` or `unsure` to "Was the person under 18 when the picture was taken?";
    `is_in_good_faith` is `yes` once the declaration was ticked; `basis` says on what ground
    somebody else may speak, or names the order or the status of a trusted flagger; `contact` may
    stay empty; `keeps_photo` is `yes` or `no` to whether a small sealed copy of the originals may
    be kept. `content_refs` are the platform's own names for what is complained of; `order_due_at`
    is until when an order gives, in ISO 8601; both are read only if `is_from_platform`. `digests`
    are read only where a child may be shown, beside the places: nothing else is, then.
    `fingerprints` are PDQs of pictures that are not sent, such as those complained of.
    """

    was_minor: str = ""
    kind: str = ""
    capacity: str = ""
    basis: str = ""
    statement: str = field(default="", repr=False)
    locations: tuple[str, ...] = field(default=(), repr=False)
    keeps_photo: str = ""
    contact: str = field(default="", repr=False)
    contact_wish: str = ""
    signature: str = field(default="", repr=False)
    is_in_good_faith: str = ""
    content_refs: tuple[str, ...] = field(default=(), repr=False)
    digests: tuple[str, ...] = field(default=(), repr=False)
    fingerprints: tuple[str, ...] = field(default=(), repr=False)
    order_due_at: str = ""
    is_from_platform: bool = False

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
    contact_wish: ContactWish = ContactWish.ANYTIME
    content_refs: tuple[str, ...] = field(default=(), repr=False)

    @property
    def has_contact(self) -> bool:
        """Whether there is an address. Without one it is taken, but not claimed as statutory."""
        return bool(self.contact)

    @property
    def sender(self) -> Sender:
        """Who sent it, as far as a law tells them apart."""
        return sender_of(self.capacity)


def sender_of(capacity: Capacity) -> Sender:
    """Who speaks in that capacity."""
    return Sender.PERSON if capacity in PEOPLE else Sender(capacity)


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
        contact_wish=ContactWish(form.contact_wish or ContactWish.ANYTIME),
        content_refs=_named(form.content_refs),
    )


def parse_order_due(form: NoticeForm) -> datetime | None:
    """Until when an order gives, in UTC; None where it does not say. Raises BadNotice."""
    if problems := _order_due(form):
        raise BadNotice(*problems)
    return datetime.fromisoformat(form.order_due_at).astimezone(UTC) if form.order_due_at else None


def check_form(form: NoticeForm) -> tuple[FieldProblem, ...]:
    """Everything that is wrong with `form`, in the order of the form; empty if it can be read."""
    return (
        *_choice("was_minor", form.was_minor, ("no",)),
        *_choice("kind", form.kind, tuple(Kind)),
        *_choice("capacity", form.capacity, tuple(Capacity) if form.is_from_platform else PEOPLE),
        *_basis(form),
        *_text("statement", form.statement, MAX_STATEMENT),
        *check_locations(form.locations),
        *_choice("keeps_photo", form.keeps_photo, ("yes", "no")),
        *check_contact(form.contact),
        *_choice("contact_wish", form.contact_wish, ("", *ContactWish)),
        *_text("signature", form.signature, MAX_LINE),
        *_fingerprints(form),
        *_content_refs(form),
        *_order_due(form),
        *_choice("is_in_good_faith", form.is_in_good_faith, ("yes",)),
    )


def check_contact(contact: str) -> tuple[FieldProblem, ...]:
    """What is wrong with an address; none at all is nothing wrong."""
    return _text("contact", contact, MAX_LINE, is_required=False)


def _fingerprints(form: NoticeForm) -> tuple[FieldProblem, ...]:
    if len(form.fingerprints) > MAX_ORIGINALS:
        return (_too_many("fingerprints", "at most {most} at once", MAX_ORIGINALS),)
    for number, text in enumerate(form.fingerprints, 1):
        try:
            read_hash(text)
        except ValueError as error:
            return (
                FieldProblem(
                    field="fingerprints",
                    says="number {number}: {problem}",
                    facts={"number": number, "problem": str(error)},
                ),
            )
    return ()


def _content_refs(form: NoticeForm) -> tuple[FieldProblem, ...]:
    if not form.is_from_platform and form.content_refs:
        return (FieldProblem(field="content_refs", says="only a platform has names for content"),)
    if len(form.content_refs) > MAX_LOCATIONS:
        return (_too_many("content_refs", "at most {most} at once", MAX_LOCATIONS),)
    if all(len(one) <= MAX_LINE and one.isprintable() for one in form.content_refs):
        return ()
    what = f"at most {MAX_LINE} printable characters each"
    return (FieldProblem(field="content_refs", says=what),)


def _order_due(form: NoticeForm) -> tuple[FieldProblem, ...]:
    if not form.order_due_at:
        return ()
    if form.capacity != Capacity.AUTHORITY:
        return (FieldProblem(field="order_due_at", says="only an order of an authority has one"),)
    try:
        is_aware = datetime.fromisoformat(form.order_due_at).tzinfo is not None
    except ValueError:
        is_aware = False
    what = "must be a time with its offset, such as 2026-05-19T21:15:00-04:00"
    return () if is_aware else (FieldProblem(field="order_due_at", says=what),)


def _named(locations: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(stripped for location in locations if (stripped := location.strip()))


def _choice(name: str, given: str, choices: tuple[str, ...]) -> tuple[FieldProblem, ...]:
    if given in choices:
        return ()
    what = "please answer this" if not given else f"must be one of: {', '.join(choices)}"
    return (FieldProblem(field=name, says=what),)


def _text(
    name: str, given: str, longest: int, *, is_required: bool = True
) -> tuple[FieldProblem, ...]:
    if is_required and not given.strip():
        return (FieldProblem(field=name, says="please fill this in"),)
    if len(given) > longest:
        return (_too_many(name, "at most {most} characters", longest),)
    if any(ord(letter) < 32 and letter not in "\t\n\r" for letter in given):
        return (FieldProblem(field=name, says="contains characters that cannot be shown"),)
    return ()


def _too_many(name: str, says: str, most: int) -> FieldProblem:
    return FieldProblem(field=name, says=says, facts={"most": most})


def _basis(form: NoticeForm) -> tuple[FieldProblem, ...]:
    """Whoever does not speak for themselves says on what ground (47 USC 223a(a)(1)(B))."""
    return _text("basis", form.basis, MAX_LINE, is_required=form.capacity in GROUNDED)


def check_locations(locations: tuple[str, ...]) -> tuple[FieldProblem, ...]:
    """What is wrong with some places; none at all is nothing wrong."""
    if len(_named(locations)) > MAX_LOCATIONS:
        return (_too_many("locations", "at most {most} places at once", MAX_LOCATIONS),)
    checked = (_text("locations", one, MAX_LOCATION, is_required=False) for one in locations)
    return next((problems for problems in checked if problems), ())
