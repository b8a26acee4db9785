"""Authenticator apps of people: codes that follow from a secret and the time (RFC 6238).

The secret is sealed under a key of the person's own. A code is good once: the last step that was
used is kept with it, so that whoever read a code over a shoulder comes too late (RFC 6238, 5.2).
"""

from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import pyotp
from pyotp.exceptions import OTPVerificationError

from staydown.audit.keeping import AuthenticatorSet
from staydown.casework.people import Person
from staydown.clock import Clock
from staydown.errors import KeyGone, NotFound, NotSignedIn
from staydown.ids import Randomness, system_randomness
from staydown.storage.journal import DatabaseJournal
from staydown.storage.models import User
from staydown.storage.transactions import atomically, locked
from staydown.storage.vault import DatabaseVault

ISSUER: Final = "Staydown"
KEPT_AS: Final = "authenticator"
SECRET_BYTES: Final = 20
"""As long as a digest of SHA-1, which the codes are made with (RFC 4226, 4)."""

DRIFT: Final = 1
"""Steps of half a minute by which a telephone's clock may be off."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseAuthenticators:
    """The authenticators of this installation's people."""

    vault: DatabaseVault
    journal: DatabaseJournal
    clock: Clock
    randomness: Randomness = system_randomness

    def propose(self) -> str:
        """A fresh secret in base32, for somebody to put into their app."""
        return b32encode(self.randomness(SECRET_BYTES)).decode()

    def link(self, secret: str, person: Person) -> str:
        """What an app reads from a QR code: an `otpauth://` address."""
        return pyotp.TOTP(secret, name=person.name, issuer=ISSUER).provisioning_uri()

    def is_set(self, person: Person) -> bool:
        """Whether codes sign this person in."""
        return self._kept(person) is not None

    def set(self, person: Person, secret: str, code: str) -> None:
        """From now on codes of that secret count, once one of them was typed.

        Raises NotSignedIn where the code is of another secret or time.
        """
        step = step_of(secret, code, self.clock.now())
        if step is None:
            raise NotSignedIn(
                "this code does not fit: type the one that your app shows now, and look whether "
                "the time on your telephone is right"
            )
        with atomically():
            self.vault.put(person.id, KEPT_AS, f"{step} {secret}".encode())
            self.journal.append(
                AuthenticatorSet(person=person.id), by=person.id, at=self.clock.now()
            )

    def check(self, person: Person, code: str) -> None:
        """Use up the code. Raises NotSignedIn where it is wrong, was used, or none was ever set."""
        with atomically():
            locked(User.objects.filter(actor=person.id)).first()  # one code at a time
            kept = self._kept(person)
            step = step_of(kept[1], code, self.clock.now()) if kept else None
            if kept is None or step is None or step <= kept[0]:
                raise NotSignedIn("this code is wrong, or was used before")
            self.vault.put(person.id, KEPT_AS, f"{step} {kept[1]}".encode())

    def _kept(self, person: Person) -> tuple[int, str] | None:
        """The last step that was used, and the secret."""
        try:
            step, secret = self.vault.open(person.id, KEPT_AS).decode().split(" ")
        except (NotFound, KeyGone):
            return None
        return int(step), secret


def step_of(secret: str, code: str, now: datetime) -> int | None:
    """The step of half a minute that the code is of, if it is one of about now."""
    typed = "".join(code.split())
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(typed, for_time=now, valid_window=DRIFT)
    except OTPVerificationError:
        return None
