"""Who may act: the kinds of viewer, and what an API key may be used for.

A viewer is made by whoever checked a secret, a session or a key; casework believes it. Nothing here
knows passwords.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from staydown.ids import ActorId, CaseId

SYSTEM = ActorId("staydown")
"""The program acting by itself: what nobody decided, such as the end of a hold."""

COMMAND_LINE = ActorId("command_line")
"""Whoever runs `staydown` on the machine itself: they hold the data and the key, so no name is
asked.
"""


class Role(StrEnum):
    """What a signed-in person is here for; what each may do is in `access`."""

    REVIEWER = "reviewer"  # decides about cases
    LEAD = "lead"  # a reviewer who answers for the others
    OPERATOR = "operator"  # runs the installation, and sees no case
    AUDITOR = "auditor"  # reads the audit chain, and nothing else


class Scope(StrEnum):
    """What an API key may be used for."""

    SCREEN = "screen"
    NOTICES = "notices"
    CASES = "cases"
    COMMANDS = "commands"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who signed in."""

    id: ActorId
    name: str = field(repr=False)
    role: Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Platform:
    """The platform, by one of its API keys."""

    id: ActorId
    scopes: frozenset[Scope]


@dataclass(frozen=True, slots=True, kw_only=True)
class Notifier:
    """Whoever holds a case number and its secret, as given, unchecked: `access` checks it."""

    case: CaseId
    secret: str = field(repr=False)


type Viewer = Person | Platform | Notifier
