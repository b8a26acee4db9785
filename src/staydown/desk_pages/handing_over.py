"""A file of a case for a court: a lead asks for it, and a second person agrees."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from staydown.assembly.house import current_house
from staydown.casework.case_files import FileMove
from staydown.casework.people import Person
from staydown.desk_pages.case import show_case
from staydown.desk_pages.pages import for_reviewers
from staydown.errors import BadRequest, NotAllowed
from staydown.ids import CaseId

MAX_TYPED = 10_000


@require_POST
@for_reviewers
def ask(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """Ask for it, saying for whom and why."""
    reason = request.POST.get("reason", "")[:MAX_TYPED].replace("\0", "")
    names_notifier = request.POST.get("names_notifier", "") == "yes"
    try:
        current_house().handing_over.ask(
            CaseId(case_id), reason=reason, names_notifier=names_notifier, by=person
        )
    except (BadRequest, NotAllowed) as error:
        return _show_again(request, person, case_id, error)
    return _back(case_id)


@require_POST
@for_reviewers
def decide(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """Agree to it, or refuse it."""
    pressed = request.POST.get("move", "")
    try:
        if pressed not in tuple(FileMove):
            raise BadRequest("please press one of the two buttons")
        current_house().handing_over.decide(CaseId(case_id), FileMove(pressed), by=person)
    except (BadRequest, NotAllowed) as error:
        return _show_again(request, person, case_id, error)
    return _back(case_id)


def _show_again(
    request: HttpRequest, person: Person, case_id: str, error: BadRequest | NotAllowed
) -> HttpResponse:
    status = 422 if isinstance(error, BadRequest) else 409
    return show_case(request, person, CaseId(case_id), error=str(error), status=status)


def _back(case_id: str) -> HttpResponse:
    return HttpResponseRedirect(reverse("desk:case", kwargs={"case_id": case_id}))
