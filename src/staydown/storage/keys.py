"""API keys in rows, by digest only.

A key is 160 random bits, so a plain SHA-256 of it is as good as a slow, salted hash: those protect
secrets that people choose and others can guess; nobody tries 2^160 keys.
"""

from dataclasses import dataclass

from staydown.audit.keeping import KeyMade, KeyRevoked
from staydown.casework.people import COMMAND_LINE, Platform, Scope
from staydown.clock import Clock
from staydown.digests import Digest, sha256
from staydown.errors import NotAllowed, NotFound, NotSignedIn
from staydown.ids import ActorId, Randomness, new_id, new_secret, system_randomness
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import KeyRow
from staydown.storage.tombstones import bury
from staydown.storage.transactions import atomically

PREFIX = "staydown_"
"""Lets secret scanners recognise a key that was committed by mistake."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseKeys:
    """The keys of `casework.ports`."""

    journal: DatabaseJournal
    clock: Clock
    randomness: Randomness = system_randomness

    def platform(self, secret: str, scope: Scope) -> Platform:
        """Who holds this key. Raises NotSignedIn if it is unknown, revoked, or not for `scope`."""
        row = KeyRow.objects.filter(digest=_digest(secret), revoked_at=None).first()
        if row is None or scope not in _scopes(row):
            raise NotSignedIn("this key does not open that")
        return Platform(id=ActorId(row.actor), scopes=_scopes(row))

    def holder(self, secret: str) -> ActorId | None:
        """Who holds this key, whatever it is for; None if it is unknown or revoked."""
        row = KeyRow.objects.filter(digest=_digest(secret), revoked_at=None).first()
        return ActorId(row.actor) if row else None

    def make(self, name: str, scopes: frozenset[Scope]) -> str:
        """A fresh key, shown this once. Raises NotAllowed if the name is taken."""
        secret = f"{PREFIX}{new_secret(self.randomness)}"
        actor = ActorId(new_id("key", self.randomness))
        with atomically():
            if KeyRow.objects.filter(name=name).exists():
                raise NotAllowed(f"there is a key named {name} already")
            KeyRow.objects.create(
                actor=actor, name=name, digest=_digest(secret), scopes=" ".join(sorted(scopes))
            )
            self.journal.append(KeyMade(key=actor), by=COMMAND_LINE, at=self.clock.now())
        return secret

    def revoke(self, name: str) -> None:
        """The key of that name opens nothing any more. Raises NotFound."""
        with atomically():
            row = KeyRow.objects.filter(name=name, revoked_at=None).first()
            if row is None:
                raise NotFound("no such key")
            row.revoked_at = self.clock.now()
            row.save()
            bury(row.actor)
            fact = KeyRevoked(key=ActorId(row.actor))
            self.journal.append(fact, by=COMMAND_LINE, at=self.clock.now())


def _digest(secret: str) -> Digest:
    return sha256(secret.encode())


def _scopes(row: KeyRow) -> frozenset[Scope]:
    return frozenset(Scope(scope) for scope in row.scopes.split())
