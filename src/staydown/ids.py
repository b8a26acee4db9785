"""Names of things, each a type of its own, and the only module that draws random ones.

An id says nothing about what it names and cannot be guessed: 15 random bytes, 24 characters.
"""

import base64
import secrets  # noqa: TID251 -- the one place that may
from collections.abc import Callable
from typing import NewType

CaseId = NewType("CaseId", str)
NoticeId = NewType("NoticeId", str)
CopyId = NewType("CopyId", str)
EntryId = NewType("EntryId", str)
CommandId = NewType("CommandId", str)
FormId = NewType("FormId", str)
ActorId = NewType("ActorId", str)

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
