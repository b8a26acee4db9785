"""Opens a case for whoever brings its number and secret, or asks for both again.

A wrong number and a wrong secret get the same answer. Words that cannot be the words of any secret
are named before any case is looked for, so that it says nothing about one.
"""

from collections.abc import Callable, Mapping
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as marked

from staydown.casework.people import Notifier
from staydown.casework.recovery import read_secret
from staydown.errors import BadRequest, NotFound, TooMuch
from staydown.help_pages.languages import say_error
from staydown.help_pages.pages import show
from staydown.ids import CaseId

WRONG = marked("That number and secret do not fit together. Please check both.")
OFTEN = marked("That was wrong too many times. Please wait a quarter of an hour, and try again.")
MAX_NUMBER = 100
MAX_SECRET = 500

View = Callable[[HttpRequest], HttpResponse]
NotifierView = Callable[[HttpRequest, Notifier], HttpResponse]


def for_notifiers(view: NotifierView) -> View:
    """Decorates a view that is for whoever holds a case's number and secret, which were posted.

    The view has to open the case itself. If that raises NotFound or TooMuch, both are asked for
    again.
    """

    @wraps(view)
    def inner(request: HttpRequest) -> HttpResponse:
        case, typed = _typed(request, "case", MAX_NUMBER), _typed(request, "secret", MAX_SECRET)
        number = "".join(case.split()).lower()
        try:
            return view(request, Notifier(case=CaseId(number), secret=read_secret(typed)))
        except BadRequest as error:
            return ask(request, number, {"secret": say_error(error)}, secret=typed, status=422)
        except NotFound:
            return ask(request, number, {"case": gettext(WRONG)}, status=404)
        except TooMuch:
            return ask(request, number, {"case": gettext(OFTEN)}, status=429)

    return inner


def ask(
    request: HttpRequest,
    case: str = "",
    errors: Mapping[str, str] | None = None,
    *,
    secret: str = "",
    status: int = 200,
) -> HttpResponse:
    """Asks for number and secret, with what was typed, and what is wrong with each by its name."""
    shown = {"case": case, "secret": secret, "errors": errors or {}}
    return show(request, "check", status=status, page="check", **shown)


def _typed(request: HttpRequest, name: str, most: int) -> str:
    return request.POST.get(name, "")[:most].replace("\0", "")
