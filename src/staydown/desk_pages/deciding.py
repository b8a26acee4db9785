"""What a reviewer does about a case: decide about a copy, confirm what another decided, decline it.

What may be done is decided in casework; a refusal is shown on the case's page, with what was typed.
"""

from collections.abc import Callable
from enum import StrEnum

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from staydown.assembly.house import current_house
from staydown.casework.copies import CopyMove
from staydown.casework.findings import Finding, Findings
from staydown.casework.grounds import Ground, Refusal
from staydown.casework.misuse import MeasureMove
from staydown.casework.people import Person
from staydown.desk_pages.case import show_case
from staydown.desk_pages.lines import QUESTIONS, Typed
from staydown.desk_pages.pages import for_reviewers
from staydown.errors import BadRequest, NotAllowed
from staydown.ids import CaseId, CopyId, EntryId

MAX_TYPED = 10_000
MOVES = {
    "remove": CopyMove.REMOVE,
    "release": CopyMove.RELEASE,
    "another_photo": CopyMove.RELEASE,
}


@require_POST
@for_reviewers
def decide(request: HttpRequest, person: Person, *, case_id: str, copy_id: str) -> HttpResponse:
    """Remove or release one found copy, with the three findings and a reason."""
    answers = tuple(read_text(request, name) for name, _ in QUESTIONS)
    typed = Typed(
        copy=copy_id,
        reason=read_text(request, "reason"),
        answers=answers,
        is_joined=read_text(request, "is_joined") == "yes",
    )

    def act() -> None:
        pressed = read_text(request, "move")
        move = MOVES.get(pressed)
        if move is None:
            raise BadRequest("please press Remove or Release")
        current_house().reviewing.decide_copy(
            CaseId(case_id),
            CopyId(copy_id),
            move,
            findings=read_findings(answers),
            reason=typed.reason,
            by=person,
            is_false_match=pressed == "another_photo",
            ground=_chosen(request, "ground", Ground) or Ground.ILLEGAL,
            is_joined=typed.is_joined,
        )

    return try_to(act, request, person, CaseId(case_id), typed)


@require_POST
@for_reviewers
def confirm(request: HttpRequest, person: Person, *, case_id: str, entry_id: str) -> HttpResponse:
    """Vouch, as a second person, for a removal or for a false match."""

    def act() -> None:
        current_house().reviewing.confirm_entry(EntryId(entry_id), by=person)

    return try_to(act, request, person, CaseId(case_id), Typed())


@require_POST
@for_reviewers
def take_back(request: HttpRequest, person: Person, *, case_id: str, entry_id: str) -> HttpResponse:
    """What was taken for another photograph is not: its copies are stopped again."""

    def act() -> None:
        current_house().reviewing.take_back(EntryId(entry_id), by=person)

    return try_to(act, request, person, CaseId(case_id), Typed())


@require_POST
@for_reviewers
def look(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """Answer the notice after looking at what it names, and take down what was found there."""
    answers = tuple(read_text(request, name) for name, _ in QUESTIONS)
    typed = Typed(
        take_down=read_text(request, "take_down"),
        reason=read_text(request, "reason"),
        answers=answers,
    )

    def act() -> None:
        names = (typed.take_down or "").split("\n")
        current_house().reviewing.look_at_places(
            CaseId(case_id),
            reason=typed.reason,
            by=person,
            take_down=names,
            findings=read_findings(answers) if any(name.strip() for name in names) else None,
            because=_chosen(request, "because", Ground) or _chosen(request, "because", Refusal),
            is_joined=read_text(request, "is_joined") == "yes",
        )

    return try_to(act, request, person, CaseId(case_id), typed)


@require_POST
@for_reviewers
def decline(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """Find no ground in the notice; what is held because of it is released."""
    typed = Typed(reason=read_text(request, "reason"))

    def act() -> None:
        current_house().reviewing.decline_case(
            CaseId(case_id),
            reason=typed.reason,
            by=person,
            refusal=_chosen(request, "because", Refusal) or Refusal.NO_GROUND,
        )

    return try_to(act, request, person, CaseId(case_id), typed)


@require_POST
@for_reviewers
def restrain(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """Warn whoever filed it, suspend them for a time, or lift that. A lead's to do."""

    def act() -> None:
        move = _chosen(request, "move", MeasureMove)
        if move is None:
            raise BadRequest("please press what is to be done")
        reason = read_text(request, "reason")
        current_house().restraining.move(CaseId(case_id), move, reason=reason, by=person)

    return try_to(act, request, person, CaseId(case_id), Typed())


def read_findings(answers: tuple[str, ...]) -> Findings:
    """The three findings, in the order of QUESTIONS. Raises BadRequest if one is missing."""
    if not all(answer in tuple(Finding) for answer in answers):
        raise BadRequest("please answer all three questions: “not sure” is an answer")
    shows, intimate, without_consent = (Finding(answer) for answer in answers)
    return Findings(
        shows_this_person=shows, is_intimate=intimate, is_without_consent=without_consent
    )


def try_to(
    act: Callable[[], None], request: HttpRequest, person: Person, case: CaseId, typed: Typed
) -> HttpResponse:
    """Do it and show the case afresh; or the case with what was typed, and why not."""
    try:
        act()
    except (BadRequest, NotAllowed) as error:
        status = 422 if isinstance(error, BadRequest) else 409
        return show_case(request, person, case, typed=typed, error=str(error), status=status)
    return HttpResponseRedirect(reverse("desk:case", kwargs={"case_id": case}))


def _chosen[E: StrEnum](request: HttpRequest, name: str, choices: type[E]) -> E | None:
    """The choice that was made, or None if none of these."""
    given = read_text(request, name)
    return choices(given) if given in tuple(choices) else None


def read_text(request: HttpRequest, name: str) -> str:
    """What was typed into a field, as far as anybody types."""
    return request.POST.get(name, "")[:MAX_TYPED].replace("\0", "").replace("\r\n", "\n")
