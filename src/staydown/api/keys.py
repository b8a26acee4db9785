"""Who may use an operation: a platform by an API key with the right scope, or a signed-in reviewer.

A decision is a person's: an API key never makes one.
"""

from django.conf import settings
from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer

from staydown.assembly.house import current_house
from staydown.assembly.sessions import person_behind
from staydown.casework.people import Person, Platform, Scope
from staydown.errors import NotSignedIn


class ApiKey(HttpBearer):
    """`Authorization: Bearer` with a key for one scope (RFC 6750 §2.1)."""

    def __init__(self, scope: Scope) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> Platform:
        """The platform that holds the key. Raises NotSignedIn."""
        return current_house().keys.platform(token.strip(), self.scope)


class Session(APIKeyCookie):
    """The session that signing in at the desk gives, with Django's CSRF token in X-CSRFToken."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Person:
        """Who signed in. Raises NotSignedIn before it looks at the CSRF token."""
        person = self.authenticate(request, None)
        self._get_key(request)
        return person

    def authenticate(self, request: HttpRequest, key: str | None) -> Person:
        """Who signed in. Raises NotSignedIn, also for a request that brings an API key only."""
        if person := person_behind(request):
            return person
        raise NotSignedIn("a decision is made by a signed-in reviewer: an API key is not enough")


def platform_of(request: HttpRequest) -> Platform:
    """The platform that `ApiKey` let in."""
    auth = getattr(request, "auth", None)
    if not isinstance(auth, Platform):
        raise NotSignedIn("this operation needs an API key")
    return auth


def person_of(request: HttpRequest) -> Person:
    """The person that `Session` let in."""
    auth = getattr(request, "auth", None)
    if not isinstance(auth, Person):
        raise NotSignedIn("this operation needs a session")
    return auth
