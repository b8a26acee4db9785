"""The one door to a case: who may see it, and what they see of it. Every refusal sounds the same.

A notifier sees nothing that would tell whether a picture matched: until a reviewer has removed a
copy, only what they named themselves; afterwards that copies were removed, never where, how many,
or how closely they matched.
"""

import hmac

from staydown.casework.people import Notifier, Person, Platform, Role, Scope, Viewer
from staydown.casework.ports import Store
from staydown.digests import sha256
from staydown.errors import NotFound, NotSignedIn
from staydown.ids import CaseId


def admit(viewer: Viewer, case_id: CaseId, *, store: Store) -> CaseId:
    """The case's id once `viewer` may see that case.

    Raises NotFound, whether it is missing or not theirs.
    """
    match viewer:
        case Person(role=Role.REVIEWER):
            return case_id
        case Platform(scopes=scopes) if Scope.CASES in scopes:
            return case_id
        case Notifier(case=own, secret=secret) if own == case_id and _opens(case_id, secret, store):
            return case_id
    raise NotFound("no such case")


def _opens(case_id: CaseId, secret: str, store: Store) -> bool:
    """Compares digests in constant time. A secret has 160 bits: salt would add nothing."""
    return hmac.compare_digest(store.secret_of(case_id), sha256(secret.strip().lower().encode()))


def require_reviewer(viewer: Viewer) -> Person:
    """The reviewer. Raises NotFound for everybody else, a platform's key among them."""
    if isinstance(viewer, Person) and viewer.role is Role.REVIEWER:
        return viewer
    raise NotFound("no such case")


def require_scope(platform: Platform, scope: Scope) -> None:
    """Raises NotSignedIn if the key was not made for this."""
    if scope not in platform.scopes:
        raise NotSignedIn("this key does not open that")
