"""Appeals that wait: what was said, and deciding by somebody who did not decide before."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from staydown.assembly.house import current_house
from staydown.casework.appeals import AppealMove
from staydown.casework.people import Person
from staydown.desk_pages.pages import for_reviewers, show
from staydown.errors import BadRequest, NotAllowed
from staydown.ids import AppealId

MAX_TYPED = 10_000


@require_safe
@for_reviewers
def appeals(request: HttpRequest, person: Person) -> HttpResponse:
    """All appeals that nobody decided, oldest first."""
    return _show(request, person)


@require_POST
@for_reviewers
def decide(request: HttpRequest, person: Person, *, appeal: str) -> HttpResponse:
    """Uphold the decision, or reverse it, with a reason."""
    reason = request.POST.get("reason", "")[:MAX_TYPED].replace("\0", "")
    pressed = request.POST.get("move", "")
    try:
        if pressed not in tuple(AppealMove):
            raise BadRequest("please press one of the two buttons")
        current_house().appealing.decide(
            AppealId(appeal), AppealMove(pressed), reason=reason, by=person
        )
    except (BadRequest, NotAllowed) as error:
        status = 422 if isinstance(error, BadRequest) else 409
        return _show(request, person, error=str(error), status=status)
    return HttpResponseRedirect(reverse("desk:appeals"))


def _show(
    request: HttpRequest, person: Person, *, error: str = "", status: int = 200
) -> HttpResponse:
    waiting = current_house().appealing.waiting(person)
    return show(request, "appeals", status=status, reviewer=person, waiting=waiting, error=error)
