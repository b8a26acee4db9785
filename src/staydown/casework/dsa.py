"""One removal as the DSA Transparency Database wants it (Art. 24(5)), without personal data.

Which fields, values and lengths there are is data, in `dsa_record.json` (JSON Schema), with where
it was read and when. A record that exists keeps to it: it cannot be made otherwise.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cache
from importlib.resources import files

from jsonschema import Draft202012Validator, ValidationError

from staydown.casework.grounds import Ground
from staydown.casework.notices import Sender
from staydown.casework.statements import Statement
from staydown.errors import BadRecord

LONGEST = 200
"""Characters of what is wrong that are told; the end says it."""
EEA = tuple(
    "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI "
    "SK".split()
)


class Visibility(StrEnum):
    """What was done to the content."""

    REMOVED = "DECISION_VISIBILITY_CONTENT_REMOVED"
    DISABLED = "DECISION_VISIBILITY_CONTENT_DISABLED"


class DecisionGround(StrEnum):
    """Illegal, or against the terms."""

    ILLEGAL = "DECISION_GROUND_ILLEGAL_CONTENT"
    INCOMPATIBLE = "DECISION_GROUND_INCOMPATIBLE_CONTENT"


class ContentType(StrEnum):
    """What was posted."""

    IMAGE = "CONTENT_TYPE_IMAGE"
    SYNTHETIC_MEDIA = "CONTENT_TYPE_SYNTHETIC_MEDIA"


class Category(StrEnum):
    """What it is about."""

    CYBER_VIOLENCE = "STATEMENT_CATEGORY_CYBER_VIOLENCE"
    CYBER_VIOLENCE_AGAINST_WOMEN = "STATEMENT_CATEGORY_CYBER_VIOLENCE_AGAINST_WOMEN"


class Keyword(StrEnum):
    """What exactly."""

    IMAGE_SHARING = "KEYWORD_NON_CONSENSUAL_IMAGE_SHARING"
    DEEPFAKE = "KEYWORD_NON_CONSENSUAL_MATERIAL_DEEPFAKE"


class SourceType(StrEnum):
    """How the platform came to look at it."""

    ARTICLE_16 = "SOURCE_ARTICLE_16"
    TRUSTED_FLAGGER = "SOURCE_TRUSTED_FLAGGER"
    OTHER_NOTIFICATION = "SOURCE_TYPE_OTHER_NOTIFICATION"
    VOLUNTARY = "SOURCE_VOLUNTARY"


class AutomatedDecision(StrEnum):
    """Who decided."""

    FULLY = "AUTOMATED_DECISION_FULLY"
    PARTIALLY = "AUTOMATED_DECISION_PARTIALLY"
    NOT_AUTOMATED = "AUTOMATED_DECISION_NOT_AUTOMATED"


SOURCES: Mapping[Sender, SourceType] = {
    Sender.PERSON: SourceType.ARTICLE_16,
    Sender.TRUSTED_FLAGGER: SourceType.TRUSTED_FLAGGER,
    Sender.AUTHORITY: SourceType.OTHER_NOTIFICATION,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DsaRecord:
    """One record. `reference`, `reference_url` and `explanation` belong to the ground; `puid` says
    nothing; `end_date` is the day on which the content is to be seen again, if it is.

    What a picture has no use for is left out: a language, accounts, money. Who sent the notice is
    left out too. Raises BadRecord, naming the field, for what the database would not take, and for
    dates in the wrong order.
    """

    visibility: Visibility
    ground: DecisionGround
    reference: str
    explanation: str
    content_type: ContentType
    category: Category
    keyword: Keyword
    facts: str
    source_type: SourceType
    is_detected_automatically: bool
    automated_decision: AutomatedDecision
    content_date: date
    application_date: date
    puid: str
    reference_url: str = ""
    end_date: date | None = None

    def __post_init__(self) -> None:
        check_record(self.as_json())
        if self.application_date < self.content_date:
            raise BadRecord("application_date: cannot be before the content was there")
        if self.end_date and self.end_date < self.application_date:
            raise BadRecord("end_date_visibility_restriction: cannot be before it began")

    def as_json(self) -> dict[str, object]:
        """The record under the database's own names."""
        is_illegal = self.ground is DecisionGround.ILLEGAL
        kind = "illegal_content" if is_illegal else "incompatible_content"
        named = "illegal_content_legal_ground" if is_illegal else "incompatible_content_ground"
        ended = self.end_date.isoformat() if self.end_date else ""
        optional = {
            "end_date_visibility_restriction": ended,
            "decision_ground_reference_url": self.reference_url,
        }
        return {
            **{name: value for name, value in optional.items() if value},
            "decision_visibility": [self.visibility],
            "decision_ground": self.ground,
            named: self.reference,
            f"{kind}_explanation": self.explanation,
            **({} if is_illegal else {"incompatible_content_illegal": "No"}),
            "content_type": [self.content_type],
            "category": self.category,
            "category_specification": [self.keyword],
            "territorial_scope": list(EEA),
            "content_date": self.content_date.isoformat(),
            "application_date": self.application_date.isoformat(),
            "decision_facts": self.facts,
            "source_type": self.source_type,
            "automated_detection": "Yes" if self.is_detected_automatically else "No",
            "automated_decision": self.automated_decision,
            "puid": self.puid,
        }


def check_record(told: Mapping[str, object]) -> None:
    """Raises BadRecord, naming the first field of `told` that the database would not take."""
    wrong = sorted(map(_tell_problem, _validator().iter_errors(told)))
    if wrong:
        raise BadRecord(wrong[0])


def _tell_problem(error: ValidationError) -> str:
    field = ".".join(map(str, error.absolute_path)) or "the record"
    message = "does not belong to such a record" if error.validator == "not" else error.message
    return f"{field}: {message if len(message) <= LONGEST else '…' + message[-LONGEST:]}"


@cache
def _validator() -> Draft202012Validator:
    text = files("staydown.casework").joinpath("dsa_record.json").read_text("utf-8")
    return Draft202012Validator(json.loads(text))


def record_of(statement: Statement, *, puid: str, terms_url: str = "") -> DsaRecord:
    """The record of one removal. Raises BadRecord.

    When content was posted is known where it was screened; otherwise it was there, at the latest,
    on the day of the decision, and that day is given. `terms_url` is where the terms can be read.
    """
    is_illegal = statement.ground is Ground.ILLEGAL
    laws = "; ".join(statement.laws) or "the law against sharing intimate pictures without consent"
    terms = statement.terms or "the rules of the platform"
    is_altered = bool(statement.is_altered)
    applied = statement.applied_at or statement.decided_at
    return DsaRecord(
        visibility=Visibility.REMOVED,
        ground=DecisionGround.ILLEGAL if is_illegal else DecisionGround.INCOMPATIBLE,
        reference=laws if is_illegal else terms,
        explanation="A picture of a person who did not agree to its being shared.",
        content_type=ContentType.SYNTHETIC_MEDIA if is_altered else ContentType.IMAGE,
        category=Category.CYBER_VIOLENCE,
        keyword=Keyword.DEEPFAKE if is_altered else Keyword.IMAGE_SHARING,
        facts=(
            "After a notice, a person looked at the picture and found that it shows somebody who "
            "did not agree to it."
        ),
        source_type=SOURCES[statement.sender],
        is_detected_automatically=statement.is_detected_automatically,
        automated_decision=AutomatedDecision.NOT_AUTOMATED,
        content_date=min(statement.found_at or statement.decided_at, applied).date(),
        application_date=applied.date(),
        puid=puid,
        reference_url="" if is_illegal else terms_url,
        end_date=max(statement.restored_at, applied).date() if statement.restored_at else None,
    )
