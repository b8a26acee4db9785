"""Exchanges the master key: a new one is made, wraps everything, and takes the old one's place.

1. The new key is written beside the old one, as `NAME.next`. It is there before it wraps anything.
2. Every data key is wrapped anew. From here on two keys are needed, and both are there.
3. The old key is set aside as `NAME.retired-…`, and the new one takes its place.

Killed anywhere, it goes on where it was when it is run again; meanwhile servers read both keys.
What was wrapped by the old key in backups and logs made before, it still opens: who fears that the
old key was stolen has to destroy those.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from staydown.clock import Clock
from staydown.errors import Misconfigured
from staydown.ids import Randomness, system_randomness
from staydown.sealing.envelope import MasterKey
from staydown.sealing.key_file import make_durable, make_key_file, read_key_file
from staydown.sealing.masters import Masters, next_path
from staydown.storage.journal import DatabaseJournal
from staydown.storage.rewrapping import Rewrapping, vacuum_keys


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """How many keys were wrapped anew this time, and where the old key was set aside."""

    rewrapped: int
    retired: Path


def rotate(
    path: Path, masters: Masters, *, clock: Clock, randomness: Randomness = system_randomness
) -> Rotated:
    """Exchange the master key in `path`. Raises Misconfigured, SealBroken."""
    old, new = read_key_file(path), _coming_key(path, randomness)
    rewrapping = Rewrapping(masters=masters, by=new, journal=DatabaseJournal(), clock=clock)
    rewrapped = sum(rewrapping.run())
    vacuum_keys()
    return Rotated(rewrapped=rewrapped, retired=_take_its_place(path, old))


def _coming_key(path: Path, randomness: Randomness) -> MasterKey:
    """The key that is to come, made now unless a rotation was begun before."""
    coming = next_path(path)
    return read_key_file(coming) if coming.exists() else make_key_file(coming, randomness)


def _take_its_place(path: Path, old: MasterKey) -> Path:
    """Set the old key aside, then put the new one in its place: neither is ever missing."""
    retired = path.with_name(f"{path.name}.retired-{old.name}")
    try:
        if not retired.exists():
            os.link(path, retired)
        make_durable(path.parent)
        next_path(path).replace(path)
        make_durable(path.parent)
    except OSError as error:
        raise Misconfigured(f"{path} cannot be exchanged: {error.strerror}") from error
    return retired
