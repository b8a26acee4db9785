"""Five minutes for whoever sits here for the first time: what is shown, asked, and decided."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from staydown.assembly.house import current_house
from staydown.casework.people import Person
from staydown.desk_pages.pages import for_reviewers, show


@require_safe
@for_reviewers
def tour(request: HttpRequest, person: Person) -> HttpResponse:
    """The tour, with the numbers of this installation in it."""
    settings = current_house().settings
    return show(
        request,
        "tour",
        reviewer=person,
        seconds=settings.reveal_seconds,
        looks=settings.reveals_a_day,
    )
