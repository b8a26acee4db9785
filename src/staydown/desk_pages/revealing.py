"""The found picture without its cover: for a reason, for some seconds, for who asked.

The page goes back to the case by itself. The picture is not loaded but from that page.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework.people import Person
from staydown.casework.revealing import Why
from staydown.desk_pages.case import show_case
from staydown.desk_pages.pages import for_reviewers, only_from_pages, show
from staydown.errors import NotAllowed, NotSignedIn, TooMuch
from staydown.ids import CaseId, CopyId


@require_POST
@for_reviewers
def reveal(request: HttpRequest, person: Person, *, case_id: str, copy_id: str) -> HttpResponse:
    """The page with the picture, which closes itself; or the case, and why it is not shown."""
    case, given = CaseId(case_id), request.POST.get("why", "")
    if given not in tuple(Why):
        error = "choose why the cover has to come off"
        return show_case(request, person, case, error=error, status=422)
    house = current_house()
    try:
        if house.settings.reveal_needs_code:
            with counting_wrong_tries(request, f"reveal {person.id}"):
                house.authenticators.check(person, request.POST.get("code", "")[:20])
        ticket = house.revealing.allow(
            case,
            CopyId(copy_id),
            Why(given),
            by=person,
            session=_session(request),
            is_in_colour=request.POST.get("in_colour") == "yes",
        )
    except (NotAllowed, NotSignedIn, TooMuch) as error:
        status = 429 if isinstance(error, TooMuch) else 409
        return show_case(request, person, case, error=str(error), status=status)
    seconds = house.settings.reveal_seconds
    back = reverse("desk:case", kwargs={"case_id": case})
    there = f"{back}#{copy_id}"
    response = show(
        request, "revealed", reviewer=person, ticket=ticket, back=there, seconds=seconds
    )
    response["Refresh"] = f"{seconds};url={back}"
    return response


@require_safe
@for_reviewers
@only_from_pages
def revealed(request: HttpRequest, person: Person, *, ticket: str) -> HttpResponse:
    """The picture, once."""
    picture = current_house().revealing.show(ticket, by=person, session=_session(request))
    return HttpResponse(picture, content_type="image/jpeg")


def _session(request: HttpRequest) -> str:
    return request.session.session_key or ""
