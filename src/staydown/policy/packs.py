"""What a pack says, as values that cannot be half-valid: a pack that exists was read whole.

The words are ours, chosen so that several laws fit into one table; what a law itself says is in
`words` and in the definitions.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import NewType
from zoneinfo import ZoneInfo

from staydown.policy.marks import Known, Mark, Maybe, Source

RegimeId = NewType("RegimeId", str)
"""One law as an operator names it, such as `uk-osa`."""

PackVersion = NewType("PackVersion", str)
"""Which reading of that law, such as `2026-05-19`; later ones sort after earlier ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackRef:
    """Names one pack for good."""

    regime: RegimeId
    version: PackVersion


class Element(StrEnum):
    """One thing that a notice says. The union of all laws is the form: nothing else is asked."""

    SIGNATURE = "signature"
    CAPACITY = "capacity"
    LOCATION = "location"
    STATEMENT = "statement"
    CONTACT = "contact"
    KIND = "kind"
    AGE = "age"


class Need(StrEnum):
    """Whether a law asks for an element."""

    REQUIRED = "required"
    NOT_REQUIRED = "not_required"
    AS_PRESCRIBED = "as_prescribed"  # by a regulation that we have not read
    UNKNOWN = "unknown"


class Start(StrEnum):
    """What sets a clock going."""

    NOTICE = "notice"
    ORDER = "order"  # of a court, a regulator, another authority


class Pause(StrEnum):
    """What may stop a clock for a while."""

    MISSING_ELEMENT = "missing_element"  # from our question to their answer


class CopyScope(StrEnum):
    """Which copies have to go too, narrowest first."""

    IDENTICAL = "identical"
    SUBSTANTIALLY_SAME = "substantially_same"
    SAME_OR_SIMILAR = "same_or_similar"


class Likeness(StrEnum):
    """Verdicts of the engine, by their names, that something may follow from by itself."""

    IDENTICAL = "identical"
    NEAR_COPY = "near_copy"
    PARTIAL_COPY = "partial_copy"
    DERIVED = "derived"
    HASH_MATCH = "hash_match"


class ByItself(StrEnum):
    """What a machine may do with an upload that is like a removed picture, mildest first."""

    PUBLISH = "publish"
    HOLD = "hold"
    BLOCK = "block"


class Output(StrEnum):
    """What is owed to somebody."""

    PLAIN_PROCESS = "plain_process"  # say clearly how to report
    TRACKING_NUMBER = "tracking_number"
    RECEIPT = "receipt"
    DECISION = "decision"
    EXPLAINED_REFUSAL = "explained_refusal"
    STATEMENT_OF_REASONS = "statement_of_reasons"
    DATABASE_RECORD = "database_record"
    WARNING_BEFORE_SUSPENSION = "warning_before_suspension"
    REASONED_RECORD = "reasoned_record"  # why a duty fell away
    PRESERVED_EVIDENCE = "preserved_evidence"
    YEARLY_REPORT = "yearly_report"


class Side(StrEnum):
    """Who may appeal."""

    NOTIFIER = "notifier"
    POSTER = "poster"


class Term(StrEnum):
    """What a law defines in words of its own."""

    ALTERED_PICTURE = "altered picture"
    CONSENT = "consent"
    EXCLUSION = "what is not meant"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hours:
    """So many hours, at most, by the clock: no day is left out. 1 to 8,760."""

    hours: int


@dataclass(frozen=True, slots=True, kw_only=True)
class InWords:
    """The law gives no number that a clock could count."""

    words: str


type Within = Hours | InWords


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something to be done within a time: its clock stops once the platform says it is done."""

    name: str
    starts_on: Known[Start]
    within: Known[Within]
    pauses: Known[frozenset[Pause]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Appeal:
    """Who may have a decision looked at again, and for how many months, 1 to 120."""

    open_to: frozenset[Side]
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """One law, from one day on.

    `applies_from` is absent where its commencement is not known: it then applies as soon as an
    operator chose it. `zone` is where its days begin and end.
    """

    regime: RegimeId
    version: PackVersion
    name: str
    zone: ZoneInfo
    sources: tuple[Source, ...]
    applies_from: Maybe[date]
    binds: Known[str]
    elements: Mapping[Element, Known[Need]]
    duties: tuple[Duty, ...]
    copies: Maybe[CopyScope]
    by_itself: Mapping[Likeness, Known[ByItself]]
    outputs: tuple[Known[Output], ...]
    appeal: Maybe[Appeal]
    definitions: Mapping[Term, Maybe[str]]
    file: str = field(compare=False)

    @property
    def ref(self) -> PackRef:
        """Its name."""
        return PackRef(regime=self.regime, version=self.version)

    @property
    def required(self) -> frozenset[Element]:
        """The elements that it asks for."""
        return frozenset(
            element for element, need in self.elements.items() if need.value is Need.REQUIRED
        )

    @property
    def appeal_months(self) -> int:
        """How long both sides may appeal; 0 where it gives no right to."""
        return self.appeal.value.months if isinstance(self.appeal, Known) else 0

    def owes(self, output: Output) -> bool:
        """Whether it asks for that."""
        return any(owed.value is output for owed in self.outputs)

    def values(self) -> tuple[tuple[str, Known[object]], ...]:
        """Every value with the key it stands under in the file."""
        found: list[tuple[str, object]] = [
            ("applies_from", self.applies_from),
            ("binds", self.binds),
            *((f"notice.{name}", need) for name, need in self.elements.items()),
            *_of_duties(self.duties),
            ("copies", self.copies),
            *((f"by_itself.{name}", one) for name, one in self.by_itself.items()),
            *((f"output.{owed.value}", owed) for owed in self.outputs),
            ("appeal", self.appeal),
            *((f"definition.{term}", text) for term, text in self.definitions.items()),
        ]
        return tuple((name, one) for name, one in found if isinstance(one, Known))

    def marked(self, mark: Mark) -> tuple[str, ...]:
        """The keys of the values with that mark."""
        return tuple(name for name, one in self.values() if one.mark is mark)


def _of_duties(duties: tuple[Duty, ...]) -> list[tuple[str, object]]:
    return [
        (f"duty.{duty.name}.{part}", one)
        for duty in duties
        for part, one in (
            ("starts_on", duty.starts_on),
            ("within", duty.within),
            ("pauses", duty.pauses),
        )
    ]
