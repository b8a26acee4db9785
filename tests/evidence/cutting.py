"""Cuts the power of a process when it is about to begin a file, or to put one in place."""

import os
import signal
import sys


def cut_at(point: int) -> None:
    """Kill this process at its `point`th such moment, counted from 1."""
    left = point

    def kill(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal left
        if event == "os.rename" or (event == "open" and ".part-" in str(arguments[0])):
            left -= 1
            if left == 0:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(kill)
