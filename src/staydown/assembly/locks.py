"""Looks at the locks of this machine, and has a picture opened behind them.

A lock that is there is closed on every worker; tests/sandbox proves what each of them stops.
"""

from typing import Final

from staydown.assembly.darkroom import darkroom_running
from staydown.assembly.observations import Observation, note, sound, unsound
from staydown.engine.pictures import Pixels, encode_png
from staydown.errors import StaydownError
from staydown.sandbox.locks import Lock, locks_here

KEEPS_FROM: Final = {
    Lock.LIMITS: "taking more than its share (limits)",
    Lock.FILES: "files (Landlock)",
    Lock.TCP: "the network (Landlock)",
    Lock.SIGNALS: "other processes (Landlock)",
    Lock.CALLS: "everything but a few system calls (seccomp)",
}
MEND: Final = {
    Lock.CALLS: "install libseccomp2, and allow seccomp where this runs in a container",
    Lock.FILES: "Landlock needs Linux 5.13, and to be among the kernel's `lsm=`",
    Lock.TCP: "Landlock for the network needs Linux 6.7",
    Lock.SIGNALS: "Landlock for signals needs Linux 6.12",
}


def look_at_locks(here: frozenset[Lock] | None = None) -> Observation:
    """Which locks has this kernel?"""
    here = locks_here() if here is None else here
    closed = ", ".join(text for lock, text in KEEPS_FROM.items() if lock in here)
    missing = [lock for lock in Lock if lock not in here]
    if not missing:
        return sound("kernel locks", f"pictures are opened by processes kept from {closed}")
    lacking = ", ".join(KEEPS_FROM[lock] for lock in missing)
    seen = f"pictures are opened by processes kept from {closed}; not from {lacking}"
    return note("kernel locks", seen, "; ".join(MEND[lock] for lock in missing))


def look_at_darkroom(card: Pixels) -> Observation:
    """Is a picture opened behind them as it should be?"""
    mend = "start `staydown serve`: its log says why the locked processes end"
    try:
        with darkroom_running(workers=1) as darkroom:
            seen = darkroom.open(encode_png(card)).pixels
    except StaydownError as error:
        return unsound("darkroom", f"no picture can be opened: {error}", mend)
    if seen.shape != card.shape or (seen != card).any():
        return unsound("darkroom", "it gives back something else than it was given", mend)
    return sound("darkroom", "a locked process opens a test card")
