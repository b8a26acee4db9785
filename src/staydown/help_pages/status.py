"""How a case stands, for whoever holds its number and secret; and taking it back.

A wrong number and a wrong secret get the same answer. Nothing here says whether anything was
found before a reviewer has confirmed it, and never where or how many.
"""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework.people import Notifier
from staydown.errors import NotAllowed, NotFound, TooMuch
from staydown.help_pages.pages import private, show
from staydown.ids import CaseId

WRONG = "That number and secret do not fit together. Please check both."
OFTEN = "That was wrong too many times. Please wait a quarter of an hour, and try again."
MAX_TYPED = 100


@private
@require_http_methods(["GET", "HEAD", "POST"])
def check(request: HttpRequest) -> HttpResponse:
    """Asks for number and secret, or shows how the case stands."""
    if request.method != "POST":
        return _ask(request)
    notifier = _notifier(request)
    try:
        with counting_wrong_tries(request, notifier.case):
            view = current_house().cases.for_notifier(notifier)
    except NotFound:
        return _ask(request, notifier, WRONG, status=404)
    except TooMuch:
        return _ask(request, notifier, OFTEN, status=429)
    return show(request, "status", view=view, secret=notifier.secret, page="check")


@private
@require_POST
def take_back(request: HttpRequest) -> HttpResponse:
    """Takes the notice back, once the box is ticked; when this answers, what was kept is gone."""
    notifier = _notifier(request)
    house = current_house()
    try:
        with counting_wrong_tries(request, notifier.case):
            view = house.cases.for_notifier(notifier)
            if request.POST.get("sure") == "yes":
                house.reviewing.withdraw(notifier.case, by=notifier)
                return show(request, "taken_back", page="check")
    except NotFound:
        return _ask(request, notifier, WRONG, status=404)
    except TooMuch:
        return _ask(request, notifier, OFTEN, status=429)
    except NotAllowed:  # it was taken back before: that is what was asked for
        return show(request, "taken_back", page="check")
    return show(
        request, "status", status=422, view=view, secret=notifier.secret, page="check", unsure=True
    )


def _notifier(request: HttpRequest) -> Notifier:
    """What was typed; spaces and capitals do not matter."""
    case = "".join(request.POST.get("case", "")[:MAX_TYPED].split()).lower()
    secret = "".join(request.POST.get("secret", "")[:MAX_TYPED].split()).lower()
    return Notifier(case=CaseId(case.replace("\0", "")), secret=secret)


def _ask(
    request: HttpRequest, typed: Notifier | None = None, error: str = "", *, status: int = 200
) -> HttpResponse:
    case = typed.case if typed else ""
    return show(request, "check", status=status, case=case, error=error, page="check")
