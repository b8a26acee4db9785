"""The one door to a case: who may do what, in one table. Every refusal sounds the same.

A notifier sees nothing that would tell whether a picture matched: until a reviewer has removed a
copy, only what they named themselves; afterwards that copies were removed, never where, how many,
or how closely they matched. Whoever is not in a row may not, a role that nobody thought of among
them.
"""

import hmac
from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from staydown.casework.people import Notifier, Person, Platform, Role, Scope, Viewer
from staydown.casework.ports import Store
from staydown.digests import sha256
from staydown.errors import NotFound, NotSignedIn
from staydown.ids import CaseId


class Permission(StrEnum):
    """What somebody may be allowed to do."""

    READ_CASE = "read_case"  # some view of a case: their own kind of it
    READ_STATUS = "read_status"  # how it stands, as its notifier
    READ_CONTENT = "read_content"  # the platform's own content in it
    OPEN_CASE = "open_case"  # all that a decision needs, without who filed it
    READ_CONTACT = "read_contact"  # who filed it, and how to reach them
    READ_PICTURE = "read_picture"  # its original, and found copies, covered
    REVEAL = "reveal"  # a found copy without its cover, for some seconds
    READ_QUEUE = "read_queue"  # which cases and entries wait
    DECIDE = "decide"  # about a found copy
    DECLINE = "decline"  # a notice without ground
    SEND_ELSEWHERE = "send_elsewhere"  # a case in which somebody under 18 may be shown
    CONFIRM = "confirm"  # an entry, as the second person
    SET_RIGHT = "set_right"  # what was taken for a false match and is none
    WITHDRAW = "withdraw"  # take a notice back
    RESTRAIN = "restrain"  # warn whoever files notices without ground, and what follows
    OVERSEE = "oversee"  # clocks, what was late, what came of what was found: counts
    ASK_FOR_FILE = "ask_for_file"  # have all of a case written down for a court
    AGREE_TO_FILE = "agree_to_file"  # as the second person
    SCREEN = "screen"  # ask about an upload
    ORDER = "order"  # read commands, and acknowledge them
    AUDIT = "audit"  # read the audit chain


class Own(StrEnum):
    """What is somebody's own, whoever they are."""

    CASE = "own case"  # they hold its number and its secret


type Standing = Role | Scope | Own
"""What somebody is let in by."""

NOBODYS: Final = b"not the secret of any case"
REVIEWING = frozenset({Role.REVIEWER, Role.LEAD})

MAY: Mapping[Permission, frozenset[Standing]] = MappingProxyType(
    {
        Permission.READ_CASE: frozenset({Own.CASE, Scope.CASES, *REVIEWING}),
        Permission.READ_STATUS: frozenset({Own.CASE}),
        Permission.READ_CONTENT: frozenset({Scope.CASES}),
        Permission.OPEN_CASE: REVIEWING,
        Permission.READ_CONTACT: REVIEWING,
        Permission.READ_PICTURE: REVIEWING,
        Permission.REVEAL: REVIEWING,
        Permission.READ_QUEUE: REVIEWING,
        Permission.DECIDE: REVIEWING,
        Permission.DECLINE: REVIEWING,
        Permission.SEND_ELSEWHERE: REVIEWING,
        Permission.CONFIRM: REVIEWING,
        Permission.SET_RIGHT: REVIEWING,
        Permission.WITHDRAW: frozenset({Own.CASE, *REVIEWING}),
        Permission.RESTRAIN: frozenset({Role.LEAD}),
        Permission.OVERSEE: frozenset({Role.LEAD}),
        Permission.ASK_FOR_FILE: frozenset({Role.LEAD}),
        Permission.AGREE_TO_FILE: REVIEWING,
        Permission.SCREEN: frozenset({Scope.SCREEN}),
        Permission.ORDER: frozenset({Scope.COMMANDS}),
        Permission.AUDIT: frozenset({Role.AUDITOR}),
    }
)
"""Permission → who has it. An operator runs the installation, and sees no case."""


def admit(
    viewer: Viewer, case_id: CaseId, *, store: Store, to: Permission = Permission.READ_CASE
) -> CaseId:
    """The case's id once `viewer` may do that with that case.

    Raises NotFound, whether it is missing or not theirs.
    """
    if isinstance(viewer, Notifier):
        allowed = Own.CASE in MAY[to] and viewer.case == case_id
        if allowed and _opens(case_id, viewer.secret, store):
            return case_id
    elif has(viewer, to):
        return case_id
    raise NotFound("no such case")


def has(viewer: Person | Platform, permission: Permission) -> bool:
    """Whether the role, or a scope of the key, is in the permission's row."""
    standings = {viewer.role} if isinstance(viewer, Person) else viewer.scopes
    return not MAY[permission].isdisjoint(standings)


def require_person(viewer: Viewer, permission: Permission) -> Person:
    """The person. Raises NotFound for everybody without it, a platform's key among them."""
    if isinstance(viewer, Person) and has(viewer, permission):
        return viewer
    raise NotFound("no such case")


def require_reviewer(viewer: Viewer) -> Person:
    """Somebody who decides about cases. Raises NotFound for everybody else."""
    return require_person(viewer, Permission.DECIDE)


def require_scope(platform: Platform, scope: Scope) -> None:
    """Raises NotSignedIn if the key was not made for this: such a key opens nothing here."""
    if scope not in platform.scopes:
        raise NotSignedIn("this key does not open that")


def _opens(case_id: CaseId, secret: str, store: Store) -> bool:
    """Compares digests in constant time. A secret has 160 bits: salt would add nothing.

    The same is done for a case that does not exist, so that it takes as long.
    """
    given = sha256(secret.strip().lower().encode())
    try:
        kept, exists = store.secret_of(case_id), True
    except NotFound:
        kept, exists = sha256(NOBODYS), False
    return hmac.compare_digest(kept, given) and exists
