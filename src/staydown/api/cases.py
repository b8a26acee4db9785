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
from staydown.api.texts import CaseRef, CleanText, CopyRef
from staydown.assembly.house import current_house
from staydown.casework import findings
from staydown.casework.cases import State
from staydown.casework.copies import CopyMove, CopyState
from staydown.casework.findings import Finding
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


class Case(Schema):
    """A case as the platform sees it."""

    id: str
    state: State
    opened_at: datetime
    copies: list[Copy]


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
    found = findings.Findings(
        shows_this_person=body.findings.shows_this_person,
        is_intimate=body.findings.is_intimate,
        is_without_consent=body.findings.is_without_consent,
    )
    decision = current_house().reviewing.decide_copy(
        CaseId(case_id),
        CopyId(copy_id),
        CopyMove(body.move),
        findings=found,
        reason=body.reason,
        by=person_of(request),
    )
    return Decided(case=decision.case.id, state=decision.case.state)
