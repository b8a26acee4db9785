"""One removal as the DSA Transparency Database wants it (Art. 24(5)), without personal data.

The values are those of the database's second vocabulary; that its list of fields is this one was
not verified (docs/law.md). A record that exists is complete: it cannot be made otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from staydown.casework.grounds import Ground
from staydown.casework.notices import Sender
from staydown.casework.statements import Statement
from staydown.errors import BadRecord

MAX_EXPLANATION = 2_000
MAX_REFERENCE = 500
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
    """One record. `reference` and `explanation` belong to the ground; `puid` says nothing.

    Raises BadRecord for text that is missing or too long, and for dates in the wrong order.
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

    def __post_init__(self) -> None:
        for name, longest in (
            ("reference", MAX_REFERENCE),
            ("explanation", MAX_EXPLANATION),
            ("facts", 5_000),
            ("puid", MAX_REFERENCE),
        ):
            text = getattr(self, name)
            if not text.strip() or len(text) > longest:
                raise BadRecord(f"{name}: must be there, in at most {longest} characters")
        if self.application_date < self.content_date:
            raise BadRecord("application_date: cannot be before the content was there")

    def as_json(self) -> dict[str, object]:
        """The record under the database's own names."""
        is_illegal = self.ground is DecisionGround.ILLEGAL
        kind = "illegal_content" if is_illegal else "incompatible_content"
        named = "illegal_content_legal_ground" if is_illegal else "incompatible_content_ground"
        return {
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


def record_of(statement: Statement, *, puid: str) -> DsaRecord:
    """The record of one removal. Raises BadRecord.

    When content was posted is known where it was screened; otherwise it was there, at the latest,
    on the day of the decision, and that day is given.
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
    )
