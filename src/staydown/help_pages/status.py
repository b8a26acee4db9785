"""How a case stands, for whoever holds its number and secret; and taking it back.

Nothing here says whether anything was found before a reviewer has confirmed it, and never where or
how many. What is said to a wrong number or secret, `opening` says.
"""

from collections.abc import Mapping
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as marked
from django.views.decorators.http import require_http_methods, require_POST

from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework.elements import Addition
from staydown.casework.links import elsewhere, places_in
from staydown.casework.people import Notifier
from staydown.casework.reasons import MAX_REASON
from staydown.casework.views import NotifierView, Progress
from staydown.casework.wording import Tongue, as_text, word_letter
from staydown.documents.letters import Letter, Section
from staydown.documents.printing import print_letter
from staydown.errors import BadNotice, BadRequest, NotAllowed
from staydown.help_pages.languages import current_language, say_problem
from staydown.help_pages.opening import ask, for_notifiers
from staydown.help_pages.pages import as_file, private, show
from staydown.help_pages.standing import acts_next, stand_of
from staydown.help_pages.times import in_words, told_moment

ANSWER = marked("What we decided about your notice")
MAX_ADDED = 20_000
ADDED: Final = {"locations": "more_places", "contact": "more_contact"}
"""Field of an addition → its field on the page."""


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
    errors: dict[str, str] = {}
    try:
        with counting_wrong_tries(request, notifier.case):
            view = house.cases.for_notifier(notifier)
            house.appealing.appeal_as_notifier(notifier, words)
    except NotAllowed:  # sent twice, or too late: the page says how it stands
        pass
    except BadRequest:
        why = gettext("say why you think this is wrong, in up to {most} characters")
        errors["words"] = why.format(most=MAX_REASON)
    return _status(request, notifier, view, errors, said=words)


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
    title, until = gettext(ANSWER), answer.appeal_until if answer.may_appeal else None
    here = Tongue(say=gettext, tell_time=told_moment)
    passages = word_letter(answer.sentences, case=view.id, appeal_until=until, tongue=here)
    if request.POST.get("form") == "text":
        return as_file("answer.txt", as_text(title, passages).encode())
    written = Letter(
        title=title,
        sections=tuple(Section(heading=each.heading, blocks=each.sentences) for each in passages),
        dated=answer.decided_at,
        language=current_language().code,
    )
    return as_file("answer.pdf", print_letter(written))


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
    unsure = {"sure": gettext("Tick the box if you want to take your report back")}
    return _status(request, notifier, view, unsure)


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
    errors: dict[str, str] = {}
    with counting_wrong_tries(request, notifier.case):
        view = house.cases.for_notifier(notifier)
        if view.missing:  # otherwise it was added before: that is what was asked for
            errors = _try_to_complete(addition, notifier)
            view = house.cases.for_notifier(notifier)
    places = {"places": typed["locations"], "contact": typed["contact"]}
    return _status(request, notifier, view, errors, typed=places)


def _status(
    request: HttpRequest,
    notifier: Notifier,
    view: NotifierView,
    errors: Mapping[str, str] | None = None,
    **typed: object,
) -> HttpResponse:
    """How the case stands, and what is wrong with what was typed about it, by its field."""
    house = current_house()
    answer = house.explaining.for_notifier(notifier)
    return show(
        request,
        "status",
        status=422 if errors else 200,
        view=view,
        stand=stand_of(view),
        answer=answer,
        decided=tuple(gettext(sentence) for sentence in answer.sentences),
        next=acts_next(view, answer),
        due_in=in_words(view.due_at, house.clock.now()) if view.due_at else "",
        restraint=house.restraining.for_notifier(notifier),
        elsewhere=elsewhere(view.locations, house.settings.own_sites),
        secret=notifier.secret,
        page="check",
        errors=errors or {},
        **typed,
    )


def _try_to_complete(addition: Addition, notifier: Notifier) -> dict[str, str]:
    """What is wrong with what was typed, by the field that it is shown at."""
    try:
        current_house().completing.complete(addition, by=notifier)
    except BadNotice as error:
        return {ADDED[problem.field]: say_problem(problem) for problem in error.problems}
    except NotAllowed:  # sent twice at once
        return {}
    return {}
