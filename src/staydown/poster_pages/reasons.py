"""Why something was taken down, as a page, as text and as PDF, and saying that it is wrong.

A link that is not right looks like one that never was; wrong ones are counted.
"""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework.explaining import PosterView
from staydown.casework.reasons import MAX_REASON
from staydown.casework.wording import as_text, word_statement
from staydown.documents.letters import Letter, Section
from staydown.documents.printing import print_letter
from staydown.errors import BadRequest, NotAllowed, NotFound, TooMuch
from staydown.ids import CommandId

TITLE = "Why your post was taken down"

type View = Callable[..., HttpResponse]


def for_posters(view: View) -> View:
    """Decorates a view of (request, command, link): a wrong link is 404, too many of them 429."""

    @never_cache
    @wraps(view)
    def inner(request: HttpRequest, *, command: str, link: str) -> HttpResponse:
        try:
            with counting_wrong_tries(request, command):
                current_house().explaining.opened(CommandId(command), link)
            return view(request, command=CommandId(command), link=link)
        except NotFound:
            return render(request, "poster_pages/missing.html", status=404)
        except TooMuch:
            return render(request, "poster_pages/missing.html", {"is_often": True}, status=429)

    return inner


@require_safe
@for_posters
def reasons(request: HttpRequest, *, command: CommandId, link: str) -> HttpResponse:
    """The statement of reasons."""
    return _show(request, command, link)


@require_safe
@for_posters
def as_plain_text(request: HttpRequest, *, command: CommandId, link: str) -> HttpResponse:
    """The same as text."""
    view = current_house().explaining.for_poster(command, link)
    text = as_text(TITLE, word_statement(view.statement, view.appeal_until))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


@require_safe
@for_posters
def as_pdf(request: HttpRequest, *, command: CommandId, link: str) -> HttpResponse:
    """The same as a PDF, to keep and to be read aloud."""
    view = current_house().explaining.for_poster(command, link)
    passages = word_statement(view.statement, view.appeal_until)
    sections = tuple(Section(heading=each.heading, blocks=each.sentences) for each in passages)
    printed = print_letter(Letter(title=TITLE, sections=sections, dated=view.statement.decided_at))
    kept = {"Content-Disposition": 'attachment; filename="reasons.pdf"'}
    return HttpResponse(printed, content_type="application/pdf", headers=kept)


@require_POST
@for_posters
def appeal(request: HttpRequest, *, command: CommandId, link: str) -> HttpResponse:
    """Say that it is wrong, once."""
    words = request.POST.get("words", "").replace("\0", "").replace("\r\n", "\n")
    try:
        current_house().appealing.appeal_as_poster(command, link, words)
    except BadRequest:
        error = f"Say in up to {MAX_REASON:,} characters why it is wrong"
        return _show(request, command, link, error=error, words=words, status=422)
    except NotAllowed:  # sent twice, or too late: the page says how it stands
        pass
    there = reverse("posts:reasons", kwargs={"command": command, "link": link})
    return HttpResponseRedirect(there)


def _show(
    request: HttpRequest,
    command: CommandId,
    link: str,
    *,
    error: str = "",
    words: str = "",
    status: int = 200,
) -> HttpResponse:
    view: PosterView = current_house().explaining.for_poster(command, link)
    shown = {
        "title": TITLE,
        "view": view,
        "passages": word_statement(view.statement, view.appeal_until),
        "command": command,
        "link": link,
        "error": error,
        "words": words,
        "longest": MAX_REASON,
    }
    return render(request, "poster_pages/reasons.html", shown, status=status)
