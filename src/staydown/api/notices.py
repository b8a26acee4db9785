"""POST /v1/notices and taking one back: for a platform that has a form of its own.

The abusive picture is never asked for: `originals` are the innocent photographs.
"""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from staydown.api.bodies import Form, read_form
from staydown.api.door import promise
from staydown.api.keys import ApiKey
from staydown.api.texts import CaseRef, CleanText
from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework import filing
from staydown.casework.elsewhere import SentElsewhere
from staydown.casework.notices import (
    MAX_LINE,
    MAX_LOCATION,
    MAX_LOCATIONS,
    MAX_ORIGINALS,
    MAX_STATEMENT,
    Capacity,
    Kind,
    NoticeForm,
)
from staydown.casework.people import Notifier, Scope
from staydown.errors import WrongContentType
from staydown.ids import CaseId

router = Router(tags=["notices"])


class Receipt(Schema):
    """What the notifier keeps. Show both once, and do not store the secret."""

    case: str
    secret: str = Field(description="Cannot be recovered by anybody.")
    received_at: datetime


class Pointer(Schema):
    """A service that helps where somebody under 18 may be shown."""

    name: str
    whom: str
    address: str


class Elsewhere(Schema):
    """Somebody under 18 may be shown: nothing was opened or kept. Show these instead."""

    pointers: list[Pointer]


class Secret(Schema):
    """The secret of the receipt."""

    model_config = ConfigDict(extra="forbid")
    secret: CleanText


class Withdrawn(Schema):
    """The case after it was taken back."""

    case: str
    state: str


def _text(longest: int, **more: object) -> dict[str, object]:
    return {"type": "string", "maxLength": longest, **more}


def _choice(*choices: str, **more: object) -> dict[str, object]:
    return {"type": "string", "enum": list(choices), **more}


FIELDS: dict[str, dict[str, object]] = {
    "was_minor": _choice(
        "no", "yes", "unsure", description="Was the person under 18 when the picture was taken?"
    ),
    "kind": _choice(*Kind),
    "capacity": _choice(*Capacity),
    "basis": _text(MAX_LINE, description="Why somebody else may speak for the person shown."),
    "statement": _text(MAX_STATEMENT, minLength=1),
    "locations": {"type": "array", "maxItems": MAX_LOCATIONS, "items": _text(MAX_LOCATION)},
    "contact": _text(MAX_LINE),
    "signature": _text(MAX_LINE, minLength=1),
    "is_in_good_faith": _choice("yes"),
}
ORIGINALS = {
    "type": "array",
    "maxItems": MAX_ORIGINALS,
    "items": {"type": "string", "format": "binary"},
    "description": "The innocent photographs. Never the abusive picture.",
}
REQUIRED = ["was_minor", "kind", "capacity", "statement", "signature", "is_in_good_faith"]
SCHEMA = {
    "type": "object",
    "required": REQUIRED,
    "additionalProperties": False,
    "properties": {**FIELDS, "originals": ORIGINALS},
}
BODY = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": SCHEMA}}}}


@router.post(
    "/notices",
    operation_id="file_notice",
    summary="File a notice",
    auth=ApiKey(Scope.NOTICES),
    response={200: Elsewhere, **promise(201, Receipt, 400, 401, 413, 415, 422)},
    openapi_extra=BODY,
)
def file_notice(
    request: HttpRequest,
) -> Status[filing.Receipt | SentElsewhere]:
    """201 and a receipt; or 200 and where to turn instead, when somebody under 18 may be shown."""
    if request.content_type != "multipart/form-data":
        raise WrongContentType("send a form as multipart/form-data")
    house = current_house()
    form = read_form(request, max_bytes=house.settings.max_upload_bytes)
    form.refuse_unknown(texts={*FIELDS}, files={"originals"})
    answer = house.filing.file(_notice_form(form), form.files.get("originals", ()))
    return Status(200 if isinstance(answer, SentElsewhere) else 201, answer)


@router.post(
    "/cases/{case_id}/withdraw",
    operation_id="withdraw",
    summary="Take a notice back",
    auth=ApiKey(Scope.NOTICES),
    response=promise(200, Withdrawn, 400, 401, 404, 409, 413, 415, 422, 429),
)
def withdraw(request: HttpRequest, case_id: CaseRef, body: Secret) -> Withdrawn:
    """With the notifier's secret. What was kept for the notice is destroyed when this answers."""
    house, notifier = current_house(), Notifier(case=CaseId(case_id), secret=body.secret)
    with counting_wrong_tries(request, case_id):
        decision = house.reviewing.withdraw(notifier.case, by=notifier)
    return Withdrawn(case=decision.case.id, state=decision.case.state)


def _notice_form(form: Form) -> NoticeForm:
    return NoticeForm(
        was_minor=form.text("was_minor"),
        kind=form.text("kind"),
        capacity=form.text("capacity"),
        basis=form.text("basis"),
        statement=form.text("statement"),
        locations=form.lines("locations"),
        contact=form.text("contact"),
        signature=form.text("signature"),
        is_in_good_faith=form.text("is_in_good_faith"),
    )
