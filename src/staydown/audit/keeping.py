"""Facts about the installation itself: people, keys, what was taken away, backups.

The vocabulary of the chain is in `entries`; these are part of it.
"""

from dataclasses import dataclass

from staydown.digests import Digest
from staydown.ids import ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditRead:
    """An auditor searched the chain at the desk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonAdded:
    """Somebody was given a role."""

    person: ActorId
    role: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRemoved:
    """Somebody's role ended, and with it all that they could sign in with."""

    person: ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkMade:
    """A link was made that signs somebody in once."""

    person: ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordSet:
    """Somebody's password was set, and what it was before opens nothing."""

    person: ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthenticatorSet:
    """Somebody set up an app whose codes sign them in beside their password."""

    person: ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn:
    """Somebody signed in."""

    person: ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyMade:
    """An API key was made."""

    key: ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRevoked:
    """An API key was revoked."""

    key: ActorId


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditExported:
    """The chain up to `head` was handed out."""

    head: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class MasterKeyRotated:
    """Everything that is sealed is wrapped by another master key from now on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupMade:
    """A backup was made, in which the chain ends at `head`."""

    head: Digest


@dataclass(frozen=True, slots=True, kw_only=True)
class BackupRestored:
    """A backup took the place of what was lost: entries that followed `head` are lost with it."""

    head: Digest
