"""The notice form, and the page for when somebody under 18 may be shown.

What answers a form is its receipt (`receipts`). Its secret follows from the form's own token
(`casework.filing`): the same form sent again soon, by a double click or by reloading, shows the
same receipt, and later none.
"""

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as marked
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods

from staydown.assembly.arriving import FORM_SLACK_BYTES
from staydown.assembly.house import current_house
from staydown.assembly.paces import noticing_a_flood
from staydown.casework.elsewhere import POINTERS, SentElsewhere
from staydown.casework.links import places_in
from staydown.casework.notices import MAX_LINE, MAX_STATEMENT, NoticeForm
from staydown.casework.recovery import draw_kindly
from staydown.errors import BadNotice, FieldProblem, FiledAlready, TooBusy
from staydown.help_pages.form import read_form, read_token, show_again
from staydown.help_pages.languages import preferred_form, say_problem
from staydown.help_pages.pages import private, show
from staydown.help_pages.receipts import show_receipt
from staydown.help_pages.refusals import not_taken
from staydown.ids import FormToken, new_secret, secret_of_form

MEGABYTE = 1_000_000
TOO_LARGE = marked("The photos are more than {megabytes} MB together. Please choose fewer.")
MAX_PLACES = 20_000


@csrf_exempt  # `_filed` checks the token, once the size of the body is known to be in bounds
@private
@require_http_methods(["GET", "HEAD", "POST"])
def notice(request: HttpRequest) -> HttpResponse:
    """An empty form, or what came of a filled-in one."""
    if request.method != "POST":
        if in_their_language := preferred_form(request):
            return HttpResponseRedirect(in_their_language)
        return _show_form(request, NoticeForm())
    if not _is_in_bounds(request):
        too_large = FieldProblem(
            field="originals",
            says=TOO_LARGE,
            facts={"megabytes": _megabytes()},
        )
        return _show_form(request, NoticeForm(was_minor="no"), too_large, status=413)
    return _filed(request)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def young(request: HttpRequest) -> HttpResponse:
    """Who can help where somebody under 18 may be shown; and telling this site where it is.

    Nothing is kept but that, to be handed on.
    """
    if request.method != "POST":
        return _show_young(request)
    typed = request.POST.get("locations", "")[:MAX_PLACES].replace("\r\n", "\n")
    form = NoticeForm(was_minor="yes", locations=places_in(typed))
    if not typed.strip():
        return _show_young(request, gettext("paste the link first"), typed=typed)
    try:
        current_house().filing.file(form, ())
    except BadNotice as error:
        return _show_young(request, say_problem(error.problems[0]), typed=typed)
    return _show_young(request, is_kept=True)


def _show_young(request: HttpRequest, error: str = "", **shown: object) -> HttpResponse:
    told = [replace(each, whom=gettext(each.whom)) for each in POINTERS]
    errors = {"places": error} if error else {}
    status = 422 if error else 200
    return show(request, "young", status=status, pointers=told, errors=errors, **shown)


@csrf_protect
def _filed(request: HttpRequest) -> HttpResponse:
    typed = read_form(request.POST)
    if typed.belongs_elsewhere:
        try:
            current_house().filing.file(typed, ())  # no photo is even looked at
        except BadNotice as error:
            return _show_form(request, typed, *error.problems, status=422)
        return HttpResponseRedirect(reverse("help:young"))
    originals = [file.read() for file in request.FILES.getlist("originals")]
    try:
        with noticing_a_flood(request) as is_in_a_flood:
            answer = current_house().filing.file(
                typed,
                originals,
                token=read_token(request.POST),
                is_in_a_flood=is_in_a_flood,
            )
    except BadNotice as error:
        return _show_form(request, typed, *error.problems, status=422)
    except TooBusy as error:
        return not_taken(request, error)
    except FiledAlready:
        return show(request, "filed_already", status=409)
    if isinstance(answer, SentElsewhere):
        return HttpResponseRedirect(reverse("help:young"))
    return show_receipt(request, answer)


def _show_form(
    request: HttpRequest, typed: NoticeForm, *problems: FieldProblem, status: int = 200
) -> HttpResponse:
    limits = {
        "line": MAX_LINE,
        "statement": MAX_STATEMENT,
        "places": MAX_PLACES,
        "megabytes": _megabytes(),
    }
    token = read_token(request.POST) or draw_kindly(_new_token, secret_of_form)
    form = show_again(token, typed, problems)
    return show(request, "notice", status=status, form=form, limits=limits, page="notice")


def _new_token() -> FormToken:
    return FormToken(new_secret())


def _is_in_bounds(request: HttpRequest) -> bool:
    """Whether the declared length is in bounds; Django reads no byte beyond what is declared."""
    declared = request.META.get("CONTENT_LENGTH") or "0"
    most = current_house().settings.max_upload_bytes + FORM_SLACK_BYTES
    return declared.isascii() and declared.isdigit() and int(declared) <= most


def _megabytes() -> int:
    return current_house().settings.max_upload_bytes // MEGABYTE
