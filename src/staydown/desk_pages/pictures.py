"""The two pictures of a case. The found one is covered before it leaves the server.

Without its cover it is shown by `revealing` alone. Each look at one is in the audit chain, and none
is loaded but from a page of ours.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from staydown.assembly.house import current_house
from staydown.casework.people import Person
from staydown.desk_pages.pages import for_reviewers, only_from_pages
from staydown.ids import CaseId, CopyId, EntryId


@require_safe
@for_reviewers
@only_from_pages
def original(request: HttpRequest, person: Person, *, case_id: str, entry_id: str) -> HttpResponse:
    """The innocent original in greys, at most 800 pixels long."""
    shown = current_house().pictures.original(CaseId(case_id), EntryId(entry_id), by=person)
    return HttpResponse(shown, content_type="image/jpeg")


@require_safe
@for_reviewers
@only_from_pages
def covered(request: HttpRequest, person: Person, *, case_id: str, copy_id: str) -> HttpResponse:
    """The found picture, all but the surely kept part of it covered."""
    shown = current_house().pictures.covered(CaseId(case_id), CopyId(copy_id), by=person)
    return HttpResponse(shown, content_type="image/jpeg")
