"""How a case stands, for whoever holds its number and secret; and taking it back.

Nothing here says whether anything was found before a reviewer has confirmed it, and never where or
how many. What is said to a wrong number or secret, `opening` says.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework.elements import Addition
from staydown.casework.links import elsewhere, places_in
from staydown.casework.people import Notifier
from staydown.casework.views import NotifierView, Progress
from staydown.casework.wording import as_text, word_letter
from staydown.documents.letters import Letter, Section
from staydown.documents.printing import print_letter
from staydown.errors import BadNotice, BadRequest, NotAllowed
from staydown.help_pages.opening import ask, for_notifiers
from staydown.help_pages.pages import as_file, private, show
from staydown.help_pages.standing import acts_next
from staydown.help_pages.times import in_words

ANSWER = "What we decided about your notice"
MAX_ADDED = 20_000


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Asks for number and secret, or shows how the case stands."""
    return _checked(request) if request.method == "POST" else ask(request)


@for_notifiers
def _checked(request: HttpRequest, notifier: Notifier) -> HttpResponse:
    with counting_wrong_tries(request, notifier.case):
        view = current_house().cases.for_notifier(notifier)
    return _status(request, notifier, view)


@private
@require_POST
@for_notifiers
def appeal(request: HttpRequest, notifier: Notifier) -> HttpResponse:
    """Says that the answer was wrong, once, and shows how the case stands."""
    house = current_house()
    words = request.POST.get("words", "")[:MAX_ADDED].replace("\0", "").replace("\r\n", "\n")
    wrong: list[str] = []
    try:
        with counting_wrong_tries(request, notifier.case):
            view = house.cases.for_notifier(notifier)
            house.appealing.appeal_as_notifier(notifier, words)
    except NotAllowed:  # sent twice, or too late: the page says how it stands
        pass
    except BadRequest:
        wrong = ["say why you think this is wrong, in up to 2,000 characters"]
    return _status(request, notifier, view, not_said=wrong, said=words)


@private
@require_POST
@for_notifiers
def letter(request: HttpRequest, notifier: Notifier) -> HttpResponse:
    """The answer as a file to keep: a PDF, or text if that is asked for."""
    house = current_house()
    with counting_wrong_tries(request, notifier.case):
        view = house.cases.for_notifier(notifier)
        answer = house.explaining.for_notifier(notifier)
    if answer.decided_at is None or view.progress is Progress.WITHDRAWN:
        return _status(request, notifier, view)
    until = answer.appeal_until if answer.may_appeal else None
    passages = word_letter(answer.sentences, case=view.id, appeal_until=until)
    if request.POST.get("form") == "text":
        return as_file("answer.txt", as_text(ANSWER, passages).encode())
    sections = tuple(Section(heading=each.heading, blocks=each.sentences) for each in passages)
    printed = Letter(title=ANSWER, sections=sections, dated=answer.decided_at)
    return as_file("answer.pdf", print_letter(printed))


@private
@require_POST
@for_notifiers
def take_back(request: HttpRequest, notifier: Notifier) -> HttpResponse:
    """Takes the notice back, once the box is ticked; when this answers, what was kept is gone."""
    house = current_house()
    try:
        with counting_wrong_tries(request, notifier.case):
            view = house.cases.for_notifier(notifier)
            if request.POST.get("sure") == "yes":
                house.reviewing.withdraw(notifier.case, by=notifier)
                return show(request, "taken_back", page="check")
    except NotAllowed:  # it was taken back before: that is what was asked for
        return show(request, "taken_back", page="check")
    return _status(request, notifier, view, unsure=True)


@private
@require_POST
@for_notifiers
def complete(request: HttpRequest, notifier: Notifier) -> HttpResponse:
    """Adds what was missing, once, and shows how the case stands."""
    house = current_house()
    typed = {name: request.POST.get(name, "")[:MAX_ADDED] for name in ("locations", "contact")}
    addition = Addition(
        locations=places_in(typed["locations"]),
        contact=typed["contact"],
    )
    wrong: list[str] = []
    with counting_wrong_tries(request, notifier.case):
        view = house.cases.for_notifier(notifier)
        if view.missing:  # otherwise it was added before: that is what was asked for
            wrong = _try_to_complete(addition, notifier)
            view = house.cases.for_notifier(notifier)
    places = {"places": typed["locations"], "contact": typed["contact"]}
    return _status(request, notifier, view, wrong=wrong, typed=places)


def _status(
    request: HttpRequest,
    notifier: Notifier,
    view: NotifierView,
    *,
    wrong: list[str] | None = None,
    not_said: list[str] | None = None,
    unsure: bool = False,
    **typed: object,
) -> HttpResponse:
    """How the case stands, and what is wrong with what was typed about it, if anything."""
    house = current_house()
    answer = house.explaining.for_notifier(notifier)
    return show(
        request,
        "status",
        status=422 if wrong or not_said or unsure else 200,
        view=view,
        answer=answer,
        next=acts_next(view, answer),
        due_in=in_words(view.due_at, house.clock.now()) if view.due_at else "",
        restraint=house.restraining.for_notifier(notifier),
        elsewhere=elsewhere(view.locations, house.settings.own_sites),
        secret=notifier.secret,
        page="check",
        wrong=wrong or (),
        not_said=not_said or (),
        unsure=unsure,
        **typed,
    )


def _try_to_complete(addition: Addition, notifier: Notifier) -> list[str]:
    """What is wrong with what was typed, if anything."""
    try:
        current_house().completing.complete(addition, by=notifier)
    except BadNotice as error:
        return [problem.what for problem in error.problems]
    except NotAllowed:  # sent twice at once
        return []
    return []
