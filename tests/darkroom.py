"""A darkroom for the tests, the same as in production: locked processes, started once for each
process of the test run and ended with it.
"""

import atexit
from functools import cache
from pathlib import Path

from staydown.assembly.darkroom import darkroom_running


@cache
def address() -> str:
    """Where it is; as STAYDOWN_DARKROOM has it."""
    running = darkroom_running(workers=1)
    found: Path | None = running.__enter__().address
    atexit.register(running.__exit__, None, None, None)
    return str(found)
