"""How Django's own sign-in reaches our people: a backend for links, a fact for every sign-in."""

from typing import Any

from django.contrib.auth.backends import BaseBackend
from django.contrib.auth.signals import user_logged_in
from django.http import HttpRequest

from staydown.clock import SystemClock
from staydown.errors import NotSignedIn
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import User
from staydown.storage.people import DatabasePeople


class OneTimeLinks(BaseBackend):
    """`authenticate(request, token=…)` of django.contrib.auth; None where it opens nothing."""

    def authenticate(
        self, request: HttpRequest | None, token: str | None = None, **_others: Any
    ) -> User | None:
        """The link's owner. The link is used up, whether or not a session follows."""
        if token is None:
            return None
        try:
            return _people().redeem(token)
        except NotSignedIn:
            return None

    def get_user(self, user_id: int) -> User | None:
        """Django asks this on every request of a session that began with a link."""
        return User.objects.filter(pk=user_id, is_active=True).first()


def note_sign_ins() -> None:
    """Have every sign-in written into the audit chain, by whichever way.

    Called once, when Django is ready.
    """
    user_logged_in.connect(_note, dispatch_uid="staydown")


def _note(user: User, **_others: Any) -> None:
    _people().note_sign_in(user.as_person())


def _people() -> DatabasePeople:
    """Django makes backends itself and hands nothing in, so the machine's clock is named here."""
    return DatabasePeople(journal=DatabaseJournal(), clock=SystemClock())
