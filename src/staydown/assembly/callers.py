"""Who calls, as far as it matters for giving everybody their turn: by key, or else by address.

Keys that are nobody's make nobody more than one caller: it is their address that calls.
"""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from wsgiref.types import WSGIEnvironment

from staydown.assembly.visitors import address_in
from staydown.ids import ActorId

type Whose = Callable[[str], ActorId | None]
"""Who holds a key; None if nobody does."""


@dataclass(slots=True, kw_only=True)
class Callers:
    """Tells callers apart; remembers digests of keys that are somebody's, as many as were made."""

    whose: Whose
    trusted_proxies: Sequence[str] = ()
    known: dict[bytes, str] = field(default_factory=dict)

    def name(self, environ: WSGIEnvironment) -> str:
        """A word for whoever sent this request."""
        address = address_in(environ, trusted_proxies=self.trusted_proxies)
        return self.key_behind(environ) or f"address {address}"

    def key_behind(self, environ: WSGIEnvironment) -> str | None:
        """A word for the key that it brings, if that is known to be somebody's."""
        return self.known.get(_digest(key)) if (key := _key(environ)) else None

    def is_new(self, environ: WSGIEnvironment) -> bool:
        """Whether it brings a key that has to be learned first."""
        return _key(environ) is not None and self.key_behind(environ) is None

    def learn(self, environ: WSGIEnvironment) -> None:
        """Find out whose key it brings, and remember that. Not for the event loop: it may wait."""
        key = _key(environ)
        if key and (holder := self.whose(key)):
            self.known[_digest(key)] = f"key {holder}"


def _key(environ: WSGIEnvironment) -> str | None:
    """The key in the Authorization header (RFC 6750 §2.1), if there is one."""
    scheme, _, key = str(environ.get("HTTP_AUTHORIZATION", "")).partition(" ")
    return key.strip() or None if scheme.lower() == "bearer" else None


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode()).digest()
