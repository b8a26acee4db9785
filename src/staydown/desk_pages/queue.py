"""What waits for a reviewer: copies to decide, decisions of others to confirm. No pictures."""

from dataclasses import dataclass
from datetime import datetime

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from staydown.assembly.house import current_house
from staydown.assembly.sessions import person_behind
from staydown.bank.entries import EntryRole
from staydown.casework.access import Permission, has
from staydown.casework.claiming import Claim
from staydown.casework.people import Person
from staydown.casework.views import EntryToConfirm, QueueLine
from staydown.desk_pages.narrowing import Look, narrow
from staydown.desk_pages.pages import for_reviewers, show
from staydown.desk_pages.sentences import deadline, due, number_of, span
from staydown.ids import ActorId, CaseId

WHAT = {EntryRole.REMOVED: "removal", EntryRole.NEGATIVE: "false match"}
CASES_ON_A_PAGE = 50
DONE = {EntryRole.REMOVED: "Removed", EntryRole.NEGATIVE: "Released"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """One line of the queue, in words."""

    case: CaseId
    what: str
    since: str
    deadline: str


@require_safe
def queue(request: HttpRequest) -> HttpResponseBase:
    """The queue; the audit chain for an auditor; the way to sign in for whoever has not yet."""
    person = person_behind(request)
    if person is None:
        return HttpResponseRedirect(reverse("desk:sign_in"))
    if has(person, Permission.AUDIT):
        return HttpResponseRedirect(reverse("desk:audit"))
    return _queue(request)


@for_reviewers
def _queue(request: HttpRequest, person: Person) -> HttpResponse:
    house = current_house()
    now = house.clock.now()
    held = house.claiming.holders(person)
    waiting = house.cases.queue(person)
    look = Look(viewer=person.id, now=now, held=held)
    chosen, choices = narrow(waiting, request.GET.get("only", ""), look)
    page = Paginator(chosen, CASES_ON_A_PAGE).get_page(request.GET.get("page", "")[:9])
    decide = [_to_decide(line, now, held.get(line.case), person.id) for line in page]
    confirm = [_to_confirm(one, now) for one in house.cases.to_confirm(person)]
    children = house.handing_on.waiting(person)
    return show(
        request,
        "queue",
        reviewer=person,
        decide=decide,
        waits=len(waiting),
        page=page,
        choices=choices,
        only=next(one.name for one in choices if one.is_chosen),
        confirm=confirm,
        children=len(children),
        appeals=len(house.appealing.waiting(person)),
        files=house.handing_over.waiting(person),
        may_oversee=has(person, Permission.OVERSEE),
    )


@require_POST
@for_reviewers
def take_next(request: HttpRequest, person: Person) -> HttpResponse:
    """Go to the most urgent case that nobody else works on; back to the queue if there is none."""
    taken = current_house().claiming.take_next(person)
    there = reverse("desk:case", kwargs={"case_id": taken}) if taken else reverse("desk:queue")
    return HttpResponseRedirect(there)


@require_POST
@for_reviewers
def hand_over(request: HttpRequest, person: Person, *, case_id: str) -> HttpResponse:
    """Leave a case to others, without having to say why."""
    current_house().claiming.hand_over(CaseId(case_id), person)
    return HttpResponseRedirect(reverse("desk:queue"))


def _to_decide(line: QueueLine, now: datetime, held: Claim | None, viewer: ActorId) -> Waiting:
    taken = ""
    if held is not None:
        whom = "you work" if held.by == viewer else "somebody else works"
        taken = f" Now {whom} on it."
    return Waiting(
        case=line.case,
        what=_what_waits(line),
        since=f"Opened {span(now - line.opened_at)} ago.{taken}",
        deadline=" ".join(filter(None, (due(line.due, now), deadline(line.first_hold_ends, now)))),
    )


def _what_waits(line: QueueLine) -> str:
    """A notice waits too that only a person can look at, or that a law wants answered."""
    if line.is_quarantined:
        return f"Photos that hold nothing until you look; {line.undecided} found so far"
    if line.undecided == 0 and line.goes_first:
        return "An order, or a notice of a trusted flagger: look at what it names"
    if line.undecided == 0 and line.awaits_a_look:
        return "A notice to answer: look at what it names"
    if line.undecided == 0:
        return "A notice without a photo to compare: look at its places"
    visible = f", {line.visible} of them visible now" if line.visible else ""
    return f"{number_of(line.undecided, 'copy', 'copies')} to decide{visible}"


def _to_confirm(one: EntryToConfirm, now: datetime) -> Waiting:
    return Waiting(
        case=one.case,
        what="Waits for another reviewer" if one.is_own else f"A {WHAT[one.role]} to confirm",
        since=f"{DONE[one.role]} {span(now - one.added_at)} ago{', by you' if one.is_own else ''}.",
        deadline="",
    )
