"""Who is behind a request's session, as casework knows people. What they may do is its matter."""

from typing import Protocol, runtime_checkable

from django.http import HttpRequest

from staydown.casework.people import Person


@runtime_checkable
class SignedIn(Protocol):
    """A user of ours, as opposed to Django's anonymous one."""

    def as_person(self) -> Person:
        """The person, as casework knows them."""
        ...


def person_behind(request: HttpRequest) -> Person | None:
    """Whoever signed in, or None."""
    return request.user.as_person() if isinstance(request.user, SignedIn) else None
