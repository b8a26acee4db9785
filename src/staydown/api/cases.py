"""GET /v1/cases/{case} for the platform, and a reviewer's decision about one found copy.

The platform sees its own content and nothing of the notice. A decision needs a person who signed
in.
"""

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import ConfigDict, Field

from staydown.api.door import promise
from staydown.api.keys import ApiKey, Session, person_of, platform_of
from staydown.api.texts import CaseRef, CleanRef, CleanText, CopyRef
from staydown.assembly.house import current_house
from staydown.casework import findings
from staydown.casework.cases import State
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.findings import Finding
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.notices import MAX_LOCATIONS
from staydown.casework.people import Scope
from staydown.casework.views import PlatformView
from staydown.ids import CaseId, CopyId

router = Router(tags=["cases"])


class Copy(Schema):
    """One of your uploads that was stopped because of this case."""

    id: str
    content_ref: str = Field(description="Your own name for it.")
    state: CopyState
    held_until: datetime | None


class Deadline(Schema):
    """Something that a law asks for, from the moment the notice was received."""

    regime: str = Field(description="Which law, by its name in docs/law.md.")
    version: str = Field(description="Which reading of it: that of the day of the notice.")
    duty: str
    began_at: datetime
    due_at: datetime | None = Field(description="Null where the law gives no number.")


class Case(Schema):
    """A case as the platform sees it."""

    id: str
    state: State
    opened_at: datetime
    copies: list[Copy]
    deadlines: list[Deadline] = Field(description="The one that is due first governs.")
    clock_stopped_at: datetime | None = Field(
        description="When nothing was owed any more: you said that all was done, or it fell away."
    )


class Findings(Schema):
    """What the reviewer found on looking. `unsure` is an answer."""

    model_config = ConfigDict(extra="forbid")
    shows_this_person: Finding
    is_intimate: Finding
    is_without_consent: Finding


class Decision(Schema):
    """What a reviewer decides about one found copy."""

    model_config = ConfigDict(extra="forbid")
    move: Literal[CopyMove.REMOVE, CopyMove.RELEASE]
    reason: CleanText = Field(description="Why, in the reviewer's words.")
    findings: Findings
    ground: Ground = Field(
        default=Ground.ILLEGAL, description="On which ground it is removed: the poster is told."
    )


class Look(Schema):
    """What a reviewer did about the places that a notice names."""

    model_config = ConfigDict(extra="forbid")
    reason: CleanText = Field(description="What they saw, in the reviewer's words.")
    take_down: list[CleanRef] = Field(
        default=[],
        max_length=MAX_LOCATIONS,
        description="Your own names of what is to be taken down.",
    )
    findings: Findings | None = Field(
        default=None, description="Needed if something is to be taken down."
    )
    because: Ground | Refusal | None = Field(
        default=None,
        description="The ground of a removal, or why nothing was: both sides are told.",
    )
    is_joined: bool = Field(
        default=False,
        description="The same answer for other notices about one of the same places.",
    )


class Decided(Schema):
    """The case after the decision."""

    case: str
    state: State


@router.get(
    "/cases/{case_id}",
    operation_id="read_case",
    summary="How a case stands",
    auth=ApiKey(Scope.CASES),
    response=promise(200, Case, 401, 404, 429),
)
def read_case(request: HttpRequest, case_id: CaseRef) -> PlatformView:
    """A case that is missing and one that is not yours look alike. Needs a key for `cases`."""
    return current_house().cases.for_platform(CaseId(case_id), platform_of(request))


@router.post(
    "/cases/{case_id}/copies/{copy_id}/decision",
    operation_id="decide_copy",
    summary="Decide about a found copy",
    auth=Session(),
    response=promise(200, Decided, 400, 401, 403, 404, 408, 409, 413, 415, 422, 429, 503),
)
def decide_copy(
    request: HttpRequest, case_id: CaseRef, copy_id: CopyRef, body: Decision
) -> Decided:
    """For a reviewer who signed in, with the CSRF token in X-CSRFToken. An API key is refused."""
    decision = current_house().reviewing.decide_copy(
        CaseId(case_id),
        CopyId(copy_id),
        CopyMove(body.move),
        findings=_found(body.findings),
        ground=body.ground,
        reason=body.reason,
        by=person_of(request),
    )
    return Decided(case=decision.case.id, state=decision.case.state)


@router.post(
    "/cases/{case_id}/look",
    operation_id="look_at_places",
    summary="Answer a notice",
    auth=Session(),
    response=promise(200, Decided, 400, 401, 403, 404, 408, 409, 413, 415, 422, 503),
)
def look_at_places(request: HttpRequest, case_id: CaseRef, body: Look) -> Decided:
    """After looking at the places it names. For a reviewer who signed in; a key is refused."""
    decision = current_house().reviewing.look_at_places(
        CaseId(case_id),
        reason=body.reason,
        by=person_of(request),
        take_down=body.take_down,
        findings=_found(body.findings) if body.findings else None,
        because=body.because,
        is_joined=body.is_joined,
    )
    return Decided(case=decision.case.id, state=decision.case.state)


def _found(given: Findings) -> findings.Findings:
    return findings.Findings(
        shows_this_person=given.shows_this_person,
        is_intimate=given.is_intimate,
        is_without_consent=given.is_without_consent,
    )
