"""The receipt: number, secret and words, shown once, to write down, to print, or as a file.

It is the answer to the form itself. The secret is written nowhere else, not even into a session:
who wants a file sends it back from the page it is on.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from staydown.assembly.house import current_house
from staydown.assembly.tries import counting_wrong_tries
from staydown.casework.filing import Receipt
from staydown.casework.links import elsewhere
from staydown.casework.people import Notifier
from staydown.casework.recovery import COUNT, words_of
from staydown.casework.views import NotifierView
from staydown.help_pages.opening import for_notifiers
from staydown.help_pages.pages import as_file, private, show
from staydown.help_pages.times import in_words, told_moment


def show_receipt(request: HttpRequest, receipt: Receipt) -> HttpResponse:
    """What is said of the case is read from it: a form sent again may have been changed since."""
    house, notifier = current_house(), Notifier(case=receipt.case, secret=receipt.secret)
    view = house.cases.for_notifier(notifier)
    return show(
        request,
        "receipt",
        receipt=receipt,
        spaced_secret=spaced(receipt.secret),
        words=words_of(receipt.secret),
        is_watched=view.is_watched,
        due_in=in_words(receipt.due_at, house.clock.now()) if receipt.due_at else "",
        elsewhere=elsewhere(view.locations, house.settings.own_sites),
    )


@private
@require_POST
@for_notifiers
def keep(request: HttpRequest, notifier: Notifier) -> HttpResponse:
    """Number, secret and words as a text file that does not say what it is about."""
    with counting_wrong_tries(request, notifier.case):
        view = current_house().cases.for_notifier(notifier)
    address = request.build_absolute_uri(reverse("help:check"))
    return as_file("note.txt", _as_text(view, notifier.secret, address).encode())


def spaced(secret: str) -> str:
    """The secret in groups of four, as a person copies it."""
    return " ".join(secret[start : start + 4] for start in range(0, len(secret), 4))


def _as_text(view: NotifierView, secret: str, address: str) -> str:
    numbered = [f"{number:2}. {word}" for number, word in enumerate(words_of(secret), 1)]
    instead = gettext("Instead of the secret you can type these {count} words, in this order:")
    lines = [
        gettext("Keep this where only you will find it."),
        "",
        f"{gettext('Address:')} {address}",
        f"{gettext('Number:')} {view.id}",
        f"{gettext('Secret:')} {spaced(secret)}",
        *([f"{gettext('Answer by:')} {told_moment(view.due_at)}"] if view.due_at else []),
        "",
        instead.format(count=COUNT),
        "",
        *numbered,
    ]
    return "\r\n".join(lines) + "\r\n"  # an old editor, too, shows lines
