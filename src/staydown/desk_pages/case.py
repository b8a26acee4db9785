"""One case: what was told, each found copy covered beside the original, what may be decided."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe

from staydown.assembly.house import current_house
from staydown.casework.access import Permission, has
from staydown.casework.people import Person
from staydown.casework.views import Contact
from staydown.desk_pages.lines import ANSWERS, Sitting, Typed, tell_case
from staydown.desk_pages.pages import for_reviewers, show
from staydown.desk_pages.sentences import (
    FILE_MOVES,
    GROUNDS,
    PHRASES,
    RESTRAINTS,
    TOLD_REFUSALS,
    WHY,
)
from staydown.ids import CaseId

NOTHING_TYPED = Typed()


@require_safe
@for_reviewers
def case(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """The case as it stands. That this person opened it goes into the audit chain."""
    return show_case(request, person, CaseId(case_id))


@require_POST
@for_reviewers
def contact(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """The case with who filed it: asked for by a button, since that too goes into the chain."""
    told = current_house().cases.contact(CaseId(case_id), person)
    return show_case(request, person, CaseId(case_id), contact=told)


@dataclass(frozen=True, slots=True, kw_only=True)
class UnderTheCover:
    """What a page says of looks under a cover: for which reasons, how many are left, how long."""

    whys: tuple[tuple[str, str], ...]
    left: int
    seconds: int
    needs_code: bool


def under_the_cover(person: Person) -> UnderTheCover:
    """The same, for one person."""
    house = current_house()
    return UnderTheCover(
        whys=WHY,
        left=house.revealing.left(person),
        seconds=house.settings.reveal_seconds,
        needs_code=house.settings.reveal_needs_code,
    )


def show_case(
    request: HttpRequest,
    person: Person,
    case_id: CaseId,
    *,
    typed: Typed = NOTHING_TYPED,
    contact: Contact | None = None,
    error: str = "",
    status: int = 200,
) -> HttpResponse:
    """The page of a case, with what was typed and what is wrong with it. Raises NotFound."""
    house = current_house()
    view = house.cases.for_reviewer(case_id, person)
    sitting = _sit(person, page=request.GET.get("page", "")[:9], typed=typed, contact=contact)
    words = tell_case(view, sitting)
    may_restrain = has(person, Permission.RESTRAIN)
    return show(
        request,
        "case",
        status=status,
        reviewer=person,
        words=words,
        error=error,
        answers=ANSWERS,
        held=house.claiming.holder(case_id, person),
        restraint=house.restraining.look(case_id, person) if may_restrain else None,
        restraints=RESTRAINTS,
        grounds=GROUNDS,
        refusals=TOLD_REFUSALS,
        file_moves=FILE_MOVES,
        under=under_the_cover(person),
        phrases=PHRASES,
        handing=house.handing_over.look(case_id, person),
    )


def _sit(person: Person, *, page: str, typed: Typed, contact: Contact | None) -> Sitting:
    house = current_house()
    return Sitting(
        viewer=person.id,
        now=house.clock.now(),
        confirming=house.cases.to_confirm(person),
        contact=contact,
        page=page,
        typed=typed,
    )
