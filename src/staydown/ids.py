"""Names of things, each a type of its own, and the only module that draws random ones.

An id says nothing about what it names and cannot be guessed: 15 random bytes, 24 characters.
"""

import base64
import hmac
import secrets  # noqa: TID251 -- the one place that may
from collections.abc import Callable
from typing import NewType

CaseId = NewType("CaseId", str)
NoticeId = NewType("NoticeId", str)
CopyId = NewType("CopyId", str)
EntryId = NewType("EntryId", str)
CommandId = NewType("CommandId", str)
AppealId = NewType("AppealId", str)
HandOffId = NewType("HandOffId", str)
CaseFileId = NewType("CaseFileId", str)
ActorId = NewType("ActorId", str)

FormToken = NewType("FormToken", str)
"""What one filled-in form carries, of the shape of `new_secret`, and as secret as what follows."""

Randomness = Callable[[int], bytes]
"""Given a number of bytes, returns that many that nobody can predict."""

system_randomness: Randomness = secrets.token_bytes


def new_id(prefix: str, randomness: Randomness = system_randomness) -> str:
    """A fresh name such as `case_mfrggzdfmztwq2lkobxxk3dm`.

    The prefix, an underscore, then 120 random bits in lowercase base32.
    """
    return f"{prefix}_{base64.b32encode(randomness(15)).decode().lower()}"


def new_secret(randomness: Randomness = system_randomness) -> str:
    """A fresh secret of 160 bits, 32 lowercase base32 characters, for keys and case secrets."""
    return base64.b32encode(randomness(20)).decode().lower()


def secret_of_form(token: FormToken) -> str:
    """The case secret that follows from a form's token, of the shape of `new_secret`.

    HMAC-SHA-256 (RFC 2104) under the token, cut to 160 bits. A digest of the token gives neither.
    """
    drawn = hmac.digest(token.encode(), b"case secret", "sha256")
    return new_secret(lambda count: drawn[:count])
