"""POST /v1/notices and taking one back: for a platform that has a form of its own.

The abusive picture is never asked for: `originals` are the innocent photographs.
"""

from datetime import datetime

from django.http import HttpRequest
from ninja import Router, Schema, Status
from pydantic import ConfigDict, Field

from staydown.api.bodies import read_form
from staydown.api.door import promise
from staydown.api.keys import ApiKey
from staydown.api.notice_form import BODY, ORIGINALS, read_notice_form
from staydown.api.texts import CaseRef, CleanText, Contact, Location
from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework import elements, filing
from staydown.casework.elsewhere import SentElsewhere
from staydown.casework.notices import MAX_LOCATIONS
from staydown.casework.people import Notifier, Scope
from staydown.casework.recovery import read_secret, words_of
from staydown.errors import WrongContentType
from staydown.ids import CaseId
from staydown.policy.packs import Element

router = Router(tags=["notices"])


class Receipt(Schema):
    """What the notifier keeps. Show both once, and do not store the secret."""

    case: str
    secret: str = Field(description="Cannot be recovered by anybody.")
    words: list[str] = Field(
        description="The secret as 15 words (BIP-39), easier to copy. Either is taken for it."
    )
    received_at: datetime
    due_at: datetime | None = Field(
        description="When the strictest law wants it done; null where none gives a number."
    )
    missing: list[Element] = Field(
        description="What a law asks for and the notice has not: ask for it once. The clock runs."
    )

    @staticmethod
    def resolve_words(receipt: filing.Receipt) -> list[str]:
        """The words are not kept: they follow from the secret."""
        return list(words_of(receipt.secret))


class Addition(Schema):
    """What a notifier adds after being asked."""

    model_config = ConfigDict(extra="forbid")
    secret: CleanText
    locations: list[Location] = Field(default=[], max_length=MAX_LOCATIONS)
    contact: Contact = ""


class Completed(Schema):
    """The notice after something was added."""

    case: str
    missing: list[Element] = Field(description="What is still missing. It is not asked for again.")
    due_at: datetime | None


class Pointer(Schema):
    """A service that helps where somebody under 18 may be shown."""

    name: str
    whom: str
    address: str


class Elsewhere(Schema):
    """Somebody under 18 may be shown: nothing was opened. Show these instead."""

    pointers: list[Pointer]
    hand_off: str | None = Field(
        description=(
            "Names what was kept to be handed on: places and digests, nothing else; null if none."
        )
    )


class Secret(Schema):
    """The secret of the receipt, or its words."""

    model_config = ConfigDict(extra="forbid")
    secret: CleanText


class Withdrawn(Schema):
    """The case after it was taken back."""

    case: str
    state: str


def _notifier(case_id: str, typed: str) -> Notifier:
    """Whoever brings that secret. Raises BadRequest for words that cannot be right."""
    return Notifier(case=CaseId(case_id), secret=read_secret(typed))


@router.post(
    "/notices",
    operation_id="file_notice",
    summary="File a notice",
    auth=ApiKey(Scope.NOTICES),
    response={200: Elsewhere, **promise(201, Receipt, 400, 401, 408, 413, 415, 422, 429, 503)},
    openapi_extra=BODY,
)
def file_notice(
    request: HttpRequest,
) -> Status[filing.Receipt | SentElsewhere]:
    """201 and a receipt; or 200 and where to turn instead, when somebody under 18 may be shown.

    Needs a key for `notices`.
    """
    if request.content_type != "multipart/form-data":
        raise WrongContentType("send a form as multipart/form-data")
    house = current_house()
    form = read_form(request, max_bytes=house.settings.max_upload_bytes)
    answer = house.filing.file(read_notice_form(form), form.files.get(ORIGINALS, ()))
    return Status(200 if isinstance(answer, SentElsewhere) else 201, answer)


@router.post(
    "/cases/{case_id}/complete",
    operation_id="complete_notice",
    summary="Add what was missing in a notice",
    auth=ApiKey(Scope.NOTICES),
    response=promise(200, Completed, 400, 401, 404, 408, 409, 413, 415, 422, 429, 503),
)
def complete_notice(request: HttpRequest, case_id: CaseRef, body: Addition) -> Completed:
    """With the notifier's secret, once. Needs a key for `notices`."""
    house, notifier = current_house(), _notifier(case_id, body.secret)
    given = elements.Addition(locations=tuple(body.locations), contact=body.contact)
    with counting_wrong_tries(request, case_id, is_relayed=True):
        case = house.completing.complete(given, by=notifier)
    return Completed(case=case.id, missing=list(case.lacks), due_at=filing.due_at(case))


@router.post(
    "/cases/{case_id}/withdraw",
    operation_id="withdraw",
    summary="Take a notice back",
    auth=ApiKey(Scope.NOTICES),
    response=promise(200, Withdrawn, 400, 401, 404, 408, 409, 413, 415, 422, 429, 503),
)
def withdraw(request: HttpRequest, case_id: CaseRef, body: Secret) -> Withdrawn:
    """With the notifier's secret. What was kept for the notice is destroyed when this answers.

    Needs a key for `notices`.
    """
    house, notifier = current_house(), _notifier(case_id, body.secret)
    with counting_wrong_tries(request, case_id, is_relayed=True):
        decision = house.reviewing.withdraw(notifier.case, by=notifier)
    return Withdrawn(case=decision.case.id, state=decision.case.state)
