"""What may show somebody under 18: a list of what waits, where one is, and that it was handed on.

No picture is shown here, or anywhere else in this program.
"""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from staydown.assembly.house import current_house
from staydown.casework.handing_on import HandOff
from staydown.casework.people import Person
from staydown.desk_pages.deciding import read_text, try_to
from staydown.desk_pages.lines import Typed
from staydown.desk_pages.pages import for_reviewers, show
from staydown.ids import CaseId, HandOffId


@require_safe
@for_reviewers
def hand_offs(request: HttpRequest, person: Person) -> HttpResponse:
    """What waits to be handed on, without where it is."""
    return _show(request, person)


@require_POST
@for_reviewers
def send_elsewhere(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """Close a case in which somebody under 18 may be shown, without looking any further."""

    def act() -> None:
        reason = read_text(request, "reason")
        current_house().handing_on.send_elsewhere(CaseId(case_id), reason=reason, by=person)

    return try_to(act, request, person, CaseId(case_id), Typed())


@require_POST
@for_reviewers
def where(request: HttpRequest, person: Person, *, hand_off: str) -> HttpResponse:
    """Where one is: asked for by a button, since that goes into the audit chain."""
    return _show(request, person, current_house().handing_on.open(HandOffId(hand_off), person))


@require_POST
@for_reviewers
def handed_on(request: HttpRequest, person: Person, *, hand_off: str) -> HttpResponse:
    """It was handed on, and is forgotten here."""
    current_house().handing_on.close(HandOffId(hand_off), person)
    return HttpResponseRedirect(reverse("desk:hand_offs"))


def _show(request: HttpRequest, person: Person, opened: HandOff | None = None) -> HttpResponse:
    waiting = current_house().handing_on.waiting(person)
    return show(request, "hand_offs", reviewer=person, waiting=waiting, opened=opened)
